"""The map of expertise: for each part of the system who can show it, where to look, and whom to ask."""

from __future__ import annotations

from vistas.practice.expertise.state import Expertise, KnownPart, LineKind, MapLine, unknown_parts, who_knows

__all__ = ["Expertise", "KnownPart", "LineKind", "MapLine", "unknown_parts", "who_knows"]
