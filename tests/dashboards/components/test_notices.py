"""What a browser sends is checked before anybody keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from dashboards.components.marks import Marked, OnMark
from dashboards.components.notices import NoticesOn
from dashboards.components.outbox import keep as take_in
from vistas.errors import NoticeError
from vistas.vista.notice import LogPattern, NoticeKind, Stretch, TableRow

ID = "01a20557-3d7d-7cba-9189-fc78c98ee233"
STRETCH = {"at": "stretch", "start": 1_795_392_000_000, "end": 1_795_392_060_000, "series": [{"pod": "a"}]}


def keep(sent: Any, look: str, source: str, on_mark: OnMark) -> str | None:
    """What a component of this look does with one thing its browser sent."""
    return take_in([sent], NoticesOn(look, source), lambda written: [on_mark(each) for each in written])


def sent(**more: Any) -> dict[str, Any]:
    return {"id": ID, "kind": "wondering", "text": " why? ", "anchor": STRETCH, **more}


def test_a_stretch_gets_its_look_and_source_from_the_server():
    """The browser says when and which series; whose look it is, the page knows."""
    kept: list[Marked] = []
    assert keep(sent(anchor={**STRETCH, "look": "forged"}), "rate", "prometheus", kept.append) is None
    start = datetime(2026, 11, 23, tzinfo=UTC)
    anchor = Stretch(
        look="rate", source="prometheus", series=({"pod": "a"},), start=start, end=start.replace(minute=1)
    )
    assert kept == [Marked(UUID(ID), NoticeKind.WONDERING, "why?", anchor)]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ({"at": "row", "key": {"name": "a"}}, TableRow(look="rate", source="prometheus", key={"name": "a"})),
        ({"at": "pattern", "pattern": "<ip>"}, LogPattern(look="rate", source="prometheus", pattern="<ip>")),
    ],
)
def test_rows_and_patterns_are_kept_by_what_they_are(anchor, expected):
    kept: list[Marked] = []
    assert keep(sent(anchor=anchor), "rate", "prometheus", kept.append) is None
    assert kept[0].anchor == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "   "},
        {"text": "x" * 5000},
        {"kind": "shouting"},
        {"id": "1"},
        {"anchor": None},
        {"anchor": {"at": "moon"}},
        {"anchor": {**STRETCH, "start": 1e300}},
        {"anchor": {**STRETCH, "series": "all"}},
    ],
)
def test_what_makes_no_sense_is_not_kept_and_the_words_stay_with_the_writer(wrong):
    def never(marked: Marked) -> None:
        pytest.fail(f"kept {marked}")

    assert "could not be understood" in (keep(sent(**wrong), "rate", "prometheus", never) or "")


def test_why_the_store_refused_is_said():
    def refuse(_: Marked) -> None:
        raise NoticeError("The disk is full.")

    assert keep(sent(), "rate", "prometheus", refuse) == "The disk is full."


def test_a_bug_is_not_hidden():
    def broken(_: Marked) -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        keep(sent(), "rate", "prometheus", broken)
