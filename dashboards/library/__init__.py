"""Vistas that were kept: as cards, and on their way out of the app."""

from __future__ import annotations

from dashboards.library.as_they_did import changeable, choose_again
from dashboards.library.cards import TONES

__all__ = ["TONES", "changeable", "choose_again"]
