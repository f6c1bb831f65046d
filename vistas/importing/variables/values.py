"""What a dashboard's file says of a variable's values: which are offered, and which it opens with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from vistas.importing.reading.tree import at, items, text

LONGEST_VALUE = 2000
ALL = ("$__all", "All")


def current(written: Any) -> tuple[str, ...]:
    """What it opens with, All left out."""
    return tuple(value for value in _scalars(at(written, "current", "value")) if value not in ALL)


def is_all(written: Any) -> bool:
    """Whether it opens with All."""
    return any(value in ALL for value in _scalars(at(written, "current", "value")))


def _scalars(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else (value,):
        if scalar := text(each) or text(at(each, "value")):
            yield scalar


def offered(written: Any, kind: str) -> Iterator[tuple[str, bool]]:
    """Every value there is to choose, All left out, and whether it is called by itself.

    From `options`, or from the list in `query`.
    """
    options = [(text(at(option, "value")), text(at(option, "text"))) for option in items(at(written, "options"))]
    known = [(value, name in {"", value}) for value, name in options if value and value not in ALL]
    if known or kind not in {"custom", "interval"}:
        yield from known
        return
    query = text(at(written, "query"))[:LONGEST_VALUE]
    yield from _in_json(query) if query.lstrip().startswith("[") else _in_words(query)


def _in_words(query: str) -> Iterator[tuple[str, bool]]:
    r"""`a, b, name : value`, where `\,` is a comma."""
    for part in re.split(r"(?<!\\),", query):
        name, colon, value = part.replace("\\,", ",").rpartition(" : ")
        if value.strip():
            yield value.strip(), not colon or name.strip() == value.strip()


def _in_json(query: str) -> Iterator[tuple[str, bool]]:
    """`[{"value": …, "text": …}, …]`, or texts."""
    try:
        listed = json.loads(query)
    except (json.JSONDecodeError, RecursionError):
        return
    for each in items(listed):
        value = text(each) or text(at(each, "value"))
        if value:
            yield value, text(at(each, "text")) in {"", value}
