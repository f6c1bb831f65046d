"""What can be told of a query without asking a Prometheus: whether it is one, what it reads, what exports that."""

from __future__ import annotations

from vistas.promql.doubts import doubt_about, is_logql
from vistas.promql.exporters import exporters_of
from vistas.promql.grammar import why_not_promql
from vistas.promql.selectors import Matcher, Reads, Selector, first_metric, metric_names, only_selector, read

__all__ = [
    "Matcher",
    "Reads",
    "Selector",
    "doubt_about",
    "exporters_of",
    "first_metric",
    "is_logql",
    "metric_names",
    "only_selector",
    "read",
    "why_not_promql",
]
