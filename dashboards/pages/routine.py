"""A routine: its family, its versions side by side, and what it stopped looking at."""

from __future__ import annotations

from dashboards import routines
from dashboards.mornings import stale

routines.draw(stale.draw_boxes)
