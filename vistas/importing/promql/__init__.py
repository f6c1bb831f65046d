"""What can be told of a query without asking a Prometheus."""

from __future__ import annotations

from vistas.importing.promql.doubts import doubt_about, is_logql
from vistas.importing.promql.grammar import why_not_promql
from vistas.importing.promql.selectors import first_metric, only_selector

__all__ = ["doubt_about", "first_metric", "is_logql", "only_selector", "why_not_promql"]
