"""The map of expertise on the page: looking things up, adding to it, and who knows this."""

from __future__ import annotations

from dashboards.expertise.landscape import first_choice, parts
from dashboards.expertise.who_knows import draw as draw_who_knows
from dashboards.expertise.who_knows import lines as draw_lines

__all__ = ["draw_lines", "draw_who_knows", "first_choice", "parts"]
