"""What became of metrics and labels that were renamed, and a query written with their newer names."""

from __future__ import annotations

from vistas.promql.renames.model import Origin, Way
from vistas.promql.renames.suggesting import (
    Suggestion,
    first_part,
    for_functions,
    for_label,
    for_metrics,
    for_value,
    guesses,
)

__all__ = [
    "Origin",
    "Suggestion",
    "Way",
    "first_part",
    "for_functions",
    "for_label",
    "for_metrics",
    "for_value",
    "guesses",
]
