"""A dashboard's variables: which of them have a value that a routine can keep, and what the value is.

What the file itself fixes or offers (constants, text boxes, lists, intervals) has the value that the dashboard
opens with. What is looked up in somebody's Prometheus (query variables) has none: *All* of it can be asked under
`=~`, and any value can be given by whoever imports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vistas.importing.reading.tree import at, items, text

LONGEST_VALUE = 2000
_ALL = ("$__all", "All")
_FIXED = ("constant", "textbox", "custom", "interval", "switch")


@dataclass(frozen=True, slots=True)
class Variable:
    """`values` are several where All of a list was chosen; `every` is what All asks for where no list is known.

    `reason` says why there is neither, or what the value stands for.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    every: str | None = None
    several: bool = False
    reason: str = ""


def read_variables(written: Sequence[Any], given: Mapping[str, str]) -> Iterator[Variable]:
    """In their order; `given` are values of whoever imports, and win."""
    for each in written:
        name = text(at(each, "name"))
        kind = text(at(each, "type"))
        if name and name in given:
            yield Variable(name, kind, (given[name],), reason="is what was given for it")
        else:
            yield _read(each, name, kind)


def _read(written: Any, name: str, kind: str) -> Variable:
    if not name:
        return Variable("", kind, reason="has no name")
    if kind == "datasource":
        return Variable(name, kind, reason="the look asks every source of that type")
    several = at(written, "multi") is True or at(written, "includeAll") is True
    if kind in _FIXED:
        return _fixed(written, name, kind, several=several)
    if kind != "query":
        return Variable(name, kind, reason=_unknown_kind(kind))
    if not several:
        return Variable(name, kind, reason="is one value that is looked up in a Prometheus: give it one")
    all_value = text(at(written, "allValue"))
    return Variable(name, kind, every=all_value[:LONGEST_VALUE] or ".*", several=True)


def _unknown_kind(kind: str) -> str:
    if kind in {"adhoc", "groupby"}:
        return "is a filter that is chosen while looking: routines have none"
    return f"is of a kind that is not known here: {kind[:40] or 'none'}"


def _fixed(written: Any, name: str, kind: str, *, several: bool) -> Variable:
    chosen = tuple(_scalars(at(written, "current", "value")))
    offered = tuple(_offered(written, kind))
    if kind in {"constant", "textbox"}:
        value = text(at(written, "query")) or next(iter(chosen), "")
        return _with(name, kind, (value,) if value else ())
    if chosen and chosen[0] in _ALL:
        all_value = text(at(written, "allValue"))
        if all_value:
            return Variable(name, kind, every=all_value[:LONGEST_VALUE], several=True)
        return _with(name, kind, offered, offered, several=True)
    return _with(name, kind, chosen or offered[:1], offered, several=several)


def _with(
    name: str, kind: str, values: Sequence[str], offered: Sequence[str] = (), *, several: bool = False
) -> Variable:
    if not values or sum(map(len, values)) > LONGEST_VALUE:
        return Variable(name, kind, reason="has no value in the file: give it one")
    others = [each for each in offered if each not in values]
    told = f"is fixed to what the dashboard opens with; it also offers {', '.join(others[:5])}" if others else ""
    return Variable(name, kind, tuple(values), several=several, reason=told)


def _scalars(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else (value,):
        if scalar := text(each):
            yield scalar


def _offered(written: Any, kind: str) -> Iterator[str]:
    """Every value there is to choose, All left out: from `options`, or from the list in `query`."""
    options = [text(at(option, "value")) for option in items(at(written, "options"))]
    values = [option for option in options if option and option not in _ALL]
    if values:
        yield from values
        return
    query = text(at(written, "query"))[:LONGEST_VALUE]
    for part in re.split(r"(?<!\\),", query) if kind in {"custom", "interval"} else ():
        value = part.replace("\\,", ",").rsplit(" : ", 1)[-1].strip()
        if value:
            yield value
