"""A decision table in the browser, to be written in by several people at once.

Each cell is written on by itself. What one types lives in the browser until the server has it: it is sent again
until it was answered, and an entry that comes twice is kept once. Nothing that others do touches it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter

from dashboards import state
from dashboards.components import outbox, packaged
from vistas.practice.decisions import (
    COLUMNS,
    TITLES,
    DecisionCell,
    DecisionRow,
    DecisionTable,
    Field,
    Link,
    Wording,
)
from vistas.practice.decisions.entries import SheetEntry
from vistas.practice.decisions.probes import probes_for

ENTRIES: Final = TypeAdapter(tuple[SheetEntry, ...])


@dataclass(frozen=True, slots=True)
class Opens:
    """Where a piece of evidence is opened: addresses, empty where there is none. `when` says when `again` was."""

    was: str = ""
    live: str = ""
    again: str = ""
    when: str = ""


OnWrite = Callable[[tuple[SheetEntry, ...]], None]


def sheet(
    table: DecisionTable,
    *,
    key: str,
    me: str,
    opens: Callable[[Link], Opens],
    when: Callable[[Wording | Link], str],
    on_write: OnWrite | None = None,
    on_link: Callable[[UUID], None] | None = None,
) -> None:
    """Draw `table`. Without `on_write` it is to read only.

    `on_write` is called once for each thing done, before the page is drawn again; a `VistasError` it raises is
    shown at the cell, whose words stay. `on_link` is called with the row to which somebody wants to link evidence.
    """
    packaged.show(
        "practice/decisions/sheet.js",
        key=key,
        on={"wrote": outbox.taking(key, ENTRIES, on_write), "link": _linking(key, on_link)},
        data={
            "key": key,
            "me": me,
            "writable": on_write is not None,
            "columns": [_column(field) for field in COLUMNS],
            "incident": {**_column(Field.INCIDENT), "cell": _cell(table.incident, when)},
            "rows": [_row(row, opens, when) for row in table.shown],
            "removed": _removed(table.removed),
            "answers": outbox.answers(key),
        },
    )


def _column(field: Field) -> dict[str, Any]:
    return {"field": field.value, "title": TITLES[field], "probes": list(probes_for(field))}


def _cell(cell: DecisionCell, when: Callable[[Wording | Link], str]) -> dict[str, Any]:
    """`knew` is what somebody who sees this cell has seen, the empty and the doubled texts included."""
    return {
        "knew": [str(said.id) for said in cell.wordings],
        "texts": [
            {"id": str(said.id), "text": said.text, "by": said.by, "when": when(said)} for said in cell.texts
        ],
    }


def _row(
    row: DecisionRow, opens: Callable[[Link], Opens], when: Callable[[Wording | Link], str]
) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "cells": {field.value: _cell(cell, when) for field, cell in row.cells.items()},
        "evidence": [
            {
                "id": str(link.id),
                "says": link.evidence.title,
                "by": f"{link.by}, {when(link)}",
                **asdict(opens(link)),
            }
            for link in row.links
        ],
    }


def _removed(rows: Sequence[DecisionRow]) -> list[dict[str, str]]:
    return [
        {"id": str(row.id), "says": row.text(Field.DECISION), "by": row.removed.by if row.removed else ""}
        for row in rows
    ]


def _linking(key: str, on_link: Callable[[UUID], None] | None) -> Callable[[], None]:
    def link() -> None:
        sent = state.sent(key, "link")
        if on_link is None or not isinstance(sent, dict):
            return
        try:
            row = UUID(str(sent.get("row")))
        except ValueError:
            return
        on_link(row)

    return link
