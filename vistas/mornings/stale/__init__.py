"""Looks that went stale: they answered, and for some mornings there has been nothing of what they ask for."""

from __future__ import annotations

from vistas.mornings.stale.finding import FEWEST, MOST, find_stale, is_good_news
from vistas.mornings.stale.model import Stale, Suggestion, Why
from vistas.mornings.stale.suggesting import guesses, suggestions, with_look, without_look
from vistas.mornings.stale.words import headline, reason, told

__all__ = [
    "FEWEST",
    "MOST",
    "Stale",
    "Suggestion",
    "Why",
    "find_stale",
    "guesses",
    "headline",
    "is_good_news",
    "reason",
    "suggestions",
    "told",
    "with_look",
    "without_look",
]
