"""A notice put into the team's Grafana by its author, and followed there as long as they wish."""

from __future__ import annotations

from dashboards.annotating.following import is_placed, revise, take_away
from dashboards.annotating.view import annotate

__all__ = ["annotate", "is_placed", "revise", "take_away"]
