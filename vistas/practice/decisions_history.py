"""Who changed what in a decision table, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vistas.practice.decisions import TITLES, Field, Table
from vistas.practice.decisions_entries import (
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
from vistas.practice.notebook import Written

_NAME = 40


@dataclass(frozen=True, slots=True)
class Change:
    """`says` follows the name: `wrote strategies of “Roll back?”`. `text` is what was written, if anything was."""

    number: int
    by: str
    at: datetime
    says: str
    text: str = ""


def changes(history: tuple[Written[DecisionEntry], ...], table: Table) -> tuple[Change, ...]:
    """The newest first. Rows are called by their decision as it is in `table`."""
    return tuple(
        Change(each.stamp.number, each.stamp.by or "", each.stamp.at, *_say(each.what, table))
        for each in reversed(history)
    )


def _say(entry: DecisionEntry, table: Table) -> tuple[str, str]:
    match entry:
        case Titled():
            return "named the table", entry.title
        case Wrote():
            return _wrote(entry, table), entry.text
        case Linked():
            return f"linked evidence to {_name(entry.row, table)}", entry.evidence.says
        case Unlinked():
            return f"took evidence off {_name(entry.row, table)}", ""
        case Rechecked():
            return "took the linked looks again", ""
        case RowAdded() | RowMoved() | RowRemoved() | RowRestored():
            return f"{entry.does.removeprefix('row-')} {_name(entry.row, table)}", ""


def _wrote(entry: Wrote, table: Table) -> str:
    if entry.field is Field.DECISION and entry.text:
        return "wrote a decision"
    of = f" of {_name(entry.row, table)}" if entry.row else ""
    return f"{'wrote' if entry.text else 'emptied'} {TITLES[entry.field].lower()}{of}"


def _name(row_id: UUID | None, table: Table) -> str:
    row = table.row(row_id) if row_id else None
    words = " ".join(row.says(Field.DECISION).split()) if row else ""
    if not words:
        return "a decision without words yet"
    return f"“{words if len(words) <= _NAME else words[: _NAME - 1] + '…'}”"
