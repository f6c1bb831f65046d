"""Bringing dashboards: files are dropped, and what would come of them is chosen, cut, ordered and kept."""

from __future__ import annotations

from dashboards.importing import arranging, bringing

__all__ = ["arranging", "bringing"]
