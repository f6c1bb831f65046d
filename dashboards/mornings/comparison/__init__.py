"""Then and now on pages: two vistas as one list of what is different, and a look beside what it showed earlier."""

from __future__ import annotations

from dashboards.mornings.comparison.beside import choose as choose_what_is_beside
from dashboards.mornings.comparison.beside import look as draw_beside

__all__ = ["choose_what_is_beside", "draw_beside"]
