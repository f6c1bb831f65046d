"""Log patterns on which people mark what they notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboards.components.marks import Mark, OnMark
from dashboards.components.table import marking_table
from dashboards.components.table.cells import MOST_ROWS, CellTable, TableColumn, values_of
from vistas.snapshot import Frame


def marking_patterns(
    frame: Frame,
    *,
    key: str,
    look: str,
    source: str,
    zone: ZoneInfo,
    now: datetime,
    marks: Sequence[Mark] = (),
    on_mark: OnMark | None = None,
    label: str = "",
) -> None:
    """Draw a `lines` frame, most frequent first: the pattern, a real line of it, how often, from when to when."""
    marking_table(
        patterns_of(frame),
        key=key,
        look=look,
        source=source,
        zone=zone,
        now=now,
        marks=marks,
        on_mark=on_mark,
        label=label,
    )


def patterns_of(frame: Frame) -> CellTable:
    data = frame.data.sort("lines", "pattern", descending=[True, False]).head(MOST_ROWS)
    columns = [
        TableColumn("lines", "Lines", "number"),
        TableColumn("pattern", "Pattern, and a line of it", "pattern"),
        TableColumn("first", "First", "time"),
        TableColumn("last", "Last", "time"),
    ]
    cells = [values_of(data[column.name], column) for column in columns]
    samples = values_of(data["sample"], TableColumn("sample", "Sample", "text"))
    cells[1] = [{"pattern": pattern, "sample": sample} for pattern, sample in zip(cells[1], samples, strict=True)]
    anchors = [{"at": "pattern", "pattern": pattern} for pattern in data["pattern"].to_list()]
    return CellTable(columns, cells, anchors, frame.rows)
