"""How a table is written down: a line a metric, the older name before the newer one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vistas.promql.renames.model import Origin, Rename


def pairs(origin: Origin, lines: str, **same: Any) -> Iterator[Rename]:
    """Each line of `lines` is an older and a newer name; `same` is true of all of them."""
    for line in lines.split("\n"):
        if line.strip():
            old, new = line.split()
            yield Rename(old, new, origin, **same)


def ending(origin: Origin, prefix: str, names: str, ending: str, **same: Any) -> Iterator[Rename]:
    """Metrics that only got an ending."""
    for name in names.split():
        yield Rename(f"{prefix}{name}", f"{prefix}{name}{ending}", origin, **same)


def beginning(origin: Origin, old: str, new: str, names: str, **same: Any) -> Iterator[Rename]:
    """Metrics that only begin otherwise."""
    for name in names.split():
        yield Rename(f"{old}{name}", f"{new}{name}", origin, **same)
