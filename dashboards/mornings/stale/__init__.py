"""Looks that went stale: told where they stand in a walk, and mended on their routine's page."""

from __future__ import annotations

from dashboards.mornings.stale.box import draw as draw_boxes
from dashboards.mornings.stale.mark import draw as draw_mark
from dashboards.mornings.stale.mark import draw_count, lost_by

__all__ = ["draw_boxes", "draw_count", "draw_mark", "lost_by"]
