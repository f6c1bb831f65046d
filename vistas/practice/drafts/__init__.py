"""Routines that are recorded by doing: what was looked at, what of it was kept as stops, and in which order."""

from __future__ import annotations

from vistas.practice.drafts.entries import (
    BegunFrom,
    ChangeUndone,
    DraftEntry,
    Drafts,
    DraftSaved,
    LookAdded,
    LookDropped,
    LookPickedUp,
    LookTakenOut,
    LookTried,
    Renamed,
    StopKept,
    StopMoved,
    StopRemoved,
    StopRestored,
    StopReworded,
    unfinished,
)
from vistas.practice.drafts.making import Words, as_routine, named_look, new_stop, words_of
from vistas.practice.drafts.state import Draft, Tried

__all__ = [
    "BegunFrom",
    "ChangeUndone",
    "Draft",
    "DraftEntry",
    "DraftSaved",
    "Drafts",
    "LookAdded",
    "LookDropped",
    "LookPickedUp",
    "LookTakenOut",
    "LookTried",
    "Renamed",
    "StopKept",
    "StopMoved",
    "StopRemoved",
    "StopRestored",
    "StopReworded",
    "Tried",
    "Words",
    "as_routine",
    "named_look",
    "new_stop",
    "unfinished",
    "words_of",
]
