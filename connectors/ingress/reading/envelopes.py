"""Unwraps the JSON that log shippers put around a line, and whole documents of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

SAID = ("log", "message", "MESSAGE", "line", "msg", "textPayload", "@message", "event.original", "body", "_raw")
"""The keys under which shippers keep a line; the first that holds a text."""
_INSIDE = ("event", "jsonPayload", "attributes", "log_processed", "fields")
"""Objects in which it may stand one step further in."""
_ORIGINAL = "original"
_LISTS = ("logEvents", "events", "results")
_DOCUMENT = re.compile(
    rb'\s*(?:\[\s*\{|\{\s*"(?:logEvents|events|searchedLogStreams|messageType|owner|status|data|resultType|streams)":)'
)
_BATCH = re.compile(rb'\{"(?:logEvents|messageType|owner)":')
"""One object a line, as CloudWatch passes lines on."""


def open_envelope(line: bytes) -> bytes | None:
    """The line that a JSON object was put around; None where the object holds none."""
    begins = line[:1] == b"{"
    if not begins:
        return None
    try:
        wrapped = orjson.loads(line.rstrip(b"]\r ") if line.rstrip().endswith(b"}]") else line)
    except orjson.JSONDecodeError:
        return None
    said = _text_in(wrapped)
    return None if said is None else said.rstrip(b"\r\n").replace(b"\r\n", b" ").replace(b"\n", b" ")


def _text_in(wrapped: dict[str, Any]) -> bytes | None:
    inner = (wrapped[name] for name in _INSIDE if isinstance(wrapped.get(name), dict))
    for objects in (wrapped, *inner):
        for key in (*SAID, *((_ORIGINAL,) if objects is not wrapped else ())):
            said = _text(objects.get(key))
            if said:
                return said
    for key in ("message", "log_processed", "jsonPayload", "log", "MESSAGE"):
        if isinstance(wrapped.get(key), dict):
            return orjson.dumps(wrapped[key])
    return None


def _text(value: object) -> bytes | None:
    """A text; also as journalctl writes one that is not UTF-8: a list of bytes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    if isinstance(value, list) and value and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):  # noqa: PLR2004 - a byte
        return bytes(value)
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0].encode("utf-8", "replace")
    return None


def open_document(text: bytes) -> bytes:
    """A document that holds many lines, such as a log store's answer, with a line for each; others as they are."""
    if not _DOCUMENT.match(text):
        return text
    lines = _lines(text)
    if lines is None and _BATCH.match(text):
        lines = [within for line in text.split(b"\n")[:-1] for within in _lines(line) or [line]]
    return b"".join(line.replace(b"\n", b" ") + b"\n" for line in lines) if lines else text


def _lines(text: bytes) -> list[bytes] | None:
    """None where it is no document, but lines."""
    try:
        return [*_entries(orjson.loads(text))]
    except orjson.JSONDecodeError:
        return None


def _entries(document: Any) -> Iterator[bytes]:
    if isinstance(document, list):
        for entry in document:
            if isinstance(entry, dict):
                yield orjson.dumps(entry)
    elif isinstance(document, dict):
        for stream in _streams(document):
            yield from (str(value[1]).encode("utf-8", "replace") for value in stream)
        for name in _LISTS:
            if isinstance(document.get(name), list):
                yield from _entries(document[name])


def _streams(document: dict[str, Any]) -> Iterator[list[Any]]:
    """Loki's answer to a query: streams of times and lines."""
    data = document.get("data", document)
    result = data.get("result", data.get("streams")) if isinstance(data, dict) else None
    for stream in result if isinstance(result, list) else ():
        values = stream.get("values") if isinstance(stream, dict) else None
        if isinstance(values, list):
            yield [value for value in values if isinstance(value, list) and len(value) > 1]
