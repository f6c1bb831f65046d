"""Which dialect an unparsed line resembles most, and where it first differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import orjson

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.template import VARIABLE, compile_template

_MUCH = 0.25
"""The share of a format's parts that a line must be like, for it to be told."""

_PART = re.compile(r'(?:"[^"]*"|[^ "])+')
"""What stands between two blanks of a format, a quoted value as one."""
_END = re.compile(r"(?:\r|\\r)\?\$$")
"""With which the expression of a whole line ends."""
_CLOCK = re.compile(r"\d\d:\d\d|\d{9}")
_NUMBERS = ("status", "response_bytes", "seconds")
_NUMBER = r"-|-?[0-9]+(?:[.][0-9]+)?"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The format, and how many letters of the line are like it; for JSON what the line lacks."""

    dialect: str
    fits: int | None = None
    lacks: str = ""


def find_nearest(line: str, dialects: Sequence[Dialect]) -> Nearest | None:
    """None where a line is like nothing that is known."""
    if line.startswith("{"):
        return _nearest_json(line, dialects)
    fits = {dialect: _fits(dialect, line) for dialect in dialects if dialect.template}
    dialect = max(fits, key=lambda each: fits[each], default=None)
    return Nearest(dialect.name, fits[dialect]) if dialect and fits[dialect] else None


def _fits(dialect: Dialect, line: str) -> int:
    """With how many letters the line begins as the dialect's do; 0 where not even its time is there."""
    tokens = _PART.findall(dialect.template)
    low, high = _least(dialect, tokens), len(tokens)
    if not _begins(dialect, low, line):
        return 0
    while low < high:
        middle = (low + high + 1) // 2
        if _begins(dialect, middle, line):
            low = middle
        else:
            high = middle - 1
    begun = _begins(dialect, low, line)
    if begun and not _CLOCK.search(begun[0]):
        return 0
    return len(line) - len(line[begun.end() :].lstrip(" ")) if begun else 0


def _least(dialect: Dialect, tokens: Sequence[str]) -> int:
    """Up to where its time is: words before it are in any line."""
    names = {dialect.stands_in(name) for name in dialect.fields["time"]} if "time" in dialect.fields else set()
    timed = (
        place
        for place, token in enumerate(tokens, 1)
        if names.intersection(name for pair in VARIABLE.findall(token) for name in pair)
    )
    return max(next(timed, 1), int(_MUCH * len(tokens)))


def _begins(dialect: Dialect, parts: int, line: str) -> re.Match[str] | None:
    return _beginning(dialect, parts).match(line)


@cache
def _beginning(dialect: Dialect, parts: int) -> re.Pattern[str]:
    """The begin of a line of the dialect; numbers have to be some, as a reader finds out only afterwards."""
    whole = compile_template(" ".join(_PART.findall(dialect.template)[:parts])).expression
    for column in _NUMBERS:
        for name in dialect.sources(column):
            whole = re.sub(rf"\(\?P<{name}>\[\^[^\]]*\][+*]\)", f"(?P<{name}>{_NUMBER})", whole)
    return re.compile(_END.sub("", whole) + r"(?= |$)")


def _nearest_json(line: str, dialects: Sequence[Dialect]) -> Nearest | None:
    try:
        keys = orjson.loads(line).keys()
    except (orjson.JSONDecodeError, AttributeError):
        return None
    known = {dialect: _roots(dialect) for dialect in dialects if dialect.json_marks}
    if not known:
        return None
    dialect = max(known, key=lambda each: len(known[each] & keys))
    if len(known[dialect] & keys) < 2:  # noqa: PLR2004 - one may be there by chance
        return None
    lacks = [column for column in ("time", "status", "method") if not _there(dialect, column, keys)]
    return Nearest(dialect.name, lacks=" and ".join(lacks))


def _roots(dialect: Dialect) -> set[str]:
    return {_root(name) for name in dialect.variables}


def _root(name: str) -> str:
    return name.strip('"') if name.startswith('"') else name.split(".", maxsplit=1)[0]


def _there(dialect: Dialect, column: str, keys: object) -> bool:
    names = next((names for name, names in dialect.fields.items() if name == column), ())
    return not names or bool({_root(name) for name in names}.intersection(keys))  # type: ignore[arg-type]
