"""Answers belong to the notice that they answer, wherever they were written; each is its author's to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.vistas.store.test_store import NOW, notice, snapshot, vista
from vistas.errors import NoticeError, StoreError, VistaNotFound
from vistas.store import Search, Store
from vistas.vista import Eyes, Vista, new_id
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Notice

LATER = NOW + timedelta(minutes=5)


def answer(to: Notice, text: str = "", author: str = "Ines", kind: AnswerKind = AnswerKind.STILL_SO) -> Answer:
    return Answer(id=new_id(), notice=to.id, author=author, kind=kind, text=text, written_at=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store
    store.close()


@pytest.fixture
def thursday(store: Store) -> Vista:
    """A morning of Maya's with one notice."""
    made = vista(title="A slow leak", saved_at=NOW, snapshots=(snapshot(),), notices=(notice(),))
    store.put(made)
    return store.vista(made.id)


@pytest.fixture
def friday(store: Store, thursday: Vista) -> UUID:
    """A walk of Ines's through Maya's eyes."""
    made = vista(author="Ines", begun_at=LATER, eyes=Eyes.upon(thursday, "Maya"))
    store.begin(made)
    return made.id


def test_an_answer_stands_under_its_notice(store: Store, thursday: Vista) -> None:
    (noticed,) = thursday.notices
    given = [
        store.answers.write(thursday.id, answer(noticed)),
        store.answers.write(thursday.id, answer(noticed, "why?", "Jonas", AnswerKind.WONDERING)),
    ]
    assert store.vista(thursday.id).answers_to(noticed.id) == tuple(given)
    assert [each.answered_from for each in given] == [None, None]


def test_an_answer_to_nothing_is_refused(store: Store, thursday: Vista) -> None:
    with pytest.raises(NoticeError, match="no longer here"):
        store.answers.write(thursday.id, answer(notice()))
    with pytest.raises(VistaNotFound):
        store.answers.write(new_id(), answer(thursday.notices[0]))


def test_a_removed_notice_takes_its_answers_along_and_brings_them_back(store: Store, thursday: Vista) -> None:
    (noticed,) = thursday.notices
    given = store.answers.write(thursday.id, answer(noticed))
    store.remove_notice(thursday.id, noticed.id, by="Maya", at=LATER)
    assert store.vista(thursday.id).answers == ()
    with pytest.raises(NoticeError, match="no longer here"):
        store.answers.write(thursday.id, answer(noticed))
    store.restore_notice(thursday.id, noticed.id, by="Maya", at=LATER)
    assert store.vista(thursday.id).answers == (given,)


def test_an_answer_is_revised_and_taken_back_by_its_author_alone(store: Store, thursday: Vista) -> None:
    given = store.answers.write(thursday.id, answer(thursday.notices[0]))
    changes = {"text": "since the rollout", "kind": AnswerKind.DIFFERENT, "at": LATER}
    with pytest.raises(NoticeError, match="this answer is Ines's"):
        store.answers.revise(thursday.id, given.id, by="Maya", **changes)  # type: ignore[arg-type]
    with pytest.raises(NoticeError, match="this answer is Ines's"):
        store.answers.remove(thursday.id, given.id, by="Maya", at=LATER)
    revised = store.answers.revise(thursday.id, given.id, by="Ines", **changes)  # type: ignore[arg-type]
    assert (revised.revision, revised.revised_at, revised.written_at) == (2, LATER, NOW)
    assert store.vista(thursday.id).answers == (revised,)
    store.answers.remove(thursday.id, given.id, by="Ines", at=LATER)
    assert store.vista(thursday.id).answers == ()
    back = store.answers.restore(thursday.id, given.id, by="Ines", at=LATER)
    assert store.vista(thursday.id).answers == (back,)
    assert back.text == "since the rollout"


def test_an_answer_without_words_says_at_least_how_it_stands(store: Store, thursday: Vista) -> None:
    (noticed,) = thursday.notices
    with pytest.raises(ValueError, match="needs"):
        answer(noticed, " ", kind=AnswerKind.WONDERING)
    given = store.answers.write(thursday.id, answer(noticed, "why?", kind=AnswerKind.WONDERING))
    with pytest.raises(ValueError, match="needs"):
        store.answers.revise(thursday.id, given.id, by="Ines", text="", kind=AnswerKind.WONDERING, at=LATER)


def test_an_answer_through_somebodys_eyes_is_seen_at_the_original(
    store: Store, thursday: Vista, friday: UUID
) -> None:
    given = store.answers.write(friday, answer(thursday.notices[0]))
    assert given.answered_from == friday
    assert store.vista(thursday.id).answers == (given,)
    seen = store.vista(friday)
    assert seen.answers == ()
    assert seen.eyes is not None
    assert seen.eyes.earlier.answers == (given,)


def test_an_answer_at_the_original_is_seen_through_the_eyes(store: Store, thursday: Vista, friday: UUID) -> None:
    given = store.answers.write(thursday.id, answer(thursday.notices[0]))
    seen = store.vista(friday).eyes
    assert seen is not None
    assert seen.earlier.answers == (given,)
    store.answers.remove(friday, given.id, by="Ines", at=LATER)
    assert store.vista(thursday.id).answers == ()


def test_what_was_answered_on_a_walk_is_told_with_what_it_answers(
    store: Store, thursday: Vista, friday: UUID
) -> None:
    """For whoever sums the walk up; what was answered elsewhere is no part of it."""
    second = store.write_notice(thursday.id, notice("not there yet when Ines set out"))
    store.answers.write(thursday.id, answer(second))
    store.answers.write(thursday.id, answer(thursday.notices[0], author="Jonas"))
    given = store.answers.write(friday, answer(thursday.notices[0]))
    assert store.answers.given_in(friday) == (thursday.notices, (given,))
    assert store.answers.given_in(thursday.id) == ((), ())


def test_every_page_that_shows_the_notice_hears_of_an_answer(store: Store, thursday: Vista, friday: UUID) -> None:
    elsewhere = vista()
    store.begin(elsewhere)
    shown = (thursday.id, friday)

    def revisions() -> list[int]:
        return [store.revision(each) for each in shown]

    for open_one in shown:
        before, other = revisions(), store.revision(elsewhere.id)
        given = store.answers.write(open_one, answer(thursday.notices[0]))
        written = revisions()
        store.answers.remove(open_one, given.id, by="Ines", at=LATER)
        assert all(one < two < three for one, two, three in zip(before, written, revisions(), strict=True))
        assert store.revision(elsewhere.id) == other


def test_the_same_answer_twice_is_there_once(store: Store, thursday: Vista) -> None:
    given = answer(thursday.notices[0])
    store.answers.write(thursday.id, given)
    store.answers.write(thursday.id, given)
    assert store.vista(thursday.id).answers == (given,)


def test_the_library_finds_what_is_unanswered(store: Store, thursday: Vista, friday: UUID) -> None:
    """By what stands now: notices and answers that were taken back do not count."""

    def unanswered() -> dict[UUID, int]:
        found = store.library(Search(unanswered=True, saved_only=False)).vistas
        return {each.id: each.unanswered for each in found}

    (noticed,) = thursday.notices
    assert unanswered() == {thursday.id: 1}
    given = store.answers.write(friday, answer(noticed))
    assert unanswered() == {}
    store.answers.remove(friday, given.id, by="Ines", at=LATER)
    assert unanswered() == {thursday.id: 1}
    second = store.write_notice(thursday.id, notice("and then"))
    assert unanswered() == {thursday.id: 2}
    store.answers.restore(friday, given.id, by="Ines", at=LATER)
    store.remove_notice(thursday.id, second.id, by="Maya", at=LATER)
    assert unanswered() == {}


def test_a_copy_of_a_vista_keeps_its_own_answers(store: Store, thursday: Vista) -> None:
    """The same notice in a vista of another id is another notice."""
    twin = replace(thursday, id=new_id())
    store.put(twin)
    store.answers.write(twin.id, answer(twin.notices[0]))
    assert store.vista(thursday.id).answers == ()


def test_half_a_character_in_an_answer_is_a_clear_error(store: Store, thursday: Vista) -> None:
    with pytest.raises(StoreError, match="half a character"):
        store.answers.write(thursday.id, answer(thursday.notices[0]).model_copy(update={"text": "a \ud800"}))
