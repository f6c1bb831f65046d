"""A walk through somebody's eyes: their way through the stops, and what was noticed then, found again now."""

from __future__ import annotations

from dashboards.mornings.eyes.head import draw as draw_head
from dashboards.mornings.eyes.marks import earlier_marks
from dashboards.mornings.eyes.notices import draw as draw_notices
from dashboards.mornings.eyes.way import StopThen, before_detour, in_their_order, places

__all__ = [
    "StopThen",
    "before_detour",
    "draw_head",
    "draw_notices",
    "earlier_marks",
    "in_their_order",
    "places",
]
