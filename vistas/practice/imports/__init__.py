"""Dashboards that were brought: what of them is walked, in which order, and what was carried of them."""

from __future__ import annotations

from vistas.practice.imports.entries import (
    Brought,
    DefaultChosen,
    ImportEntry,
    Imports,
    PutAway,
    Retitled,
    RoutineKept,
    StopChosen,
    StopCut,
    StopJoined,
    StopMoved,
    StopReworded,
    Undone,
    unfinished,
)
from vistas.practice.imports.state import Import, Tally, Telling, Told, as_routine

__all__ = [
    "Brought",
    "DefaultChosen",
    "Import",
    "ImportEntry",
    "Imports",
    "PutAway",
    "Retitled",
    "RoutineKept",
    "StopChosen",
    "StopCut",
    "StopJoined",
    "StopMoved",
    "StopReworded",
    "Tally",
    "Telling",
    "Told",
    "Undone",
    "as_routine",
    "unfinished",
]
