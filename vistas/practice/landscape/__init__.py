"""What a vista's snapshots show of a system: its parts, and which of them need which."""

from __future__ import annotations

from vistas.practice.landscape.dependencies import Dependency
from vistas.practice.landscape.parts import LONGEST, MOST, Part, PartKind, landscape, parts_of

__all__ = ["LONGEST", "MOST", "Dependency", "Part", "PartKind", "landscape", "parts_of"]
