"""What can be told of a query without asking a Prometheus."""

from __future__ import annotations

from vistas.importing.promql.doubts import doubt_about, is_logql
from vistas.importing.promql.grammar import why_not_promql

__all__ = ["doubt_about", "is_logql", "why_not_promql"]
