"""A look opened elsewhere: the same queries over the same times, in the tools that people know."""

from __future__ import annotations

from vistas.linking.addresses import is_reached_by_people
from vistas.linking.elsewhere import Elsewhere, Tool, elsewhere_of
from vistas.linking.links import Link, then_and_now, ways_out

__all__ = ["Elsewhere", "Link", "Tool", "elsewhere_of", "is_reached_by_people", "then_and_now", "ways_out"]
