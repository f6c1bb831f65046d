"""What an API server prints of objects, as for `kubectl get`. A custom resource's definition names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.kubernetes.columns import NUMBER, TEXT, WHOLE, YES, Holds, Row
from connectors.kubernetes.objects import whole

AS_TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
"""What to accept so that the server prints; one that cannot gives the list as it is."""
WITH_OBJECTS = ("includeObject", "Object")

_BETWEEN_WORDS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
_KNOWN_ANYHOW = frozenset({"age"})
"""Printed as `3d`, of which nobody can tell an hour later when it was."""
_HOLDS = {"integer": WHOLE, "number": NUMBER, "boolean": YES}


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """What the server prints of an object in one column; `type` is the column's, as OpenAPI calls it."""

    column: str
    type: str
    value: Any


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An object, whole, and what the server prints of it."""

    entry: Any
    cells: tuple[PrintedCell, ...] = ()


def with_printed(
    row: Row, cells: Iterable[PrintedCell], ours: Mapping[str, Holds], columns: dict[str, Holds]
) -> Row:
    """The row with the cells, `Sync Status` as `sync_status`; columns that are new are added to `columns`.

    Where a kind has a text of its own by that name, it goes before what is printed, unless it is empty.
    """
    told = dict(row)
    for cell in cells:
        name = "_".join(word.lower() for word in _BETWEEN_WORDS.split(cell.column) if word)
        if not name or name in _KNOWN_ANYHOW:
            continue
        if name in ours:
            if ours[name] is TEXT:
                told[name] = told[name] or _value(cell.value, TEXT) or ""
            continue
        holds = columns.setdefault(name, _HOLDS.get(cell.type, TEXT))
        told.setdefault(name, _value(cell.value, holds))
    return told


def _value(said: Any, holds: Holds) -> Any:
    """As its column holds it; None where it is something else."""
    if holds is YES:
        return said if isinstance(said, bool) else None
    if holds is WHOLE:
        return whole(said)
    if holds is NUMBER:
        return float(said) if isinstance(said, int | float) and not isinstance(said, bool) else None
    return said if isinstance(said, str) else None if said is None else str(said)
