"""What a new store begins with, marked as samples, and gone with a click."""

from __future__ import annotations

from dashboards.samples.marking import draw_badge, mark
from dashboards.samples.removing import draw

__all__ = ["draw", "draw_badge", "mark"]
