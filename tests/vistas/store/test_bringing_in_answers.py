"""A file's answers and earlier vistas add to what is here, and speak for nobody in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.strategies import without_frames
from tests.vistas.store.test_answers import LATER, answer
from tests.vistas.store.test_bringing_in import file
from tests.vistas.store.test_store import NOW, notice, snapshot, vista
from vistas.errors import NoticeError
from vistas.sharing import read_bundle, write_bundle, write_markdown, write_page
from vistas.store import Search, Store
from vistas.vista import Eyes, Vista
from vistas.vista.answer import Answer, AnswerKind


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def thursday(store: Store) -> Vista:
    """A notice of Maya's with an answer of Ines's."""
    made = vista(title="A slow leak", saved_at=NOW, snapshots=(snapshot(),), notices=(notice(),))
    store.put(made)
    store.answers.write(made.id, answer(made.notices[0]))
    return store.vista(made.id)


def friday(earlier: Vista) -> Vista:
    return vista(author="Ines", begun_at=LATER, eyes=Eyes.upon(earlier, "Maya"))


def with_answers(made: Vista, *given: Answer) -> Vista:
    return replace(made, answers=(*made.answers, *given))


def test_an_answer_that_comes_with_a_file_is_marked_and_stays_as_it_came(store: Store, thursday: Vista) -> None:
    """Also for somebody of the same name."""
    said = answer(thursday.notices[0], "it was me", "Jonas", AnswerKind.NOTICED)
    brought = store.bring_in(file(with_answers(thursday, said)))
    assert (brought.answers, brought.differing_answers) == (1, 0)
    assert brought.summary == "Already here; 0 notices, 1 answer and 0 walks added."
    assert [each.signed for each in store.vista(thursday.id).answers] == ["Ines", "Jonas (from a file)"]
    with pytest.raises(NoticeError, match="this answer came with a file"):
        store.answers.remove(thursday.id, said.id, by="Jonas", at=LATER)


@pytest.mark.parametrize(
    "changes",
    [{"text": "all is well"}, {"kind": AnswerKind.NO_LONGER}, {"author": "Jonas"}, {"revision": 100_000}],
)
def test_an_answer_under_a_colleagues_id_changes_nothing(
    store: Store, thursday: Vista, changes: dict[str, object]
) -> None:
    """And she can still change it, however high a revision the file gives it."""
    (mine,) = thursday.answers
    claimed = mine.model_copy(update={"revised_at": LATER, "revision": 2, **changes})
    brought = store.bring_in(file(replace(thursday, answers=(claimed,))))
    assert store.vista(thursday.id).answers == (mine,)
    assert brought.answers == 0
    assert brought.differing_answers == (0 if "revision" in changes else 1)
    revised = store.answers.revise(
        thursday.id, mine.id, by="Ines", text="found it", kind=AnswerKind.NOTICED, at=LATER
    )
    assert (revised.revision, revised.text) == (2, "found it")


def test_what_was_left_out_is_told(store: Store, thursday: Vista) -> None:
    (mine,) = thursday.answers
    store.answers.remove(thursday.id, mine.id, by="Ines", at=LATER)
    brought = store.bring_in(file(thursday))
    assert brought.left_out == "1 answer left out: what is here differs, and stays."
    assert store.vista(thursday.id).answers == ()


def test_answers_through_somebodys_eyes_come_to_the_original(store: Store, thursday: Vista) -> None:
    """Marked, and whoever has it open hears of it."""
    said = answer(thursday.notices[0], "since the rollout", "Jonas", AnswerKind.DIFFERENT)
    given = file(friday(with_answers(thursday, said)))
    before = store.revision(thursday.id)
    brought = store.bring_in(given)
    assert (brought.new, brought.answers, brought.differing_answers) == (True, 1, 0)
    assert [each.signed for each in store.vista(thursday.id).answers] == ["Ines", "Jonas (from a file)"]
    assert store.revision(thursday.id) > before
    again = store.bring_in(given)
    assert (again.new, again.answers, again.differing_answers, again.left_out) == (False, 0, 0, "")


def test_an_earlier_vista_in_a_file_changes_nothing_of_the_one_that_is_here(store: Store, thursday: Vista) -> None:
    """Neither its notices nor its name, whatever the file makes of them; its own copy says what it says."""
    first, more = thursday.notices[0], notice("I broke it")
    forged = replace(
        thursday, title="Mine", notices=(first.model_copy(update={"text": "all is well", "revision": 7}), more)
    )
    brought = store.bring_in(file(friday(forged)))
    assert without_frames(store.vista(thursday.id)) == without_frames(thursday)
    seen = store.vista(brought.vista).eyes
    assert seen is not None
    assert {each.text for each in seen.earlier.notices} == {"all is well", "I broke it"}
    assert all(each.from_file for each in seen.earlier.notices)


def test_a_file_gives_nobody_eyes_to_a_vista_that_is_here(store: Store, thursday: Vista) -> None:
    plain = vista()
    store.put(plain)
    said = answer(thursday.notices[0], "x", "Jonas", AnswerKind.NOTICED)
    store.bring_in(file(replace(plain, eyes=Eyes.upon(with_answers(thursday, said), "Maya"))))
    assert store.vista(plain.id).eyes is None
    assert without_frames(store.vista(thursday.id)) == without_frames(thursday)


def test_the_original_that_comes_later_has_what_was_answered_already(store: Store) -> None:
    """A walk through her eyes was here before her own morning."""
    hers = vista(saved_at=NOW, snapshots=(snapshot(),), notices=(notice(),))
    brought = store.bring_in(file(friday(hers)))
    mine = store.answers.write(brought.vista, answer(hers.notices[0]))
    store.bring_in(file(hers))
    assert store.vista(hers.id).answers == (mine,)


def test_answers_travel_both_ways_and_are_in_every_export(store: Store, thursday: Vista, tmp_path: Path) -> None:
    """There, answered there, and back: nothing of it lost, and what came with a file is said to."""
    elsewhere = Store.open(f"sqlite:///{tmp_path}/w.db", tmp_path / "others")
    elsewhere.bring_in(file(friday(thursday)))
    (walked,) = [each.id for each in elsewhere.library(Search(saved_only=False)).vistas]
    elsewhere.answers.write(walked, answer(thursday.notices[0], "gone since", "Jonas", AnswerKind.NO_LONGER))
    buffer = BytesIO()
    write_bundle(elsewhere.vista(walked), buffer)
    elsewhere.close()
    assert b"from_file" not in buffer.getvalue()
    store.bring_in(read_bundle(buffer))
    for written in (write_page, write_markdown):
        for shown in (store.vista(thursday.id), store.vista(walked)):
            told = written(shown)
            assert told.index("still so") < told.index("gone since")
            assert "Jonas (from a file)" in told
