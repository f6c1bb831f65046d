"""A routine: the stops somebody looks at, each with its looks; its file format and its JSON Schema."""

from __future__ import annotations

from vistas.routine.look import MOST_QUERIES, NAMED_BY, Drawing, Look, NamedQuery, Slug, Unit
from vistas.routine.model import Ancestor, Routine, Stop
from vistas.routine.spans import Span, parse_span, write_span
from vistas.routine.variables import Chosen, Variable, references, resolved_query

__all__ = [
    "MOST_QUERIES",
    "NAMED_BY",
    "Ancestor",
    "Chosen",
    "Drawing",
    "Look",
    "NamedQuery",
    "Routine",
    "Slug",
    "Span",
    "Stop",
    "Unit",
    "Variable",
    "parse_span",
    "references",
    "resolved_query",
    "write_span",
]
