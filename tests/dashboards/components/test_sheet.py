"""What a browser writes into a decision table is checked before anybody keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.components.outbox import NOT_UNDERSTOOD, keep
from dashboards.practice.decisions.sheet import ENTRIES
from vistas.errors import StoreError
from vistas.practice.decisions import Field
from vistas.practice.decisions.entries import RowAdded, SheetEntry, Wrote

ID = "01a20557-3d7d-7cba-9189-fc78c98ee233"
ROW = "01a20557-3d7d-7cba-9189-fc78c98ee234"


def wrote(**changes: Any) -> dict[str, Any]:
    return {
        "type": "wrote",
        "id": ID,
        "row": ROW,
        "field": "cues",
        "text": " the queue ",
        "knew": [ROW],
        **changes,
    }


def test_what_was_written_at_once_is_handed_over_at_once() -> None:
    kept: list[tuple[SheetEntry, ...]] = []
    assert keep([{"type": "row-added", "row": ROW}, wrote()], ENTRIES, kept.append) is None
    ((added, written),) = kept
    assert isinstance(added, RowAdded)
    assert isinstance(written, Wrote)
    assert (written.field, written.text, [str(each) for each in written.knew]) == (Field.CUES, "the queue", [ROW])


@pytest.mark.parametrize(
    "wrong",
    [
        wrote(text="x" * 5000),
        wrote(field="incident"),
        wrote(field="moon"),
        wrote(row=None),
        wrote(id="1"),
        wrote(more="than asked for"),
        {"type": "rechecked", "vista": ID, "stops": {}},
        {"type": "linked", "id": ID, "row": ROW, "evidence": {}},
        "words",
        None,
    ],
)
def test_what_no_sheet_sends_is_not_kept(wrong: object) -> None:
    kept: list[tuple[SheetEntry, ...]] = []
    assert keep([wrote(), wrong], ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert keep(wrong, ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert not kept


def test_what_the_store_says_is_shown_at_the_cell() -> None:
    def full(_: tuple[SheetEntry, ...]) -> None:
        raise StoreError("The disk is full.")

    assert keep([wrote()], ENTRIES, full) == "The disk is full."
