"""The time range that a panel has of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from vistas.importing.macros import read_span
from vistas.importing.reading.tree import Tree, at, text

_SHORTEST = timedelta(minutes=1)
_NOW = re.compile(r"^now-")


@dataclass(frozen=True, slots=True)
class Times:
    """`told` has in plain words what a look cannot say."""

    window: timedelta | None = None
    offset: timedelta | None = None
    told: tuple[str, ...] = ()


def read_times(panel: Tree) -> Times:
    """`timeFrom` as a window, and `timeShift` as an offset; Grafana takes them in this order, too."""
    told = []
    span, shift = text(panel.get("timeFrom")), text(panel.get("timeShift"))
    window, offset = _length(span), _length(shift)
    if span and window is None:
        told.append(
            f"has a time range of its own that means nothing here ({span[:20]}); here it shows the routine's"
        )
    if shift and offset is None:
        told.append(f"is shifted back in time by what means nothing here ({shift[:20]}); here it is not")
    if compared := text(at(panel, "options", "timeCompare")):
        told.append(f"compares with an earlier time ({compared[:20]}); here it does not")
    return Times(window, offset, tuple(told))


def _length(written: str) -> timedelta | None:
    span = read_span(_NOW.sub("", written)) if written else None
    return span if span is not None and span >= _SHORTEST else None
