"""Any vista that is put into the store comes out as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

from tests.strategies import vistas, without_frames
from vistas.snapshot import Snapshot
from vistas.store import Store
from vistas.vista import Vista, new_id


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
    yield store
    store.close()


def afresh(made: Vista) -> Vista:
    """With ids that this store has not seen: Hypothesis likes to give the same ones again."""
    return replace(
        made,
        id=new_id(),
        walks=tuple(replace(walk, id=new_id()) for walk in made.walks),
        notices=tuple(notice.model_copy(update={"id": new_id()}) for notice in made.notices),
    )


def place(snapshot: Snapshot) -> tuple[str, str, str]:
    return (snapshot.stop, snapshot.look, snapshot.source)


@given(made=vistas().map(afresh))
def test_any_vista_comes_back_as_it_was_put(store: Store, made: Vista) -> None:
    """Snapshots and notices have an order of their own here; all else is as it was, to the microsecond."""
    back = store.vista(store.put(made))
    was, came = without_frames(made), without_frames(back)
    assert (came.routine, came.window, came.author, came.begun_at) == (
        was.routine,
        was.window,
        was.author,
        was.begun_at,
    )
    assert (came.title, came.saved_at, came.origin, came.ridges) == (
        was.title,
        was.saved_at,
        was.origin,
        was.ridges,
    )
    assert (came.walks, came.detours) == (was.walks, was.detours)
    assert {each.id: each for each in came.notices} == {each.id: each for each in was.notices}
    assert sorted(came.snapshots, key=place) == sorted(was.snapshots, key=place)
    for before, after in zip(sorted(made.snapshots, key=place), sorted(back.snapshots, key=place), strict=True):
        if before.frame is not None and after.frame is not None:
            assert_frame_equal(before.frame.data, after.frame.data)


@given(made=vistas().map(afresh))
def test_putting_a_vista_twice_changes_nothing(store: Store, made: Vista) -> None:
    once = store.vista(store.put(made))
    assert without_frames(store.vista(store.put(made))) == without_frames(once)


def test_the_strategies_reach_all_kinds_of_frames() -> None:
    """Else the properties above would hold for want of anything to hold for."""
    kinds: set[str] = set()

    @given(made=vistas())
    def collect(made: Vista) -> None:
        kinds.update(each.frame.kind.value if each.frame else "gap" for each in made.snapshots)

    collect()
    assert kinds == {"series", "objects", "requests", "lines", "gap"}
