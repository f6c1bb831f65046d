"""A routine: the stops somebody looks at, each with its looks; its file format and its JSON Schema."""

from __future__ import annotations

from vistas.routine.model import Drawing, Look, Routine, Slug, Span, Stop, Unit, parse_span, write_span

__all__ = ["Drawing", "Look", "Routine", "Slug", "Span", "Stop", "Unit", "parse_span", "write_span"]
