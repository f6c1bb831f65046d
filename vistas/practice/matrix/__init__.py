"""Dependency matrices (design structure matrices): what a team believes needs what, beside what is observed."""

from __future__ import annotations

from vistas.practice.matrix.state import MOST_ELEMENTS, Cell, CellNotice, Element, Hardness, Matrix, Pin

__all__ = ["MOST_ELEMENTS", "Cell", "CellNotice", "Element", "Hardness", "Matrix", "Pin"]
