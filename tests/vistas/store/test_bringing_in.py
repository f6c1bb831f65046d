"""A file adds to the store and speaks for nobody in it: what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from tests.vistas.store.test_store import NOW, notice, snapshot, vista
from vistas.errors import BundleError, NoticeError, StoreError
from vistas.sharing import read_bundle, write_bundle, write_markdown, write_page
from vistas.store import Search, Store
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import Notice, NoticeKind


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def kept(store: Store) -> Vista:
    """A morning of Maya's, with what she and Ines noticed in it."""
    walk = Walk(new_id(), "Maya", (Step("s1", NOW, NOW),))
    begun = vista(title="A slow leak", saved_at=NOW, snapshots=(snapshot(),), walks=(walk,))
    store.put(begun)
    store.write_notice(begun.id, notice())
    store.write_notice(begun.id, notice("and then", "Ines"))
    return store.vista(begun.id)


def file(made: Vista) -> Vista:
    """The vista as whoever gets the file reads it."""
    buffer = BytesIO()
    write_bundle(made, buffer)
    return read_bundle(buffer)


def changed(made: Vista, **changes: object) -> Vista:
    """The file of somebody who rewrote the first notice, with a revision that counts as newer."""
    first, *others = made.notices
    return replace(made, notices=(first.model_copy(update={"revision": 7, "revised_at": NOW, **changes}), *others))


def standing(store: Store, vista_id: UUID) -> set[tuple[UUID, str, str, NoticeKind, bool]]:
    return {(each.id, each.author, each.text, each.kind, each.from_file) for each in store.notices(vista_id)}


@pytest.mark.parametrize(
    "changes", [{"text": "all is well"}, {"kind": NoticeKind.NORMAL}, {"author": "Ines"}, {"stop": "elsewhere"}]
)
def test_a_file_does_not_rewrite_a_notice(store: Store, kept: Vista, changes: dict[str, object]) -> None:
    before = standing(store, kept.id)
    brought = store.bring_in(file(changed(kept, **changes)))
    assert standing(store, kept.id) == before
    assert (brought.new, brought.notices, brought.differing) == (False, 0, 1)
    assert "1 notice left out" in brought.left_out


def test_whoever_wrote_a_notice_can_still_change_it_after_a_file(store: Store, kept: Vista) -> None:
    """However high a revision the file gives it."""
    store.bring_in(file(changed(kept, revision=100_000)))
    mine = kept.notices[0]
    revised = store.revise_notice(
        kept.id, mine.id, by=mine.author, text="found it", kind=NoticeKind.NOTICED, at=NOW
    )
    assert (revised.revision, revised.text) == (mine.revision + 1, "found it")


@pytest.mark.parametrize("revision", [2**63, 2**31, 0, -1])
def test_a_revision_that_nobody_comes_to_is_refused(kept: Vista, revision: int) -> None:
    with pytest.raises(BundleError, match="revision"):
        file(changed(kept, revision=revision))


def test_a_removed_notice_stays_removed(store: Store, kept: Vista) -> None:
    gone = kept.notices[0]
    store.remove_notice(kept.id, gone.id, by=gone.author, at=NOW)
    brought = store.bring_in(file(changed(kept)))
    assert gone.id not in {each.id for each in store.notices(kept.id)}
    assert brought.differing == 1


def test_a_notice_from_a_file_is_marked_and_stays_as_it_came(store: Store, kept: Vista) -> None:
    """Also for somebody of the same name: that she wrote it is what the file says."""
    said = notice("I broke it")
    brought = store.bring_in(file(replace(kept, notices=(*kept.notices, said))))
    assert (brought.notices, brought.differing) == (1, 0)
    assert {each.text for each in store.notices(kept.id) if each.from_file} == {"I broke it"}
    with pytest.raises(NoticeError, match="came with a file"):
        store.revise_notice(kept.id, said.id, by="Maya", text="x", kind=NoticeKind.NOTICED, at=NOW)
    with pytest.raises(NoticeError, match="came with a file"):
        store.remove_notice(kept.id, said.id, by="Maya", at=NOW)


def test_all_notices_of_a_vista_that_is_new_here_are_the_files(store: Store) -> None:
    made = file(vista(saved_at=NOW, notices=(notice(), notice("and then", "Ines"))))
    brought = store.bring_in(made)
    assert (brought.new, brought.notices) == (True, 2)
    assert brought.summary == "New here, with 2 notices and 0 walks."
    assert all(each.from_file for each in store.notices(made.id))


def test_the_mark_is_in_every_export_but_no_claim_of_a_file(store: Store) -> None:
    """A file cannot say of its own notices that they are from none."""
    made = file(vista(saved_at=NOW, notices=(notice(),)))
    store.bring_in(made)
    back = store.vista(made.id)
    assert "Maya (from a file)" in write_page(back)
    assert "Maya (from a file)" in write_markdown(back)
    buffer = BytesIO()
    write_bundle(back, buffer)
    assert b"from_file" not in buffer.getvalue()


def test_a_file_changes_nothing_else_of_a_vista(store: Store, kept: Vista) -> None:
    walk = kept.walks[0]
    longer = replace(walk, walker="Nobody", steps=walk.steps * 3)
    other = replace(kept, title="Mine", author="Nobody", saved_at=None, walks=(longer,), ridges=((1.0,),))
    store.bring_in(file(other))
    now = store.vista(kept.id)
    same = ("title", "author", "saved_at", "origin", "walks", "ridges", "window", "detours")
    assert [getattr(now, name) for name in same] == [getattr(kept, name) for name in same]


def test_the_same_file_again_adds_nothing(store: Store, kept: Vista) -> None:
    given = file(replace(kept, notices=(*kept.notices, notice("a third", "Jonas"))))
    store.bring_in(given)
    before = standing(store, kept.id)
    again = store.bring_in(given)
    assert standing(store, kept.id) == before
    assert (again.walks, again.notices, again.differing, again.left_out) == (0, 0, 0, "")


def test_a_file_does_not_bring_back_what_was_thrown_away(store: Store) -> None:
    begun = vista(notices=(notice(),))
    store.put(begun)
    given = file(begun)
    store.discard(begun.id, "Maya")
    with pytest.raises(StoreError, match="discarded here by Maya"):
        store.bring_in(given)
    assert store.library(Search(saved_only=False)).vistas == ()


def test_a_notice_knows_where_it_came_from_only_here() -> None:
    told = Notice.model_validate_json(notice().model_copy(update={"from_file": True}).model_dump_json())
    assert not told.from_file
