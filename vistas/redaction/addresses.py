"""Secrets in addresses: users and passwords, query values, and segments of paths that nobody would type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vistas.redaction.randomness import SHORTEST, holds_random
from vistas.redaction.spans import Span

_RUN = re.compile(r"[^\s\"<>]++")
_PORT_NEXT = re.compile(r"\d{1,5}(?:[/?#,\s'\\)\]}]|$)")
_HOST_FIRST = re.compile(r"[/?#]")
_USER_STOPS = re.compile(r"[\s/?#'<>\[]")
_WITH_PATHS = re.compile(r"(?i:https?|wss?|file|oci|docker|git)$")
_CUT_OFF = re.compile(r"[\w.%+~-]*:(?!\d{1,5}[/?#,.:;'\\)\]}]*$)[^\s/\[\]{}<>%$*:]{4,}$")
_PUBLIC_USERS = frozenset({"git", "anonymous"})
_BARE_DSN = re.compile(
    r"(?<![\w.:/@+-])(?P<user>[A-Za-z_][\w.%+-]{0,60}):(?P<password>[^\s@\"'<>/,:]{1,200}(?:@[^\s@\"'<>/]{1,100})?)"
    r"@(?=/\w|(?!sha\d)[\w.-]{1,120}(?::\d{2,5}\b|/))"
)
_NO_USERS = frozenset({"mailto", "sip", "sips", "pkg", "npm", "acct", "urn", "arn", "docker", "xmpp", "im"})
_GO_DSN = re.compile(r"(?<![\w.%+-])[A-Za-z_][\w.%+-]{0,60}:([^\s\"]{1,200})@(?:tcp|udp|unix|cloudsql)?[46]?\(")
_ORACLE = re.compile(
    r"(?i:\bthin:|\bsqlplus\s+(?:-\w\s+)?|\bconnect\s+)[\w$#]{1,60}/([^\s\"']{1,200}?)@(?=[\w/(])"
)
_EMAIL = re.compile(
    r"(?:(?<![\w.%+'-])|(?<=[^\w.%+'-]')|(?<=^'))\w[\w.%+'-]*+@([\w-]++(?:\.[\w-]++)++|\[[0-9A-Fa-f:.]{3,45}\])|"
    r"\"[^\"@\s]{1,64}[ ][^\"@\s]{1,64}\"@([\w-]++(?:\.[\w-]++)++)"
)
_LAST_LABEL = re.compile(r"(?:xn--[\w-]+|[^\W\d_]{2,}(?:_\w*)?)-?")

_QUERY_PAIR = re.compile(r"(?<=[?&#])([^\s=&#?\"'<>]{1,200})=([^\s&#\"'<>]*+)")
_METHOD = r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT|QUERY)[ ]"
_ADDRESSED = re.compile(rf"(?:(?i:https?|wss?)://[^\s\"'<>?#/]*+|{_METHOD}|[\"'](?=/))([^\s\"'<>?#]*+)")
_BARE_PATH = re.compile(r"(?<![^\s=(:,\[])(/[^\s\"'<>?#]++)")
_PATH_WITH_QUERY = re.compile(
    r"(?:(?i:https?|wss?)://|(?<![^\s\"'=(:,])/)[^\s\"'<>?#()|*\\^\[\]$]*+(?:\?([^\s\"'<>]++))?"
)
_EXPRESSION = ("/", ":", "(", ")", "$", "|", ".", "+", "*", "!", "?", "=")
_OF_SEGMENTS = r"[A-Za-z0-9_.~%+=:;,@!$&()*|-]"
_SEGMENT = re.compile(rf"(?<=/){_OF_SEGMENTS}{{8,}}+")
_LONG_HEX = re.compile(r"(?=[0-9A-Fa-f]*[A-Fa-f])(?=[0-9A-Fa-f]*\d)[0-9A-Fa-f]{32,}")
_KEYED_WORDS = """
    reset reset-password password-reset resetpassword token tokens invite invites invitation verify
    verification confirm confirmation activate activation unsubscribe magic magic-link magiclink signin-link
    login-link secret secrets api-key apikey apikeys key hook hooks webhook webhooks jwt otp recover recovery
    access_token
"""
_KEYED = frozenset(_KEYED_WORDS.split())
TOKEN_SHAPE = rf"/{_OF_SEGMENTS}{{16}}|(?i:/(?:{'|'.join(sorted(_KEYED))})/)"
"""Found in every path that holds a token, by an engine that takes linear time for it."""
_NAMED_BY_CONTENT_WORDS = """
    commit commits tree blob blobs raw sha256 sha512 objects archive tarball manifests revisions containers
    images pods kubepods static chunks assets _next trace traces layers digest digests build builds fonts css
    js img media burstable besteffort kubelet
"""
_NAMED_BY_CONTENT = frozenset(_NAMED_BY_CONTENT_WORDS.split())
_POD = re.compile(r"(?:kubepods-\w+-)?pod[0-9a-f_-]{8,36}(?:\.slice)?")
_STATIC_FILE = re.compile(r".*\.(?:m?js|css|map|woff2?|ttf|wasm)")
_FEED = re.compile(r"([0-9A-Fa-f]{32,})\.(?:xml|json|ics|rss|atom)")
_DIGEST = re.compile(r"(?:sha\d{1,3}|md5|blake\w*)[:-].*")
_CHOSEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w~.+=-]{8,}")
_ORDINARY_ID = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|v?\d[\d.]*\w?|(?:[a-z0-9]+-)+[a-z0-9]+"
)


def users_in_urls(text: str) -> Iterator[Span]:
    """Everything between `://` and the `@` before the host, whatever the password holds."""
    if "://" not in text:
        return
    for run in _RUN.finditer(text):
        at = text.find("://", run.start(), run.end())
        while at >= 0:
            begin = at + 3
            following = text.find("://", begin, run.end())
            yield from _user(text, at, begin, following if following >= 0 else run.end())
            at = following


def _user(text: str, scheme_end: int, begin: int, end: int) -> Iterator[Span]:
    last = text.rfind("@", begin, end)
    stop = _USER_STOPS.search(text, begin, end)
    first_stop = stop.start() if stop else end
    colon = text.find(":", begin, min(first_stop, end))
    if last < 0:
        if colon >= 0 and end == len(text) and _CUT_OFF.match(text, begin):
            yield Span(begin, end, "url password")
        return
    if last > first_stop and (colon < 0 or _ends_before(text, scheme_end, begin, colon, first_stop)):
        last = text.rfind("@", begin, first_stop)
    if last > begin and text[begin:last].strip("*") and text[begin:last] not in _PUBLIC_USERS:
        yield Span(begin, last, "url password")


def _ends_before(text: str, scheme_end: int, begin: int, colon: int, stop: int) -> bool:
    """Whether host and port stand before the path, so that an `@` in it has nothing to do with a user."""
    if text.find("@", begin, stop) >= 0:
        return bool(_WITH_PATHS.search(text, max(0, scheme_end - 8), scheme_end)) or text[stop : stop + 1] == "'"
    return bool(_PORT_NEXT.match(text, colon + 1) and _WITH_PATHS.search(text, max(0, scheme_end - 8), scheme_end))


def bare_dsns(text: str) -> Iterator[Span]:
    """`user:password@tcp(db)/x`, `user:password@db:3306`, `thin:user/password@db`."""
    for found in _BARE_DSN.finditer(text):
        if found["user"].lower() not in _NO_USERS and found["password"].strip("*"):
            yield Span(*found.span("password"), "url password")
    for pattern in (_GO_DSN, _ORACLE):
        for found in pattern.finditer(text):
            if found[1].strip("*"):
                yield Span(*found.span(1), "url password")


def emails(text: str) -> Iterator[Span]:
    """Addresses at a domain with a dot; what stands behind them (a full stop, a quote) makes no difference."""
    for found in _EMAIL.finditer(text):
        domain = found[1] or found[2]
        if found[0].startswith("git@"):
            continue
        if domain[0] == "[" or _LAST_LABEL.fullmatch(domain.rpartition(".")[2]):
            yield Span(*found.span(), "e-mail")


def query_values(text: str) -> Iterator[Span]:
    """Values in `?key=value&key=value`, also after `#`, and what stands behind a `?` without a key."""
    for found in _QUERY_PAIR.finditer(text):
        if found[2].strip("*"):
            yield Span(*found.span(2), "query value")
    for found in _PATH_WITH_QUERY.finditer(text):
        if found[1] and not found[1].startswith(_EXPRESSION):
            yield from parts_of_query(found[1], found.start(1))


def parts_of_query(query: str, offset: int) -> Iterator[Span]:
    """Every value of a query, and every part of it that has no key."""
    start = offset
    for part in re.split(r"([&#;])", query):
        if part not in {"&", "#", ";"}:
            key, equals, value = part.partition("=")
            if value.strip("*"):
                yield Span(start + len(key) + 1, start + len(part), "query value")
            elif any(map(str.isalnum, key)) and not equals:
                yield Span(start, start + len(part), "query value")
        start += len(part)


def tokens_in_addresses(text: str) -> Iterator[Span]:
    """Secret-looking segments in the paths of URLs and request lines, and in quoted paths, as JSON has them."""
    for pattern, hexadecimal in ((_ADDRESSED, True), (_BARE_PATH, False)):
        for found in pattern.finditer(text):
            for span in tokens_in_path(found[1], hexadecimal=hexadecimal):
                yield Span(found.start(1) + span.start, found.start(1) + span.end, span.rule)


def tokens_in_path(path: str, *, hexadecimal: bool = True) -> Iterator[Span]:
    """Segments that nobody would type: random ones, long hex, and what follows `/reset/` and its like.

    UUIDs, digests and static files are none.
    """
    for found in _SEGMENT.finditer(path):
        if is_token(found[0], _before(path, found.start()), hexadecimal=hexadecimal):
            yield Span(*found.span(), "token in path")


def is_token(segment: str, before: str = "", *, hexadecimal: bool = True) -> bool:
    """Whether a segment of a path, after that other segment, is a secret rather than a name or an ordinary id.

    Long hexadecimal ones are, unless they may be ids of containers, as in paths that nobody asked for.
    """
    if (
        before in _NAMED_BY_CONTENT
        or _POD.fullmatch(before)
        or _DIGEST.fullmatch(segment)
        or _STATIC_FILE.fullmatch(segment)
    ):
        return False
    if len(segment) >= SHORTEST and holds_random(segment):
        return True
    if hexadecimal and (_LONG_HEX.fullmatch(segment) or _FEED.fullmatch(segment)):
        return True
    return before in _KEYED and bool(_CHOSEN.fullmatch(segment)) and not _ORDINARY_ID.fullmatch(segment)


def _before(path: str, start: int) -> str:
    end = start - 1
    return path[path.rfind("/", max(0, end - 60), end) + 1 : end].lower() if end > 0 else ""
