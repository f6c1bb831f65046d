"""With which versions of a routine mornings were walked: counted quickly, however many there are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.vistas.store.test_store import NOW, snapshot, vista
from vistas.store import Place, Store
from vistas.store.rows import micros, vista_row
from vistas.store.tables import steps, vistas
from vistas.vista import Step, Vista, Walk, new_id

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store
    store.close()


def morning(days_ago: int, version: int = 1, walker: str = "Maya", **changes: object) -> Vista:
    begun = NOW - days_ago * DAY
    walked = Walk(new_id(), walker, (Step("s1", begun, begun + timedelta(minutes=1)),))
    found = vista(begun_at=begun, walks=(walked,), **changes)
    return replace(found, routine=found.routine.model_copy(update={"version": version}))


def test_mornings_are_counted_by_version(store: Store) -> None:
    for each in (morning(9), morning(2), morning(0, version=2)):
        store.put(each)
    thrown_away, gathered = morning(1), vista(begun_at=NOW)
    store.put(thrown_away)
    store.discard(thrown_away.id, by=thrown_away.author)
    store.put(gathered)
    digest = gathered.routine.digest
    assert [(each.version, each.digest, each.mornings) for each in store.walked("landscape")] == [
        (2, digest, 1),
        (1, digest, 2),
    ]
    assert (store.walked("landscape")[1].first, store.walked("landscape")[1].last) == (
        NOW - 9 * DAY,
        NOW - 2 * DAY,
    )
    assert store.walked("ground") == ()


def test_who_walked_it_lately(store: Store) -> None:
    for each in (morning(90, walker="Jonas"), morning(2, walker="Ana"), morning(1), morning(0)):
        store.put(each)
    assert store.walkers("landscape", since=NOW - 30 * DAY) == ("Ana", "Maya")


def test_a_look_was_seen_last_when_it_had_rows(store: Store) -> None:
    seen = replace(morning(3), snapshots=(snapshot(),))
    store.put(seen)
    store.put(morning(1))
    there = Place("landscape", seen.snapshots[0].stop, seen.snapshots[0].look)
    assert store.seen_last(there) == NOW - 3 * DAY
    assert store.seen_last(Place("landscape", "s1", "never")) is None


@pytest.mark.slow("it writes ten thousand vistas")
def test_ten_thousand_mornings_are_counted_quickly(store: Store) -> None:
    walked = [morning(number % 900, version=1 + number % 7) for number in range(10_000)]
    with store._transactions.writing() as connection:
        connection.execute(insert(vistas), [vista_row(each.id, each) for each in walked])
        rows = [
            {
                "vista_id": each.id,
                "walk_id": each.id,
                "walker": f"P{place % 9}",
                "stop": "s1",
                "arrived_at": micros(NOW),
            }
            for each in walked
            for place in range(9)
        ]
        connection.execute(insert(steps), rows)
    begun = time.perf_counter()
    counted = store.walked("landscape")
    took = time.perf_counter() - begun
    assert sum(each.mornings for each in counted) == len(walked)
    begun = time.perf_counter()
    assert len(store.walkers("landscape", since=NOW - 30 * DAY)) == 9
    people = time.perf_counter() - begun
    assert max(took, people) < 0.5
