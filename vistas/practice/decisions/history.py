"""Who changed what in a decision table, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vistas.practice.decisions.entries import (
    DecisionEntry,
    Linked,
    Rechecked,
    RowAdded,
    RowMoved,
    RowRemoved,
    RowRestored,
    Titled,
    Unlinked,
    Wrote,
)
from vistas.practice.decisions.state import TITLES, DecisionTable, Field
from vistas.practice.notebook import Written

_NAME = 40


@dataclass(frozen=True, slots=True)
class TableChange:
    """`summary` follows the name: `wrote strategies of “Roll back?”`. `text` is what was written, if any."""

    number: int
    by: str
    at: datetime
    summary: str
    text: str = ""


def changes(history: tuple[Written[DecisionEntry], ...], table: DecisionTable) -> tuple[TableChange, ...]:
    """The newest first. Rows are called by their decision as it is in `table`."""
    return tuple(
        TableChange(each.stamp.number, each.stamp.by or "", each.stamp.at, *_describe(each.what, table))
        for each in reversed(history)
    )


def _describe(entry: DecisionEntry, table: DecisionTable) -> tuple[str, str]:
    match entry:
        case Titled():
            return "named the table", entry.title
        case Wrote():
            return _wrote(entry, table), entry.text
        case Linked():
            return f"linked evidence to {_name(entry.row, table)}", entry.evidence.title
        case Unlinked():
            return f"removed evidence from {_name(entry.row, table)}", ""
        case Rechecked():
            return "ran the linked looks again", ""
        case RowAdded() | RowMoved() | RowRemoved() | RowRestored():
            return f"{entry.type.removeprefix('row-')} {_name(entry.row, table)}", ""


def _wrote(entry: Wrote, table: DecisionTable) -> str:
    if entry.field is Field.DECISION and entry.text:
        return "wrote a decision"
    of = f" of {_name(entry.row, table)}" if entry.row else ""
    return f"{'wrote' if entry.text else 'cleared'} {TITLES[entry.field].lower()}{of}"


def _name(row_id: UUID | None, table: DecisionTable) -> str:
    row = table.row(row_id) if row_id else None
    words = " ".join(row.text(Field.DECISION).split()) if row else ""
    if not words:
        return "a decision without text"
    return f"“{words if len(words) <= _NAME else words[: _NAME - 1] + '…'}”"
