"""What looks like a secret but is none: placeholders, words of a sentence, names of objects, numbers."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

from vistas.redaction.names import Name
from vistas.redaction.randomness import SHORTEST, holds_random
from vistas.redaction.spans import MASK

_NOTHING_WORDS = """
    must should cannot needs attempt too
    null nil none true false yes no on off undefined unset empty secret redacted hidden masked removed
    filtered required optional invalid missing expired incorrect wrong unauthorized malformed unknown changed
    failed failure error not enabled disabled present absent string str bool int object map type denied
    rejected revoked
"""
_NOTHING = frozenset(_NOTHING_WORDS.split())
_PLACEHOLDER = re.compile(
    r"\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Z][A-Z0-9_]*|\{\{[^{}]*\}\}|<[A-Za-z _.-]*>"
    r"|%\(?\w*\)?[sdvq]|%[A-Z_]+%|\[[A-Za-z]+\]"
    r"|[xX*.•_-]{2,}"
)
_IMAGE_TAG = re.compile(r"v?\d[\w.-]*|[0-9a-f]{7,64}|[a-z]+(?:-[\w.]+)*")
_OBJECT = re.compile(
    r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[a-z0-9][a-z0-9.-]*|[a-z0-9.-]*[-.](?:tls|certs?|certificate|credentials?|creds"
    r"|secrets?|config|keys?|auth|registry|token(?:-[a-z0-9]{5})?|ca|kubeconfig)|regcred"
)
_WORDS = re.compile(r"[A-Za-z]?[a-z'-]*[,.:;]?[ \t]+\S|[\w.-]{1,60}:[ \t]+\S")
_PATH = re.compile(r"(?:\.{0,2}|~|[A-Za-z]:)(?:[/\\][\w.@-]+)+/?")
_KEY_FILES = (".pem", ".key", ".crt", ".cer", ".p12", ".pfx", ".jks", ".txt", ".json", ".yaml", ".yml")
_DEEP = 3
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:ns|us|µs|ms|s|m|h|d|%|[kKMG]i?B?)?")
_PASSWORD_NAME = re.compile(r"(?i)pass|pwd|pw")


def means_nothing(value: str) -> bool:
    """Empty, masked before, a placeholder, or a word that says how it is with the value."""
    if value.startswith(MASK):
        return True
    bare = value.strip(" \t\"'`.,;:!?()<>[]{}\\*")
    return bare.lower() in _NOTHING or not any(map(str.isalnum, bare)) or bool(_PLACEHOLDER.fullmatch(value))


def means_something(name: Name, found: re.Match[str], value: str) -> bool:
    """Whether a value is a secret under its name; `found` is the match of that name, to look around it."""
    if means_nothing(value) or _is_image(found, value):
        return False
    is_ordinary = _ORDINARY.get(name.kind) or _ORDINARY.get(name.word) or _is_count
    if name.kind not in _ORDINARY and name.word.endswith("key"):
        is_ordinary = _is_key_of_something
    return not is_ordinary(name, found, value)


def _is_no_code(name: Name, _: re.Match[str], value: str) -> bool:
    return not _is_doubtful_secret(name.word, value)


def _is_chosen(_name: Name, _: re.Match[str], value: str) -> bool:
    return not holds_random(value)


def _is_public(_: Name, found: re.Match[str], value: str) -> bool:
    return found[1].endswith(_PUBLIC_KEYS) or _is_file(value)


def _is_key_of_something(_name: Name, _: re.Match[str], value: str) -> bool:
    return _is_file(value) or (bool(_OBJECT.fullmatch(value)) and not holds_random(value))


def _is_object(_: Name, found: re.Match[str], value: str) -> bool:
    return bool(_OBJECT.fullmatch(value)) or _is_selector(found, value)


def _is_count(name: Name, _: re.Match[str], value: str) -> bool:
    return name.word in _COUNTED and bool(_NUMBER.fullmatch(value)) and len(value) < _LONG_NUMBER


def _is_folder(_name: Name, _: re.Match[str], value: str) -> bool:
    return bool(_PATH.fullmatch(value))


_ORDINARY: dict[str, Callable[[Name, re.Match[str], str], bool]] = {
    "doubtful": _is_no_code,
    "camelkey": _is_chosen,
    "env": _is_public,
    "secret": _is_object,
    "secrets": _is_object,
    "pwd": _is_folder,
}
"""By the kind of a name, or by its word: whether a value is an ordinary one."""
_COUNTED = frozenset(
    {"token", "jwt", "tokens", "secrets", "passwords", "credentials", "creds", "pass", "signature"}
)
_PUBLIC = "PUBLIC PRIMARY FOREIGN PARTITION SORT CACHE ROUTING UNIQUE GROUP"
_PUBLIC_KEYS = tuple(f"{what}_KEY" for what in _PUBLIC.split())
_LONG_NUMBER = 5
_LONGEST_ADDRESS = 80


def _is_image(found: re.Match[str], value: str) -> bool:
    """`registry.example/shop/external-secrets:1.2.3`, and what else has a name like a secret's in its address."""
    before = found.string[max(0, found.start() - _LONGEST_ADDRESS) : found.start()]
    if before.endswith("checksum/") or "arn:" in before.rpartition(" ")[2]:
        return True
    if not found[0].endswith(":") or not _IMAGE_TAG.fullmatch(value) or holds_random(value):
        return False
    return found.string[max(0, found.start() - 1) : found.start()] == "/"


def _is_selector(found: re.Match[str], value: str) -> bool:
    """`{secret="db"}`, as metrics have it."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    return before in {"{", ","} and bool(re.fullmatch(r"[a-z0-9.-]*", value)) and not holds_random(value)


def _is_doubtful_secret(name: str, value: str) -> bool:
    if name in {"pin", "otp", "totp", "cvv", "cvc"}:
        return bool(re.fullmatch(r"\d{3,8}", value.strip("\"'")))
    if name in {"sig", "sid", "_auth"}:
        return len(value) >= SHORTEST and not value.startswith("S-1-") and not _PATH.fullmatch(value)
    return holds_random(value) or (name in {"auth", "identity"} and decodes_to_pair(value))


def _is_file(value: str) -> bool:
    is_path = bool(_PATH.fullmatch(value)) and (value.endswith(_KEY_FILES) or value.count("/") >= _DEEP)
    return is_path or value.startswith("file:")


def reads_on(name: str, text: str, start: int, end: int) -> bool:
    """Whether name, value and what follows are a sentence: `invalid token: signature is not valid`."""
    if not name.endswith(" ") or _PASSWORD_NAME.search(name):
        return False
    return text[start:end].isascii() and bool(_WORDS.match(text, start))


def looks_chosen(value: str) -> bool:
    """Whether a word of a sentence looks like a password: letters with digits or signs, no name or time."""
    if (
        len(value) < _SHORTEST_SPOKEN
        or value.endswith(":")
        or _NUMBER.fullmatch(value)
        or _PATH.fullmatch(value)
        or "://" in value
    ):
        return False
    if re.match(r"[a-z_]+=", value):
        return False
    if re.fullmatch(r"v?\d[\w.+-]*|[0-9a-f-]{8,}|[a-z0-9]+(?:[-./:_@][a-z0-9]+)+[,.:]?|[\w.-]+/[\w.-]+", value):
        return holds_random(value)
    if holds_random(value):
        return True
    letters, digits = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    signs = any(letter in "!@#$%^&*+=~" for letter in value[1:])
    return letters and (digits or signs)


_SHORTEST_SPOKEN = 6


def decodes_to_pair(token: str) -> bool:
    """Whether it is `user:password` in base64."""
    plain = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        decoded = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return b":" in decoded and all(byte >= ord(" ") for byte in decoded)


_TOKEN = re.compile(r"[A-Za-z0-9_.~+/=:%-]*")
_NAMES_AN_ID = re.compile(
    r"(?i)(?:^|_)(?:\w*u?id|hash|digest|sha\d*|revision|commit|image|container|version|cluster|node|serial|device"
    r"|etag|trace|span|query|expr|fingerprint|member|volume\w*)$"
)


def is_drawn_label(name: str, value: str) -> bool:
    """Whether a label's value looks random where its name does not say that it is the id of something."""
    if _NAMES_AN_ID.search(name) or not _TOKEN.fullmatch(value):
        return False
    return any(holds_random(part, for_sure=True) for part in value.split("/"))
