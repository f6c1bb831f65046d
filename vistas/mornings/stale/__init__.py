"""Looks that went stale: they answered, and for some mornings there has been nothing of what they ask for."""

from __future__ import annotations

from vistas.mornings.stale.finding import FEWEST, MOST, find_stale
from vistas.mornings.stale.model import Mending, Stale, Why
from vistas.mornings.stale.suggesting import guessed, guessed_values, mendings, with_look, without_look
from vistas.mornings.stale.words import headline, reason

__all__ = [
    "FEWEST",
    "MOST",
    "Mending",
    "Stale",
    "Why",
    "find_stale",
    "guessed",
    "guessed_values",
    "headline",
    "mendings",
    "reason",
    "with_look",
    "without_look",
]
