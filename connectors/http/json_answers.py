"""JSON that a tool sent, read straight into what is wanted of it: what is not is never made an object of.

What a careless tool does to JSON costs a character, not the answer: bytes that are no UTF-8, half a surrogate
pair, control characters in a text, a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import orjson

from connectors.http.shapes import Misshapen, Shape

NOTHING = msgspec.Raw(b"null")
_MARK = b"\xef\xbb\xbf"
_CONTROL = bytes(range(0x20))
_BLANKS = bytes.maketrans(_CONTROL, b" " * len(_CONTROL))
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"{_HIGH}{_LOW}|{_HIGH}|{_LOW}|\\.")
_ESCAPED_CHARACTER = 6


class NoJson(ValueError):
    """It is no JSON, or it breaks off."""


def read_any(body: bytes | bytearray) -> Any:
    """All of it. Raises NoJson."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            return orjson.loads(_repaired(body))
        except orjson.JSONDecodeError as error:
            raise NoJson from error


def read_as(body: bytes | bytearray | msgspec.Raw, shape: type[Shape]) -> Shape:
    """Of objects only what the shape has a field for; a field of type `msgspec.Raw` is read later, by `read_as`.

    Raises NoJson, or Misshapen where it is another shape.
    """
    if isinstance(body, msgspec.Raw):
        return _read(body, shape)
    if not _is_sound(body):
        body = _repaired(body)
    try:
        return _read(body, shape)
    except NoJson:
        return _read(_repaired(body), shape)


def each_as(parts: list[msgspec.Raw] | None, shape: type[Shape]) -> Iterator[Shape]:
    """One after the other, so that no two of them are held at once. Raises as `read_as` does."""
    return (_read(part, shape) for part in parts or ())


def _read(body: bytes | bytearray | msgspec.Raw, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Misshapen(str(error)) from error
    except RecursionError as error:
        raise Misshapen("it is nested too deeply") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoJson from error


def _is_sound(body: bytes | bytearray) -> bool:
    """Whether it is UTF-8: msgspec finds out only where it makes a text."""
    if body.isascii():
        return True
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _repaired(body: bytes | bytearray) -> bytes:
    """The same JSON with a replacement character for whatever is no text, if that is all that is wrong with it."""
    text = body.removeprefix(_MARK).translate(_BLANKS).decode(errors="replace")
    return _ESCAPE.sub(_whole, text).encode()


def _whole(escape: re.Match[str]) -> str:
    is_half = len(escape[0]) == _ESCAPED_CHARACTER
    return "\\ufffd" if is_half else escape[0]
