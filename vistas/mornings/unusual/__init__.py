"""What is unusual this morning, beside earlier mornings of the same looks."""

from __future__ import annotations

from vistas.mornings.unusual.comparing import MOST, find_unusual
from vistas.mornings.unusual.finding import Compared, Finding, TooFew
from vistas.mornings.unusual.judging import FEWEST
from vistas.mornings.unusual.mornings import Morning, earlier_mornings

__all__ = ["FEWEST", "MOST", "Compared", "Finding", "Morning", "TooFew", "earlier_mornings", "find_unusual"]
