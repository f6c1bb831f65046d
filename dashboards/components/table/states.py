"""What is in which state at one moment, as a table: each row is a series one can mark."""

from __future__ import annotations

from typing import Any

from dashboards.components.table.cells import CellTable, TableColumn
from vistas.charts.states import StateRow, states_of
from vistas.routine import Look
from vistas.snapshot import Frame, Window

MOST = 1000


def state_table(look: Look, frame: Frame, window: Window) -> CellTable:
    """What is not as most are comes first."""
    states = states_of(look, frame, window, most=MOST)
    columns = [TableColumn("name", "", "text"), TableColumn("state", "State", "text")]
    cells = [[row.name for row in states.rows], [row.last for row in states.rows]]
    return CellTable(columns, cells, [_anchor(row) for row in states.rows], states.total, noun="row")


def _anchor(row: StateRow) -> dict[str, Any]:
    at = row.runs[-1].start if row.runs else 0
    return {"at": "stretch", "start": at, "end": at, "series": [row.labels]}
