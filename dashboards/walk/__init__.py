"""The walk: stop by stop, alone, in a room and in a replay; what people notice there, and the way on."""

from __future__ import annotations

from dashboards.walk.first_look import under_way as first_looks_under_way
from dashboards.walk.progress import draw as draw_progress

__all__ = ["draw_progress", "first_looks_under_way"]
