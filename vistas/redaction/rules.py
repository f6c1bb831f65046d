"""What counts as a secret in a text. Each rule finds stretches; nothing here changes a text.

Every pattern takes time linear in its input: what repeats is possessive or cannot start again inside itself.
Where these leak is collected in the project's facts on redaction: query strings, Referer URLs, cookies and
Authorization headers captured by proxies, JWTs anywhere, tokens inside paths, and whatever people print.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

MASK = "***"


class Span(NamedTuple):
    """A stretch of a text and the rule that takes it out."""

    start: int
    end: int
    rule: str


class Rule(NamedTuple):
    """`find` finds nothing in a text that, casefolded, holds none of `hints`: they are quick to look for."""

    find: Callable[[str], Iterator[Span]]
    hints: tuple[str, ...]


_CONFIDENTIAL = (
    r"pass(?:word|wd|phrase|code)|pwd|secret|token|jwt|credentials?|session[_-]?id|phpsessid|signature"
    r"|(?:api|access|secret|private|auth|account|shared|signing|encryption|master)[_-]?key|connection[_-]?string"
)
_QUOTED = (
    r"\\+[\"'](?P<escaped>(?:[^\\\n]|\\(?!\\*[\"']))*+)"
    r"|\"(?P<double>(?:[^\"\\\n]|\\.)*+)"
    r"|'(?P<single>(?:[^'\\\n]|\\.)*+)"
)
_BETWEEN = r"(?:\\*[\"'])?\s{0,3}(?:=>|[=:])\s{0,3}\[?"
_NOTHING = frozenset({"", "-", "null", "nil", "none", "true", "false", "<secret>", "<nil>", "undefined"})

_PAIR = re.compile(rf"(?i:{_CONFIDENTIAL}){_BETWEEN}(?:{_QUOTED}|(?P<bare>[^\s\"'&;,<>()\[\]{{}}|\\]++))")
_COOKIE = re.compile(rf"(?i:cookie){_BETWEEN}(?:{_QUOTED}|(?P<bare>[^\s;\"']++(?:;[ \t]{{0,3}}[^\s;\"']++)*+))")
_AUTHORIZATION = re.compile(
    rf"(?i:authorization){_BETWEEN}(?:{_QUOTED}|(?P<bare>"
    r"(?i:digest|aws4-hmac-sha256|signature|hawk|oauth)\s[^\n]++|(?:[A-Za-z-]{1,20}\s{1,3})?[^\s\"',;\]]++))"
)
_SCHEME = re.compile(r"(?i:\b(bearer|basic|negotiate|apikey))\s{1,3}([A-Za-z0-9._~+/=-]++)")
_PROSE = frozenset(
    {"token", "tokens", "auth", "authentication", "authorization", "scheme", "realm", "credentials"}
)
_JSON_IN_BASE64 = re.compile(r"eyJ[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]*+){0,4}")
_SHORTEST_JWT = 20
_USER_IN_URL = re.compile(r"(?<=://)[^\s/?#\"'<>@]*+(?:@[^\s/?#\"'<>@]*+)*(?=@)")
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]++@(?:[A-Za-z0-9-]++\.)++[A-Za-z]{2,}+")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*+(?:-(?!----END)[^-]*+)*+(?:-----END [A-Z ]{0,40}-----)?"
)
_KNOWN_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|gh[oprsu]_[A-Za-z0-9]{20,}+|github_pat_\w{20,}+|glpat-[\w-]{16,}+|gl[a-z]{2,4}-[\w-]{20,}+"
    r"|xox[abeoprs]-[\w-]{10,}+|xapp-[\w-]{10,}+|AIza[\w-]{30,}+|ya29\.[\w-]{20,}+"
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}+|sk-[\w-]{20,}+|SG\.[\w-]{16,}+\.[\w-]{16,}+"
    r"|hv[bs]\.[\w-]{20,}+|npm_[A-Za-z0-9]{30,}+|pypi-[\w-]{30,}+|gl(?:c|sa)_[\w=+/-]{20,}+"
    r"|do[op]_v1_[a-f0-9]{30,}+|dckr_pat_[\w-]{20,}+|AGE-SECRET-KEY-1[A-Z0-9]{30,}+)"
)
_QUERY_PAIR = re.compile(r"(?<=[?&#])([^\s=&#?\"'<>]{1,200})=([^\s&#\"'<>]*+)")
_ADDRESSED = re.compile(
    r"(?:https?://|\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) |\"(?=/))([^\s\"'<>?#]++)"
)
_SEGMENT = re.compile(r"(?<=/)[A-Za-z0-9_=+~-]{24,}+(?=[/?#;]|$)")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?=[0-9A-Fa-f]*[A-Fa-f])[0-9A-Fa-f]{32,}")

_Values = dict[str, "str | None"]


def _values(rule: str, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        group = found.lastgroup
        if group and not _means_nothing(found[group]):
            yield Span(*found.span(group), rule)


def _means_nothing(value: str) -> bool:
    return value.strip("* ").lower() in _NOTHING


def pairs(text: str) -> Iterator[Span]:
    """`password=…`, `"api_key": "…"`, `token: …` in every way of quoting, JSON inside JSON included."""
    return _values("password", _PAIR, text)


def cookies(text: str) -> Iterator[Span]:
    return _values("cookie", _COOKIE, text)


def authorization(text: str) -> Iterator[Span]:
    return _values("authorization", _AUTHORIZATION, text)


def schemes(text: str) -> Iterator[Span]:
    """`Bearer …` and its kind without the header's name; `Basic …` only where it decodes to `user:password`."""
    for found in _SCHEME.finditer(text):
        token = found[2]
        is_basic = found[1].lower() == "basic"
        if _is_basic(token) if is_basic else token.strip(".").lower() not in _PROSE:
            yield Span(*found.span(2), "authorization")


def _is_basic(token: str) -> bool:
    try:
        return b":" in base64.b64decode(token + "=" * (-len(token) % 4), validate=True)
    except binascii.Error:
        return False


def json_web_tokens(text: str) -> Iterator[Span]:
    r"""What starts like `{"` in base64: a JWT, whole or cut off, or a token that is nothing else."""
    for found in _JSON_IN_BASE64.finditer(text):
        if found.end() - found.start() >= _SHORTEST_JWT:
            yield Span(*found.span(), "jwt")


def users_in_urls(text: str) -> Iterator[Span]:
    return (Span(*found.span(), "url password") for found in _USER_IN_URL.finditer(text) if found[0].strip("*"))


def emails(text: str) -> Iterator[Span]:
    return (Span(*found.span(), "e-mail") for found in _EMAIL.finditer(text))


def private_keys(text: str) -> Iterator[Span]:
    return (Span(*found.span(), "private key") for found in _PRIVATE_KEY.finditer(text))


def known_tokens(text: str) -> Iterator[Span]:
    """Tokens that say themselves what they are, by the prefix their maker gave them."""
    return (Span(*found.span(), "token") for found in _KNOWN_TOKEN.finditer(text))


def query_values(text: str) -> Iterator[Span]:
    """Values in `?key=value&key=value`, also after `#`."""
    for found in _QUERY_PAIR.finditer(text):
        if found[2].strip("*"):
            yield Span(*found.span(2), "query value")


def tokens_in_addresses(text: str) -> Iterator[Span]:
    """Secret-looking segments in the paths of URLs and request lines, and in quoted paths, as JSON has them."""
    for found in _ADDRESSED.finditer(text):
        for span in tokens_in_path(found[1]):
            yield Span(found.start(1) + span.start, found.start(1) + span.end, span.rule)


def tokens_in_path(path: str) -> Iterator[Span]:
    """Segments of a path that nobody would type: long hex, long base64. UUIDs and named files are not."""
    for found in _SEGMENT.finditer(path):
        if looks_random(found[0]):
            yield Span(*found.span(), "token in path")


def looks_random(word: str) -> bool:
    """Whether a word of 24 letters or more reads like a secret rather than like a name or an ordinary id."""
    if _UUID.fullmatch(word) or word.isdigit():
        return False
    if _HEX.fullmatch(word):
        return True
    kinds = [_kind(letter) for letter in word]
    changes = sum(one != next_one for one, next_one in pairwise(kinds))
    return {"upper", "lower", "digit"} <= set(kinds) and changes * 3 >= len(word)


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    return "upper" if letter.isupper() else "lower" if letter.islower() else "sign"


RULES: tuple[Rule, ...] = (
    Rule(private_keys, ("-----begin",)),
    Rule(authorization, ("authorization",)),
    Rule(cookies, ("cookie",)),
    Rule(users_in_urls, ("://",)),
    Rule(query_values, ("=",)),
    Rule(
        pairs,
        ("pass", "pwd", "secret", "token", "jwt", "credential", "sess", "signature", "key", "connection"),
    ),
    Rule(schemes, ("bearer", "basic", "negotiate", "apikey")),
    Rule(json_web_tokens, ("eyj",)),
    Rule(known_tokens, ("",)),
    Rule(emails, ("@",)),
    Rule(tokens_in_addresses, ("://", " ", '"/')),
)


def find_secrets(text: str) -> Iterator[Span]:
    """Every stretch that some rule takes out; they may overlap."""
    folded = text.casefold()
    for rule in RULES:
        if any(hint in folded for hint in rule.hints):
            yield from rule.find(text)


RULE_NAMES = frozenset(
    {
        "private key",
        "authorization",
        "cookie",
        "url password",
        "query value",
        "password",
        "jwt",
        "token",
        "token in path",
        "e-mail",
        "client",
        "own pattern",
    }
)

SECRETLY_NAMED = (
    r"(?i)pass(word|wd|phrase)|pwd|token|jwt|(api|access|secret|private)[_-]?key|client[_-]?secret"
    r"|authorization|cookie|credential"
)
"""A label or variable whose name alone says that its value is a secret. Kubernetes' `secret="name"` is not."""
