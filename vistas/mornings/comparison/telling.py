"""Changes in words: how a row is called, how a value is written, and one plain sentence. Times are in UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from vistas.formatting.columns import heading
from vistas.formatting.values import format_value
from vistas.mornings.comparison.model import Cell, Change, ChangeKind, Value
from vistas.routine import Unit

CELLS: Final = 4
"""So many of what moved are told in a sentence."""
_LONGEST: Final = 120
_PLACE: Final = ("namespace", "name", "object")

HEADLINES: Final = ("what", "summary", "status", "state", "message", "reason", "health", "comment")
"""Columns by which a row says what it is about, the most telling first."""

VERBS: Final = {
    "alerts": ("rings now", "rings no more"),
    "stands-out": ("stands out now", "stands out no more"),
    "events": ("was reported", "was not reported again"),
    "changes": ("was rolled out", "was not rolled out again"),
    "slowest": ("is among the slowest now", "is not among the slowest any more"),
    "clients": ("is among the busiest now", "is not among the busiest any more"),
}
"""By what a look takes: what is said of a row that is new, and of one that is gone."""
_ORDINARY: Final = ("is new", "is gone")


def row_name(key: Mapping[str, str]) -> str:
    """`Pod shop/checkout-…`, `RolloutStuck (namespace="shop")`, `GET /search shop-search-80`."""
    place = "/".join(key[name] for name in _PLACE if key.get(name))
    before, after = _around(key)
    labels = key.get("labels")
    said = " ".join([*before, *([place] if place else []), *after])
    named = f"{said} ({labels})" if said and labels else said or labels or ""
    return cut(named, _LONGEST * 2) or "a row without a name"


def _around(key: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The other parts of a key, those before and those after the place."""
    names = list(key)
    first = min((names.index(name) for name in _PLACE if name in key), default=len(names))
    others = [(names.index(name), value) for name, value in key.items() if name not in {*_PLACE, "labels"}]
    return [value for at, value in others if at < first and value], [
        value for at, value in others if at > first and value
    ]


def said(value: Value, unit: Unit = Unit.NUMBER) -> str:  # noqa: PLR0911 - one return a type
    """A value as people read it; `none` where there is none."""
    match value:
        case None | "" | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() if unit is Unit.NUMBER:
            return f"{value:,}".replace(",", "\u2009")
        case int() | float():
            return format_value(float(value), unit)
        case datetime():
            there = value.astimezone(UTC)
            return f"{there.day} {there:%b %H:%M}"
        case tuple():
            return cut(", ".join(value), _LONGEST)
        case _:
            return cut(value, _LONGEST)


def was(cell: Cell) -> str:
    """`status Stuck, was Complete`."""
    name = heading(cell.column)
    lowered = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return f"{lowered} {said(cell.now, cell.unit)}, was {said(cell.then, cell.unit)}"


def then_and_now(change: Change) -> tuple[str, str]:
    """What it was and what it is, of the most telling of what moved; empty texts where it was not, or is not."""
    if not change.cells:
        return "", ""
    cell = change.cells[0]
    then, now = ("" if value is None else said(value, cell.unit) for value in (cell.then, cell.now))
    return then, now


def tell_changed(name: str, cells: Sequence[Cell]) -> str:
    parts = [was(cell) for cell in cells[:CELLS]]
    if more := len(cells) - CELLS:
        parts += [f"and {more} more"] if more > 0 else []
    return f"{name}: {'; '.join(parts)}."


def tell_one_sided(kind: ChangeKind, name: str, headline: str, take: str = "") -> str:
    """What is new or gone, with what it says of itself."""
    new, gone = VERBS.get(take, _ORDINARY)
    verb, tells = (new, ":") if kind is ChangeKind.NEW else (gone, "; then:")
    return f"{name} {verb}{tells} {_ended(headline)}" if headline else f"{name} {verb}."


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def number_of(count: int, singular: str) -> str:
    """`1 pod`, `12 pods`."""
    return f"{count:,} {singular if count == 1 else plural(singular)}".replace(",", "\u2009")


def plural(singular: str) -> str:
    return singular if singular == "series" else f"{singular}s"


def say_stretch(first: datetime, last: datetime, *, days: bool = False) -> str:
    """`03:12 to 03:41`, or the one minute; with the day where that is not plain."""
    days = days or last - first >= timedelta(days=1)
    start, end = ((said(moment) if days else f"{moment.astimezone(UTC):%H:%M}") for moment in (first, last))
    return f"{start} to {end}" if start != end else f"at {start}"


def cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
