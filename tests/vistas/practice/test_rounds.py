"""A question round keeps what was written: in silence until the reveal, without names where that was promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from vistas.errors import PracticeError
from vistas.practice import Notebook, Notebooks, Stamp
from vistas.practice.rounds import Phase, Round
from vistas.practice.rounds.entries import (
    Answered,
    AnswersRevealed,
    Grouped,
    GroupNamed,
    LessonNoted,
    NamesChosen,
    QuestionAsked,
    RoundEntry,
    WritingBegan,
    answer,
    notebook,
)
from vistas.practice.session.words import Learned
from vistas.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=7)
ONE, OTHER, SOME_GROUP = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
def rounds(store: Store) -> Notebook[Round, RoundEntry]:
    return notebook(store.journals)


def after(*entries: RoundEntry, by: str = "Ada") -> Round:
    state = Round()
    for number, entry in enumerate(entries, start=1):
        state = entry.apply(state, Stamp(number, NOW, by))
    return state


def test_in_an_anonymous_round_the_store_holds_neither_who_nor_when(
    rounds: Notebook[Round, RoundEntry], store: Store
) -> None:
    asked = rounds.begin("Why?", QuestionAsked(question="Why?"), NamesChosen(anonymous=True), by="Ada", at=NOW)
    rounds.write(asked, WritingBegan(), by="Ada", at=NOW)
    answer(rounds, asked, uuid4(), "for the sleep of others", by="Bea", at=LATER)
    assert store.journals.entries(asked, after=3) == ()
    assert store.journals.head(asked).changed_at == NOW, "nor does the list of rounds tell when"
    (told,) = rounds.read(asked).ordered
    assert (told.by, told.text, told.at) == ("", "for the sleep of others", NOW)


def everything(store: Store) -> list[object]:
    """All that any query on the database gives: every row of every table, with its number where it has one."""
    with store._reading() as connection:
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        found: list[object] = []
        for name, made in sorted(tables):
            columns = "*" if "WITHOUT ROWID" in made else "rowid, *"
            rows = connection.execute(text(f"SELECT {columns} FROM {name}")).all()  # noqa: S608 - its own names
            found.append((name, rows))
        return found


def two_named_and_three_without(folder: Path, order: str) -> list[object]:
    """A session's lines by Ada (A) and Bea (B) and answers 1 to 3, in this order, at a minute's distance."""
    store = Store.open(f"sqlite:///{folder / order}.db", folder / "blobs")
    notebooks = Notebooks(store.journals)
    rounds, sessions = notebooks.rounds, notebooks.sessions
    room = sessions.begin("Monday", by="Ada", at=NOW, journal=UUID(int=100))
    first = (QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan())
    asked = rounds.begin("Why?", *first, by="Ada", at=NOW, journal=UUID(int=101))
    people = {"A": "Ada", "B": "Bea"}
    for minute, what in enumerate(order):
        at = NOW + timedelta(minutes=minute)
        if what in people:
            sessions.write(room, Learned(id=UUID(int=ord(what)), text="a line"), by=people[what], at=NOW)
        else:
            answer(rounds, asked, UUID(int=int(what)), f"answer {what}", by="Ada", at=at)
    rounds.write(asked, AnswersRevealed(), GroupNamed(group=SOME_GROUP, name="All"), by="Ada", at=LATER)
    found = everything(store)
    store.close()
    return found


def test_no_query_on_the_database_tells_when_an_answer_was_written(tmp_path: Path) -> None:
    """Whatever comes before, between and after what has names: what is kept is the same."""
    orders = ("A1B23", "321AB", "AB123", "2A13B", "1A2B3")
    first, *others = (two_named_and_three_without(tmp_path, order) for order in orders)
    assert "answer 2" in str(first)
    assert all(other == first for other in others)


def test_an_anonymous_answer_is_changed_by_its_secret_until_the_reveal_and_then_stands(
    rounds: Notebook[Round, RoundEntry],
) -> None:
    """What everybody is shown of it changes nothing, neither before nor afterwards; one may still add to them."""
    first = (QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan())
    asked = rounds.begin("Why?", *first, by="Ada", at=NOW)
    answer(rounds, asked, ONE, "sleep", by="Bea", at=NOW)
    (told,) = rounds.read(asked).ordered
    assert told.id != ONE
    answer(rounds, asked, told.id, "mine", by="Cem", at=NOW)
    answer(rounds, asked, ONE, "the sleep of others", by="", at=NOW)
    assert {each.text for each in rounds.read(asked).ordered} == {"mine", "the sleep of others"}
    rounds.write(asked, AnswersRevealed(), by="Ada", at=NOW)
    for words in ("rewritten", ""):
        with pytest.raises(PracticeError, match="can no longer be changed"):
            answer(rounds, asked, ONE, words, by="Bea", at=LATER)
    answer(rounds, asked, ONE, "the sleep of others", by="Bea", at=LATER)
    answer(rounds, asked, OTHER, "and habit", by="Bea", at=LATER)
    with pytest.raises(PracticeError, match="can no longer be changed"):
        answer(rounds, asked, OTHER, "and habits", by="Bea", at=LATER)
    assert {each.text for each in rounds.read(asked).ordered} == {"mine", "the sleep of others", "and habit"}


def test_what_was_answered_without_names_is_found_once_it_is_revealed(rounds: Notebook[Round, RoundEntry]) -> None:
    first = (QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan())
    asked = rounds.begin("Why?", *first, by="Ada", at=NOW)
    answer(rounds, asked, ONE, "so that others “sleep”", by="Bea", at=NOW)
    assert rounds.find("sleep") == ()
    rounds.write(asked, AnswersRevealed(), by="Ada", at=NOW)
    assert [head.id for head in rounds.find("others “SLEEP”")] == [asked]


def test_pages_hear_of_an_answer_without_a_name(rounds: Notebook[Round, RoundEntry], store: Store) -> None:
    """By the change counter, which is no entry's number."""
    first = (QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan())
    asked = rounds.begin("Why?", *first, by="Ada", at=NOW)
    before = store.journals.revisions([asked])[asked]
    answer(rounds, asked, ONE, "sleep", by="Bea", at=NOW)
    assert store.journals.revisions([asked])[asked] == before + 1
    assert store.journals.head(asked).revision == 3


def test_with_names_an_answer_is_its_authors(rounds: Notebook[Round, RoundEntry]) -> None:
    asked = rounds.begin("Why?", QuestionAsked(question="Why?"), WritingBegan(), by="Ada", at=NOW)
    answer(rounds, asked, ONE, "because", by="Bea", at=NOW)
    answer(rounds, asked, ONE, "not yours", by="Cem", at=NOW)
    answer(rounds, asked, ONE, "because of users", by="Bea", at=LATER)
    (told,) = rounds.read(asked).ordered
    assert (told.text, told.by, told.at) == ("because of users", "Bea", NOW)


def test_nothing_is_written_before_it_is_settled_whether_names_are_kept(
    rounds: Notebook[Round, RoundEntry],
) -> None:
    """Else a name would stand in the store of a round that is made anonymous a moment later."""
    asked = rounds.begin("Why?", QuestionAsked(question="Why?"), by="Ada", at=NOW)
    with pytest.raises(PracticeError, match="not started"):
        answer(rounds, asked, ONE, "early", by="Bea", at=NOW)
    assert [type(each.what) for each in rounds.history(asked)] == [QuestionAsked]


def test_names_and_question_are_settled_once_the_writing_has_begun() -> None:
    state = after(
        QuestionAsked(question="Why?"), WritingBegan(), NamesChosen(anonymous=True), QuestionAsked(question="How?")
    )
    assert (state.question, state.anonymous, state.phase) == ("Why?", False, Phase.WRITING)


def test_anonymous_answers_stand_in_an_order_that_tells_nothing() -> None:
    state = after(
        NamesChosen(anonymous=True), WritingBegan(), Answered(id=OTHER, text="b"), Answered(id=ONE, text="a")
    )
    assert [each.id for each in state.ordered] == [ONE, OTHER]


def test_answers_are_put_into_groups_and_out_again() -> None:
    told = (
        QuestionAsked(question="Why?"),
        WritingBegan(),
        Answered(id=ONE, text="a"),
        Answered(id=OTHER, text="b"),
    )
    grouped = after(
        *told,
        AnswersRevealed(),
        GroupNamed(group=SOME_GROUP, name="People"),
        Grouped(answer=ONE, group=SOME_GROUP),
    )
    assert [(group.name, [each.text for each in group.answers]) for group in grouped.groups] == [
        ("People", ["a"]),
        ("", ["b"]),
    ]
    dissolved = GroupNamed(group=SOME_GROUP, name="").apply(grouped, Stamp(9, NOW, "Bea"))
    assert [[each.text for each in group.answers] for group in dissolved.groups] == [["a", "b"]]


def test_an_answer_is_taken_back_with_empty_words() -> None:
    state = after(WritingBegan(), Answered(id=ONE, text="a"), Answered(id=ONE, text=" "))
    assert state.ordered == ()


def test_what_is_still_kept_back_is_not_found() -> None:
    written = (QuestionAsked(question="Why?"), WritingBegan(), Answered(id=ONE, text="sleep"))
    assert "sleep" not in after(*written).words
    assert "sleep" in after(*written, AnswersRevealed()).words


def test_a_lesson_is_said_better_by_who_noted_it() -> None:
    state = after(LessonNoted(id=ONE, text="sleep matters"))
    other = LessonNoted(id=ONE, text="mine").apply(state, Stamp(2, NOW, "Bea"))
    same = LessonNoted(id=ONE, text="sleep matters most").apply(state, Stamp(2, NOW, "Ada"))
    assert ([each.text for each in other.lessons], [each.text for each in same.lessons]) == (
        ["sleep matters"],
        ["sleep matters most"],
    )


IDS = st.sampled_from([ONE, OTHER, SOME_GROUP])
ENTRIES = st.one_of(
    st.builds(QuestionAsked, question=st.just("?")),
    st.builds(NamesChosen, anonymous=st.booleans()),
    st.builds(WritingBegan),
    st.builds(Answered, id=IDS, text=st.sampled_from(["", "a", "b"])),
    st.builds(AnswersRevealed),
    st.builds(GroupNamed, group=IDS, name=st.sampled_from(["", "x"])),
    st.builds(Grouped, answer=IDS, group=st.none() | IDS),
    st.builds(LessonNoted, id=IDS, text=st.sampled_from(["", "a"])),
)


@given(st.lists(st.tuples(ENTRIES, st.sampled_from([None, "Ada", "Bea"])), max_size=30))
def test_every_answer_is_in_exactly_one_group_whatever_is_written(
    written: list[tuple[RoundEntry, str | None]],
) -> None:
    state = Round()
    for number, (entry, by) in enumerate(written, start=1):
        state = entry.apply(state, Stamp(number, NOW, by))
    grouped = [each.id for group in state.groups for each in group.answers]
    assert sorted(grouped) == sorted(state.answers)
    assert not (state.anonymous and any(each.by for each in state.answers.values()))
