"""Decision requirements tables: what a hard decision needs, drawn out of people in a session."""

from __future__ import annotations

from vistas.practice.decisions.state import (
    COLUMNS,
    TITLES,
    DecisionCell,
    DecisionRow,
    DecisionTable,
    Evidence,
    Field,
    Link,
    Recheck,
    Wording,
)

__all__ = [
    "COLUMNS",
    "TITLES",
    "DecisionCell",
    "DecisionRow",
    "DecisionTable",
    "Evidence",
    "Field",
    "Link",
    "Recheck",
    "Wording",
]
