"""Cells of a table as plain values, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from vistas.mornings.comparison.model import Cell, Value

_COPIES = ("pods", "jobs", "upstreams", "targets", "rows")
FIRST: Final = (*_COPIES, "what", "images", "status", "state", "phase", "ready", "restarts", "severity", "reason")
"""Columns that are told first where they moved."""
_LONGEST: Final = 20
"""Items of a list that are told."""


def by_importance(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: FIRST.index(cell.column) if cell.column in FIRST else len(FIRST)))


def value_of(raw: Any) -> Value:
    """A cell as a plain value; of a list its first items as text."""
    match raw:
        case None | bool() | int() | float() | str() | datetime():
            return raw
        case list():
            return tuple(str(each) for each in raw[:_LONGEST])
        case dict():
            return ", ".join(f"{name}={each}" for name, each in raw.items())
        case _:
            return str(raw)
