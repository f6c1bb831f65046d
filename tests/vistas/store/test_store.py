"""The store keeps what it was given, whoever writes at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from vistas.errors import NoticeError, StoreError, VistaNotFound
from vistas.routine import Look, Routine
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.store import Search, Store
from vistas.store.migrations import NEWEST
from vistas.vista import Detour, Vista, new_id
from vistas.vista.notice import Notice, NoticeKind, Stretch, TableRow, WholeStop

NOW = datetime(2026, 11, 23, 8, 4, tzinfo=UTC)
WINDOW = Window.ending(NOW, timedelta(hours=12))
LOOK = Look(look="pods", title="Pods", source="cluster", take="pods")
ROUTINE = Routine.model_validate(
    {
        "routine": "landscape",
        "title": "First light",
        "about": "a",
        "stops": [
            {
                "stop": "s1",
                "title": "S",
                "question": "?",
                "why": "w",
                "normal": "n",
                "plainly": "p",
                "looks": [LOOK],
            }
        ],
    }
)
DATA = pl.DataFrame({"name": ["parser-1", "ünï\x00\x1b"], "restarts": [3, None]})


def snapshot(look: str = "pods", data: pl.DataFrame = DATA) -> Snapshot:
    provenance = Provenance(
        "cluster",
        "kubernetes",
        "pods",
        WINDOW,
        NOW,
        timedelta(milliseconds=12),
        WINDOW,
        ("careful",),
        {"token": 2},
    )
    return Snapshot(
        "s1", look, Frame(FrameKind.OBJECTS, data, key=("name",), step=timedelta(seconds=30)), provenance
    )


def vista(**changes: object) -> Vista:
    return replace(Vista(new_id(), ROUTINE, WINDOW, "Maya", NOW), **changes)  # type: ignore[arg-type]


def notice(text: str = "restarted three times", author: str = "Maya", **changes: object) -> Notice:
    found = Notice(
        id=new_id(),
        stop="s1",
        author=author,
        kind=NoticeKind.SURPRISED,
        text=text,
        anchor=TableRow(look="pods", source="cluster", key={"name": "parser-1"}),
        written_at=NOW,
    )
    return found.model_copy(update=changes)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store
    store.close()


@pytest.fixture
def walked(store: Store) -> UUID:
    begun = vista()
    store.begin(begun)
    return begun.id


def test_a_whole_morning_comes_back_as_it_was(store: Store, walked: UUID) -> None:
    walk = new_id()
    store.keep(walked, snapshot())
    store.keep(walked, replace(snapshot("gone"), content=Gap(GapReason.REFUSED, "403", "ask for a role")))
    store.keep_ridges(walked, ((0.0, 1.0), (0.5,)))
    store.arrive(walked, walk, "Maya", "s1", NOW)
    store.arrive(walked, walk, "Maya", "s2", NOW + timedelta(minutes=2))
    store.leave(walked, walk, NOW + timedelta(minutes=3))
    written = store.write_notice(walked, notice())
    store.save(walked, "A slow leak", NOW, by="Maya")
    found = store.vista(walked)
    assert (found.title, found.saved_at, found.author, found.window) == ("A slow leak", NOW, "Maya", WINDOW)
    assert found.routine == ROUTINE
    assert found.notices == (written,)
    assert found.ridges == ((0.0, 1.0), (0.5,))
    assert [(step.stop, step.left_at) for step in found.walks[0].steps] == [
        ("s1", NOW + timedelta(minutes=2)),
        ("s2", NOW + timedelta(minutes=3)),
    ]
    kept = next(each for each in found.snapshots if each.look == "pods")
    assert kept.provenance == snapshot().provenance
    assert kept.frame is not None
    assert (kept.frame.key, kept.frame.step, kept.frame.rows) == (("name",), timedelta(seconds=30), 2)
    assert_frame_equal(kept.frame.data, DATA)
    gap = next(each for each in found.snapshots if each.look == "gone").gap
    assert gap == Gap(GapReason.REFUSED, "403", "ask for a role")


def test_equal_frames_are_kept_once(store: Store, walked: UUID, tmp_path: Path) -> None:
    store.keep(walked, snapshot("one"))
    store.keep(walked, snapshot("two"))
    assert len(list((tmp_path / "blobs").rglob("*.parquet"))) == 1


def test_evidence_of_a_saved_vista_does_not_change(store: Store, walked: UUID) -> None:
    store.save(walked, "done", NOW, by="Maya")
    with pytest.raises(StoreError, match="saved"):
        store.keep(walked, snapshot())
    with pytest.raises(StoreError, match="saved"):
        store.take_detour(walked, Detour("s1", LOOK, "Maya", NOW), snapshot())
    with pytest.raises(StoreError, match="saved"):
        store.discard(walked, "Maya")


def test_a_detour_joins_its_stop(store: Store, walked: UUID) -> None:
    detour = Detour("s1", LOOK.model_copy(update={"look": "detour-1"}), "Maya", NOW)
    store.take_detour(walked, detour, snapshot("detour-1"))
    found = store.vista(walked)
    assert found.detours == (detour,)
    assert [look.look for look in found.looks_at("s1")] == ["pods", "detour-1"]


def test_a_change_is_a_revision_and_a_removal_can_be_undone(store: Store, walked: UUID) -> None:
    first = store.write_notice(walked, notice())
    changed = store.revise_notice(
        walked, first.id, by="Maya", text="four times", kind=NoticeKind.NOTICED, at=NOW + timedelta(minutes=1)
    )
    assert store.notices(walked) == (changed,)
    assert (changed.revision, changed.written_at) == (2, NOW)
    store.remove_notice(walked, first.id, by="Maya", at=NOW)
    assert store.notices(walked) == ()
    back = store.restore_notice(walked, first.id, by="Maya", at=NOW)
    assert (back.text, store.notices(walked)) == ("four times", (back,))


def test_only_its_author_changes_a_notice(store: Store, walked: UUID) -> None:
    written = store.write_notice(walked, notice())
    with pytest.raises(NoticeError, match="Maya's"):
        store.revise_notice(walked, written.id, by="Ines", text="x", kind=NoticeKind.NOTICED, at=NOW)
    with pytest.raises(NoticeError, match="Maya's"):
        store.remove_notice(walked, written.id, by="Ines", at=NOW)


def test_the_same_notice_twice_is_there_once(store: Store, walked: UUID) -> None:
    written = notice()
    store.write_notice(walked, written)
    store.write_notice(walked, written)
    assert store.notices(walked) == (written,)


def test_the_counter_moves_with_every_change(store: Store, walked: UUID) -> None:
    seen = [store.revision(walked)]
    store.keep(walked, snapshot())
    seen.append(store.revision(walked))
    store.write_notice(walked, notice())
    seen.append(store.revision(walked))
    assert seen == sorted(set(seen))


def test_a_vista_that_is_not_here(store: Store) -> None:
    for ask in (store.vista, store.revision):
        with pytest.raises(VistaNotFound):
            ask(new_id())
    with pytest.raises(StoreError):
        store.write_notice(new_id(), notice())


def test_thrown_away_and_back(store: Store, walked: UUID) -> None:
    with pytest.raises(StoreError, match="whoever started"):
        store.discard(walked, "Ines")
    store.discard(walked, "Maya")
    assert store.library(Search(saved_only=False)).vistas == ()
    with pytest.raises(StoreError, match="whoever started"):
        store.restore(walked, by="Ines")
    assert store.begun(walked) == ("Maya", NOW)
    store.restore(walked, by="Maya")
    assert len(store.library(Search(saved_only=False)).vistas) == 1


def test_half_a_character_is_a_clear_error(store: Store, walked: UUID) -> None:
    with pytest.raises(StoreError, match="half a character"):
        store.save(walked, "a \ud800", NOW, by="Maya")


def test_the_library_finds_by_word_person_routine_and_day(store: Store) -> None:
    leak = vista(title="A slow leak", saved_at=NOW, notices=(notice("100% of the_pods", "Ines"),))
    quiet = vista(title="Quiet", author="Jonas", begun_at=NOW - timedelta(days=2), saved_at=NOW)
    for each in (leak, quiet, vista()):
        store.put(each)

    def found(**search: object) -> list[str]:
        return [each.name for each in store.library(Search(**search)).vistas]  # type: ignore[arg-type]

    assert found() == ["A slow leak", "Quiet"]
    assert found(text="LEAK") == ["A slow leak"]
    assert found(text="100%") == ["A slow leak"]
    assert found(text="the%pods") == []
    assert found(person="ines") == ["A slow leak"]
    assert found(person="jonas") == ["Quiet"]
    assert found(since=NOW - timedelta(days=1)) == ["A slow leak"]
    assert found(until=NOW - timedelta(days=1)) == ["Quiet"]
    assert found(routine="nowhere") == []
    (first,) = store.library(Search(text="leak")).vistas
    assert (first.notices, first.people) == ({NoticeKind.SURPRISED: 1}, ("Maya", "Ines"))


def test_pages_go_on_where_the_last_ended(store: Store) -> None:
    for day in range(7):
        store.put(vista(title=str(day), begun_at=NOW - timedelta(days=day // 2), saved_at=NOW))
    seen: list[str] = []
    search = Search(limit=3)
    while True:
        page = store.library(search)
        seen += [each.name for each in page.vistas]
        if page.after is None:
            break
        search = replace(search, after=page.after)
    assert sorted(seen) == [str(day) for day in range(7)]


def test_put_twice_adds_only_what_is_new(store: Store) -> None:
    whole = vista(saved_at=NOW, notices=(notice(),), snapshots=(snapshot(),))
    store.put(whole)
    more = notice("and then", "Ines")
    store.put(replace(whole, notices=(*whole.notices, more)))
    assert {each.id for each in store.vista(whole.id).notices} == {whole.notices[0].id, more.id}


def test_a_copy_of_a_vista_keeps_its_own_notices(store: Store) -> None:
    """The same notices in a vista of another id: one's change does not touch the other's."""
    first = vista(saved_at=NOW, notices=(notice(),))
    copy = replace(first, id=new_id())
    store.put(first)
    store.put(copy)
    same = first.notices[0].id
    store.revise_notice(copy.id, same, by="Maya", text="changed", kind=NoticeKind.NOTICED, at=NOW)
    assert [each.text for each in store.notices(first.id)] == ["restarted three times"]
    assert [each.text for each in store.notices(copy.id)] == ["changed"]


def test_a_removed_notice_does_not_come_back_with_an_import(store: Store) -> None:
    whole = vista(saved_at=NOW, notices=(notice(),))
    store.put(whole)
    store.remove_notice(whole.id, whole.notices[0].id, by="Maya", at=NOW)
    store.put(whole)
    assert store.notices(whole.id) == ()


def test_fifty_people_writing_at_once_lose_nothing(store: Store, walked: UUID) -> None:
    failures: list[Exception] = []

    def write(who: int) -> None:
        try:
            for line in range(4):
                store.write_notice(walked, notice(f"{who}/{line}", f"person {who}"))
        except Exception as failure:  # noqa: BLE001 - told by the assertion below
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {each.text for each in store.notices(walked)} == {
        f"{who}/{line}" for who in range(50) for line in range(4)
    }


def test_a_stretch_keeps_its_labels(store: Store, walked: UUID) -> None:
    stretch = Stretch(
        look="l", source="s", series=({"host": "a\nb", "": "ü"},), start=WINDOW.start, end=WINDOW.end
    )
    for anchor in (stretch, WholeStop()):
        store.write_notice(walked, notice(anchor=anchor))
    assert {type(each.anchor) for each in store.notices(walked)} == {Stretch, WholeStop}
    assert stretch in [each.anchor for each in store.notices(walked)]


def test_a_store_of_the_future_is_refused(tmp_path: Path) -> None:
    import sqlite3

    Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path).close()
    with sqlite3.connect(tmp_path / "v.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path)


def test_opening_again_needs_no_migration(tmp_path: Path, store: Store) -> None:
    again = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    assert again.check() == f"0 vistas, tables at {NEWEST}"


def test_a_damaged_blob_says_so(store: Store, walked: UUID, tmp_path: Path) -> None:
    store.keep(walked, snapshot())
    (file,) = (tmp_path / "blobs").rglob("*.parquet")
    file.write_bytes(b"PAR1")
    frame = store.vista(walked).snapshots[0].frame
    assert frame is not None
    with pytest.raises(StoreError, match="damaged"):
        _ = frame.data
