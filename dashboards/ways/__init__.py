"""Walks side by side, as ways through the stops: a lane each, as tall as they took."""

from __future__ import annotations

from dashboards.ways.in_url import parameters
from dashboards.ways.section import draw, of_each, ways

__all__ = ["draw", "of_each", "parameters", "ways"]
