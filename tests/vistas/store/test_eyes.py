"""A vista that is seen through somebody's eyes has what it needs of the earlier one, whatever becomes of that."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine, event

from tests.strategies import without_frames
from tests.vistas.store.test_answers import answer
from tests.vistas.store.test_store import DATA, LOOK, NOW, notice, snapshot, vista
from vistas.errors import VistaNotFound
from vistas.snapshot import GapReason
from vistas.store import Place, Search, Store
from vistas.vista import Detour, Eyes, Step, Vista, Walk, new_id
from vistas.vista.notice import NoticeKind

LATER = NOW + timedelta(days=1)
ASIDE = LOOK.model_copy(update={"look": "detour-1", "title": "Nodes"})


def thursday() -> Vista:
    """Everything that a vista can hold."""
    noticed = notice()
    return vista(
        title="A slow leak",
        saved_at=NOW,
        snapshots=(snapshot("detour-1", DATA.head(1)), snapshot()),
        walks=(Walk(new_id(), "Maya", (Step("s1", NOW, NOW + timedelta(minutes=1)),)),),
        detours=(Detour("s1", ASIDE, "Maya", NOW),),
        notices=(noticed,),
        answers=(answer(noticed),),
        ridges=((0.5,),),
    )


def friday(earlier: Vista) -> Vista:
    return vista(author="Ines", begun_at=LATER, eyes=Eyes.upon(earlier, "Maya"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store
    store.close()


def earlier_of(store: Store, made: Vista) -> Vista:
    through = store.vista(made.id).eyes
    assert through is not None
    return through.earlier


def test_the_earlier_vista_is_kept_whole_where_it_never_was(store: Store) -> None:
    was = thursday()
    made = friday(was)
    store.begin(made)
    through = store.vista(made.id).eyes
    assert through == Eyes.upon(was, "Maya")
    assert through is not None
    assert without_frames(through.earlier) == without_frames(was)
    for before, after in zip(was.snapshots, through.earlier.snapshots, strict=True):
        assert before.frame is not None
        assert after.frame is not None
        assert_frame_equal(before.frame.data, after.frame.data)
    with pytest.raises(VistaNotFound):
        store.vista(was.id)


def test_it_is_seen_as_it_was_whatever_became_of_it_since(store: Store) -> None:
    """Revised, thrown away: the copy stays what was seen. Only answers go on."""
    was = replace(thursday(), saved_at=None)
    store.put(was)
    made = friday(store.vista(was.id))
    store.begin(made)
    store.revise_notice(was.id, was.notices[0].id, by="Maya", text="five", kind=NoticeKind.NORMAL, at=LATER)
    store.discard(was.id, "Maya")
    assert without_frames(earlier_of(store, made)) == without_frames(was)


def test_the_copy_is_no_vista_of_the_library(store: Store, tmp_path: Path) -> None:
    was = thursday()
    store.put(was)
    made = friday(store.vista(was.id))
    store.begin(made)
    store.save(made.id, "The leak again", LATER, by="Ines")
    found = store.library(Search(saved_only=False)).vistas
    assert {each.id: each.seen_through for each in found} == {was.id: "", made.id: "Maya"}
    assert store.check().startswith("2 vistas")
    assert len(store.library(Search(text="leak")).vistas) == 2
    assert len(list((tmp_path / "blobs").rglob("*.parquet"))) == 2


def test_an_earlier_vista_with_eyes_of_its_own_is_followed_without_them(store: Store) -> None:
    first = friday(thursday())
    store.begin(first)
    second = friday(store.vista(first.id))
    store.begin(second)
    assert earlier_of(store, second).id == first.id
    assert earlier_of(store, second).eyes is None


def test_a_page_does_not_read_the_earlier_vista_unless_it_is_asked_for(store: Store) -> None:
    made = friday(thursday())
    store.begin(made)
    asked: list[Any] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", remember)
    try:
        seen = store.vista(made.id)
        assert seen.eyes is not None
        alone = [statement for statement, _ in asked]
        asked.clear()
        _ = seen.eyes.earlier
        assert asked
    finally:
        event.remove(Engine, "before_cursor_execute", remember)
    assert sum("snapshots" in statement for statement in alone) == 1


def test_damage_to_a_frame_of_the_earlier_vista_is_told_at_whose_it_is_and_heals(
    store: Store, tmp_path: Path
) -> None:
    made = friday(thursday())
    store.put(made)
    shutil.rmtree(tmp_path / "blobs")
    damaged = store.examine().damaged
    assert {(each.vista, each.look) for each in damaged} == {(made.id, "pods"), (made.id, "detour-1")}
    store.put(made)
    assert store.examine().damaged == ()


def test_what_is_damaged_already_is_a_gap_in_the_copy(store: Store, tmp_path: Path) -> None:
    """A walk begins all the same."""
    was = thursday()
    store.put(was)
    shutil.rmtree(tmp_path / "blobs")
    made = friday(store.vista(was.id))
    store.begin(made)
    gaps = [each.gap for each in earlier_of(store, made).snapshots]
    assert [each.reason for each in gaps if each] == [GapReason.DAMAGED, GapReason.DAMAGED]


def test_what_was_noticed_earlier_is_told_once_though_another_vista_follows_it(store: Store) -> None:
    earlier = thursday()
    store.put(earlier)
    store.put(replace(friday(earlier), saved_at=LATER))
    found = store.earlier_notices(Place("landscape", "s1"), before=LATER + timedelta(days=1))
    assert [each.vista for each in found] == [earlier.id]
