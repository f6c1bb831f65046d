"""What is to be said of a table row: a few of its cells as words, those that changed first."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from vistas.formatting.columns import heading, unit_of
from vistas.formatting.values import format_value
from vistas.mornings.followup.outcome import one_line
from vistas.routine import Unit

Row = Mapping[str, Any]

MOST: Final = 3
_FIRST: Final = (
    "what",
    "state",
    "status",
    "phase",
    "ready",
    "restarts",
    "images",
    "version",
    "last_exit_reason",
    "reason",
    "severity",
    "failures",
    "errors_5xx",
    "requests",
    "attempts",
    "lines",
    "count",
    "used_ratio",
    "used",
    "seconds",
    "p95_seconds",
    "value",
)
"""Columns that say most, the most telling first."""
_LAST: Final = ("message", "details", "summary", "labels", "not_ready_reason", "last_exit_code")
_TOLD_BY: Final = {
    "ready": ("ready_ratio", "is_ready", "desired", "updated", "available", "unavailable", "not_ready_reason"),
    "status": ("phase", "reason"),
    "what": ("severity", "details"),
    "state": ("value", "summary"),
    "used_ratio": ("used",),
}
"""What need not be said besides."""
_UNTOLD: Final = frozenset({"owner", "owner_kind", "revision"})
_SENTENCE: Final = re.compile(r"[A-Z][a-z]+(?=[ ,:]|$)")
_LONGEST: Final = 120


def facts(then: Row, now: Row | None, key: Collection[str]) -> tuple[str, str, bool]:
    """The same cells of both rows as words, and whether any of them changed; of one row its most telling ones."""
    names = [name for name in then if name not in key and _can_be_told(name, then)]
    shared = [name for name in names if now is None or name in now]
    changed = [] if now is None else [name for name in shared if not _same(then[name], now[name])]
    chosen = _choose(changed or [name for name in shared if _says_something(then[name])], then, now)
    after = "" if now is None else _words(chosen, now)
    return _words(chosen, then), after, bool(changed)


def describe(row: Row, key: Collection[str] = ()) -> str:
    return facts(row, None, key)[0]


def _can_be_told(name: str, row: Row) -> bool:
    """Times and ages move by themselves: they say nothing about a change."""
    is_age = unit_of(name) is Unit.SECONDS and "age" in name.split("_")
    return not (is_age or name in _UNTOLD or isinstance(row[name], date | timedelta | dict))


def _same(one: Any, other: Any) -> bool:
    both = isinstance(one, float) and isinstance(other, float)
    return bool(one == other or (both and math.isnan(one) and math.isnan(other)))


def _says_something(value: Any) -> bool:
    return not (value is None or (isinstance(value, str | list) and not value))


def _choose(names: Sequence[str], then: Row, now: Row | None) -> list[str]:
    ranked = sorted(names, key=lambda name: (_rank(name), -_moved(then[name], None if now is None else now[name])))
    chosen: list[str] = []
    for name in ranked:
        if not any(name in _TOLD_BY.get(each, ()) for each in chosen):
            chosen.append(name)
    return chosen[:MOST]


def _rank(name: str) -> int:
    if name in _FIRST:
        return _FIRST.index(name)
    return len(_FIRST) + (_LAST.index(name) + 1 if name in _LAST else 0)


def _moved(before: Any, after: Any) -> float:
    """By what share a number changed; 0 for what is none."""
    if not (isinstance(before, int | float) and isinstance(after, int | float)):
        return 0.0
    size = max(abs(before), abs(after))
    share = abs(after - before) / size if size else 0.0
    return share if math.isfinite(share) else 1.0


def _words(names: Sequence[str], row: Row) -> str:
    return ", ".join(word for name in names if (word := _word(name, row[name])))


def _word(name: str, value: Any) -> str:
    if not _says_something(value):
        return f"no {heading(name).lower()}"
    if (said := _OWN_WORDS.get(name, _nothing)(value)) is not None:
        return said
    return _of_any_column(name, value)


def _of_any_column(name: str, value: Any) -> str:
    match value:
        case bool():
            return f"{heading(name).lower()}: {'yes' if value else 'no'}"
        case int() | float():
            return _number(name, value)
        case list():
            return _cut(", ".join(map(str, value)))
        case _:
            return _cut(_lowered(str(value)))


def _nothing(_: Any) -> str | None:
    return None


def _restarts(value: Any) -> str | None:
    if not isinstance(value, int):
        return None
    return "no restart" if not value else "restarted once" if value == 1 else f"restarted {value:,} times"


def _ready(value: Any) -> str | None:
    parts = re.fullmatch(r"(\d+)/(\d+)", str(value))
    return f"{parts[1]} of {parts[2]} ready" if parts else None


def _images(value: Any) -> str | None:
    return f"version {', '.join(version_of(str(each)) for each in value)}" if isinstance(value, list) else None


_OWN_WORDS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "restarts": _restarts,
    "ready": _ready,
    "images": _images,
    "severity": lambda value: f"severity {value}",
}


def _number(name: str, value: float) -> str:
    unit, words = unit_of(name), heading(name).lower()
    said = format_value(float(value), unit)
    if unit is Unit.NUMBER and name in {"failures", "requests", "attempts", "lines", "retried"}:
        return f"{said} {words[:-1] if value == 1 and words.endswith('s') else words}"
    return f"{words} {said}"


def version_of(image: str) -> str:
    """`1.4.3` of `registry/shop/cart:1.4.3`; without a tag its whole name."""
    name, _, digest = image.partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    return tag or (digest[:19] if digest else name)


def _lowered(text: str) -> str:
    """`complete` for `Complete`, as it stands within a sentence; names such as `OOMKilled` stay."""
    return text[:1].lower() + text[1:] if _SENTENCE.match(text) else text


def _cut(text: str) -> str:
    return one_line(text.strip(), _LONGEST)
