"""Vistas that were kept: as cards, and on their way out of the app."""

from __future__ import annotations

from dashboards.library.cards import TONES

__all__ = ["TONES"]
