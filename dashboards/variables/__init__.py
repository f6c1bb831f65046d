"""Choosing what a routine is walked with, wherever a walk begins."""

from __future__ import annotations

from dashboards.variables.choosing import draw, is_ready
from dashboards.variables.in_address import chosen_in_address, show_in_address

__all__ = ["chosen_in_address", "draw", "is_ready", "show_in_address"]
