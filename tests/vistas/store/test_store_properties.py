"""Any vista that is put into the store comes out as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from tests.examples import ORDINARY
from tests.strategies import in_order, vistas, without_frames
from vistas.snapshot import Snapshot
from vistas.store import Store
from vistas.vista import Eyes, Vista, new_id


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
    yield store
    store.close()


def afresh(made: Vista) -> Vista:
    """With ids that this store has not seen: Hypothesis likes to give the same ones again."""
    ids = {notice.id: new_id() for notice in made.notices}
    answers = (each.model_copy(update={"id": new_id(), "notice": ids[each.notice]}) for each in made.answers)
    return replace(
        made,
        id=new_id(),
        walks=tuple(replace(walk, id=new_id()) for walk in made.walks),
        notices=tuple(notice.model_copy(update={"id": ids[notice.id]}) for notice in made.notices),
        answers=tuple(sorted(answers, key=in_order)),
        eyes=made.eyes and Eyes.upon(afresh(made.eyes.earlier), made.eyes.walker),
    )


def place(snapshot: Snapshot) -> tuple[str, str, str]:
    return (snapshot.stop, snapshot.look, snapshot.source)


@given(made=vistas().map(afresh))
def test_any_vista_comes_back_as_it_was_put(store: Store, made: Vista) -> None:
    """Snapshots and notices have an order of their own here; all else is as it was, to the microsecond."""
    back = store.vista(store.put(made))
    came_whole(made, back)
    assert back.eyes == made.eyes
    if made.eyes is not None and back.eyes is not None:
        came_whole(made.eyes.earlier, back.eyes.earlier)


def came_whole(made: Vista, back: Vista) -> None:
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
    assert (came.id, came.walks, came.detours, came.answers) == (was.id, was.walks, was.detours, was.answers)
    assert {each.id: each for each in came.notices} == {each.id: each for each in was.notices}
    assert sorted(came.snapshots, key=place) == sorted(was.snapshots, key=place)
    for before, after in zip(sorted(made.snapshots, key=place), sorted(back.snapshots, key=place), strict=True):
        if before.frame is not None and after.frame is not None:
            assert_frame_equal(before.frame.data, after.frame.data)


@given(made=vistas().map(afresh))
def test_putting_a_vista_twice_changes_nothing(store: Store, made: Vista) -> None:
    once = store.vista(store.put(made))
    assert without_frames(store.vista(store.put(made))) == without_frames(once)


@pytest.mark.slow("as many examples as in an ordinary run")
def test_the_strategies_reach_all_kinds_of_frames() -> None:
    """Else the properties above would hold for want of anything to hold for."""
    kinds: set[str] = set()
    through: set[bool] = set()

    @settings(max_examples=ORDINARY)
    @given(made=vistas())
    def collect(made: Vista) -> None:
        kinds.update(each.frame.kind.value if each.frame else "gap" for each in made.snapshots)
        kinds.update("answer" for _ in made.answers)
        through.add(made.eyes is not None)

    collect()
    assert kinds == {"series", "objects", "requests", "lines", "gap", "answer"}
    assert through == {True, False}
