"""Recording a routine by doing: what is tried on the real thing, and the stops that are made of it."""

from __future__ import annotations

from dashboards.drafts.continuing import draw as draw_unfinished
from dashboards.drafts.page import draw

__all__ = ["draw", "draw_unfinished"]
