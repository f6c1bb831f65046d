"""Two routines as differences in words: what is new, moved, renamed, changed or left out."""

from __future__ import annotations

from vistas.routine.difference.comparing import difference
from vistas.routine.difference.model import Change, Kind, Mark, Piece, Written
from vistas.routine.difference.telling import in_lines, sentence, untouched
from vistas.routine.difference.texts import pieces

__all__ = [
    "Change",
    "Kind",
    "Mark",
    "Piece",
    "Written",
    "difference",
    "in_lines",
    "pieces",
    "sentence",
    "untouched",
]
