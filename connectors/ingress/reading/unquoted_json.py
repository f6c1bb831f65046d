r"""Repairs JSON that was written by hand in a `log_format` and has unquoted values.

nginx fills in what it has: nothing, `-`, `009`, or a list such as `0.004, 0.012`; and it escapes bytes as `\x22`.
"""

from __future__ import annotations

import re

import orjson

_BARE = re.compile(rb'(?<!\\)":[ ]*([^"{\[ ,}][^"{}\[\]]*?)?[ ]*(?=,[ ]*"|,?[ ]*\})')
"""A value up to the next key, or to the end of its object."""
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PADDED = re.compile(rb"0+(?=[0-9])")
_WORDS = {b"true", b"false", b"null"}
_BYTE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_COMMA = re.compile(rb",[ ]*(?=\})")


def repaired(line: bytes) -> bytes:
    """A line as its writer meant it; what is JSON already stays the same value."""
    line = _BYTE.sub(rb"\1\\u00\2", line.rstrip(b" ,\r"))
    return _COMMA.sub(b"", _BARE.sub(_value, line))


def _value(found: re.Match[bytes]) -> bytes:
    written = found[1] or b""
    if not written:
        return b'":null'
    if written in _WORDS or _NUMBER.fullmatch(written):
        return b'":' + written
    bare = _PADDED.sub(b"", written, count=1)
    return b'":' + (bare if _NUMBER.fullmatch(bare) else orjson.dumps(written.decode("utf-8", "replace")))
