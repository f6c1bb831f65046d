"""What was noticed at a stop before: as it reads now, the newest first, and cheaply however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.vistas.store.test_store import NOW, ROUTINE, notice, snapshot, vista
from vistas.store import Place, Store, engine
from vistas.store.earlier import read_earlier
from vistas.vista import Vista
from vistas.vista.notice import Notice, NoticeKind, Stretch, WholeStop

HERE = Place("landscape", "s1", "pods")
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store
    store.close()


def morning(days_ago: int, *notices: Notice, **changes: object) -> Vista:
    begun = NOW - days_ago * DAY
    return vista(begun_at=begun, saved_at=begun, notices=notices, **changes)


def said(store: Store, place: Place = HERE, *, before: datetime = NOW, limit: int = 20) -> list[str]:
    return [each.notice.text for each in store.earlier_notices(place, before=before, limit=limit)]


def test_the_newest_morning_comes_first_with_its_vista(store: Store) -> None:
    store.put(morning(9, notice("long ago"), title="Long ago"))
    recent = morning(1, notice("first", written_at=NOW - DAY), notice("second", written_at=NOW - DAY / 2))
    store.put(recent)
    store.put(morning(0, notice("of today")))
    assert said(store) == ["second", "first", "long ago"]
    found = store.earlier_notices(HERE, before=NOW)
    assert [each.name for each in found] == ["First light", "First light", "Long ago"]
    assert (found[0].vista, found[0].begun_at) == (recent.id, recent.begun_at)
    assert said(store, limit=2) == ["second", "first"]


def test_only_what_hangs_on_the_look_or_all_of_the_stop(store: Store) -> None:
    """A label that is called as anchors call their look says nothing."""
    elsewhere = Stretch(look="load", source="p", series=({"look": "pods"},), start=NOW, end=NOW)
    store.put(
        morning(
            2,
            notice("here"),
            notice("on another", anchor=elsewhere),
            notice("on the whole", anchor=WholeStop()),
            notice("at another stop", stop="s2"),
        )
    )
    other = ROUTINE.model_copy(update={"routine": "other"})
    store.put(morning(2, notice("of another routine"), routine=other))
    assert said(store) == ["here"]
    assert sorted(said(store, Place("landscape", "s1"))) == ["here", "on another", "on the whole"]
    assert said(store, Place("landscape", "s1", "po_s")) == []


def test_what_is_not_saved_or_was_thrown_away_is_not_there(store: Store) -> None:
    walked = replace(morning(1, notice("still walking")), saved_at=None)
    store.put(walked)
    assert said(store) == []
    store.discard(walked.id, "Maya")
    assert said(store) == []


def test_a_notice_is_there_as_it_reads_now(store: Store) -> None:
    written = notice("as it was")
    whole = morning(1, written)
    store.put(whole)
    store.revise_notice(whole.id, written.id, by="Maya", text="as it is", kind=NoticeKind.NORMAL, at=NOW)
    (found,) = store.earlier_notices(HERE, before=NOW)
    assert (found.notice.text, found.notice.kind, found.notice.revision) == ("as it is", NoticeKind.NORMAL, 2)
    store.remove_notice(whole.id, written.id, by="Maya", at=NOW)
    assert said(store) == []


def test_it_is_one_query_read_off_indexes(store: Store, tmp_path: Path) -> None:
    """No frame is read, and mornings beyond the limit are neither sorted nor looked at."""
    store.put(morning(1, notice(), snapshots=(snapshot(),)))
    opened = engine.open_engine(f"sqlite:///{tmp_path}/v.db")
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        asked.append((statement, parameters))

    with opened.connect() as connection:
        event.listen(opened, "before_cursor_execute", remember)
        assert read_earlier(connection, HERE, NOW, 20)
        event.remove(opened, "before_cursor_execute", remember)
        ((statement, parameters),) = [each for each in asked if "SELECT" in each[0]]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    opened.dispose()
    steps = " | ".join(str(step[-1]) for step in plan)
    assert "SEARCH vistas USING INDEX vistas_by_" in steps
    assert "SCAN" not in steps
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps
