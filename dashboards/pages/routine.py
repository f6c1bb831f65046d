"""A routine: its family, its versions side by side, and what it stopped looking at."""

from __future__ import annotations

from dashboards import routines
from vistas.routine import Routine


def above(routine: Routine) -> None:
    """What has to be known first about it."""


routines.draw(above)
