"""Routines and their versions: what a team kept of each, who changed it and why, and which was made from which."""

from __future__ import annotations

from vistas.practice.routines.changing import Changing
from vistas.practice.routines.entries import journal_of
from vistas.practice.routines.family import Branch, Family
from vistas.practice.routines.here import Here
from vistas.practice.routines.routines import Routines
from vistas.practice.routines.state import Origin, Version
from vistas.practice.routines.stopped import Stopped, brought_back, stopped_looking_at

__all__ = [
    "Branch",
    "Changing",
    "Family",
    "Here",
    "Origin",
    "Routines",
    "Stopped",
    "Version",
    "brought_back",
    "journal_of",
    "stopped_looking_at",
]
