"""A calm table on whose rows people mark what they notice."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from dashboards.components import notices
from dashboards.components.marks import Mark, OnMark
from dashboards.components.table.cells import CellTable
from vistas.formatting.tones import tones
from vistas.vista.notice import LogPattern, Stretch, TableRow


def marking_table(
    table: CellTable,
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
    """Draw `table` (see `cells.table_of`); ages are counted back from `now`, times shown in `zone`.

    All its rows go to the browser, packed; it shows the first, and more as one asks for them, sorts and filters.
    """
    body = {"cells": table.cells, "anchors": table.anchors}
    words = [
        word
        for column, cells in zip(table.columns, table.cells, strict=True)
        if column.shape == "badge"
        for word in cells
    ]
    notices.mount(
        "components/table/marking_table.js",
        key=key,
        look=look,
        source=source,
        marks=_row_marks(marks, look, source),
        on_mark=on_mark,
        data={
            "columns": [
                {"name": each.name, "title": each.title, "shape": each.shape, "unit": each.unit.value}
                for each in table.columns
            ],
            "rows": b64encode(gzip.compress(orjson.dumps(body), 1, mtime=0)).decode(),
            "total": table.total,
            "noun": table.noun,
            "first": table.first,
            "label": label,
            "zone": zone.key,
            "now": notices.milliseconds(now),
            "tones": tones(words),
        },
    )


def _row_marks(marks: Sequence[Mark], look: str, source: str) -> list[dict[str, Any]]:
    """The notices on this look, each with what it hangs on as the rows carry it."""
    found = []
    for mark in marks:
        match mark.notice.anchor:
            case TableRow(look=at, source=of, key=row) if (at, of) == (look, source):
                found.append({**notices.mark_data(mark), "anchor": {"at": "row", "key": row}})
            case LogPattern(look=at, source=of, pattern=pattern) if (at, of) == (look, source):
                found.append({**notices.mark_data(mark), "anchor": {"at": "pattern", "pattern": pattern}})
            case Stretch(look=at, source=of, series=series) if (at, of) == (look, source):
                found.append({**notices.mark_data(mark), "anchor": {"at": "stretch", "series": list(series)}})
    return found
