"""A question round keeps what was written: in silence until the reveal, without names where that was promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.errors import PracticeError
from vistas.practice import Notebook, Stamp
from vistas.practice.rounds import Phase, Round
from vistas.practice.rounds_entries import (
    Answered,
    AnswersRevealed,
    Asked,
    Grouped,
    GroupNamed,
    LessonNoted,
    NamesChosen,
    RoundEntry,
    WritingBegan,
    answer,
    notebook,
)
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
        state = entry.upon(state, Stamp(number, NOW, by))
    return state


def test_in_an_anonymous_round_the_store_holds_neither_who_nor_when(
    rounds: Notebook[Round, RoundEntry], store: Store
) -> None:
    asked = rounds.begin("Why?", Asked(question="Why?"), NamesChosen(anonymous=True), by="Ada", at=NOW)
    rounds.write(asked, WritingBegan(), by="Ada", at=NOW)
    answer(rounds, asked, uuid4(), "for the sleep of others", by="Bea", at=LATER)
    (kept,) = store.journals.entries(asked, after=3)
    assert (kept.by, kept.at) == (None, NOW)
    assert store.journals.head(asked).changed_at == NOW, "nor does the list of rounds tell when"
    (told,) = rounds.read(asked).ordered
    assert (told.by, told.text) == ("", "for the sleep of others")


def test_with_names_an_answer_is_its_authors(rounds: Notebook[Round, RoundEntry]) -> None:
    asked = rounds.begin("Why?", Asked(question="Why?"), WritingBegan(), by="Ada", at=NOW)
    answer(rounds, asked, ONE, "because", by="Bea", at=NOW)
    answer(rounds, asked, ONE, "not yours", by="Cem", at=NOW)
    answer(rounds, asked, ONE, "because of users", by="Bea", at=LATER)
    (told,) = rounds.read(asked).ordered
    assert (told.text, told.by, told.at) == ("because of users", "Bea", NOW)


def test_nothing_is_written_before_it_is_settled_whether_names_are_kept(
    rounds: Notebook[Round, RoundEntry],
) -> None:
    """Else a name would stand in the store of a round that is made anonymous a moment later."""
    asked = rounds.begin("Why?", Asked(question="Why?"), by="Ada", at=NOW)
    with pytest.raises(PracticeError, match="not begun"):
        answer(rounds, asked, ONE, "early", by="Bea", at=NOW)
    assert [type(each.what) for each in rounds.history(asked)] == [Asked]


def test_names_and_question_are_settled_once_the_writing_has_begun() -> None:
    state = after(Asked(question="Why?"), WritingBegan(), NamesChosen(anonymous=True), Asked(question="How?"))
    assert (state.question, state.anonymous, state.phase) == ("Why?", False, Phase.WRITING)


def test_anonymous_answers_stand_in_an_order_that_tells_nothing() -> None:
    state = after(
        NamesChosen(anonymous=True), WritingBegan(), Answered(id=OTHER, text="b"), Answered(id=ONE, text="a")
    )
    assert [each.id for each in state.ordered] == [ONE, OTHER]


def test_answers_are_put_into_groups_and_out_again() -> None:
    told = (Asked(question="Why?"), WritingBegan(), Answered(id=ONE, text="a"), Answered(id=OTHER, text="b"))
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
    dissolved = GroupNamed(group=SOME_GROUP, name="").upon(grouped, Stamp(9, NOW, "Bea"))
    assert [[each.text for each in group.answers] for group in dissolved.groups] == [["a", "b"]]


def test_an_answer_is_taken_back_with_empty_words() -> None:
    state = after(WritingBegan(), Answered(id=ONE, text="a"), Answered(id=ONE, text=" "))
    assert state.ordered == ()


def test_what_is_still_kept_back_is_not_found() -> None:
    written = (Asked(question="Why?"), WritingBegan(), Answered(id=ONE, text="sleep"))
    assert "sleep" not in after(*written).words
    assert "sleep" in after(*written, AnswersRevealed()).words


def test_a_lesson_is_said_better_by_who_noted_it() -> None:
    state = after(LessonNoted(id=ONE, text="sleep matters"))
    other = LessonNoted(id=ONE, text="mine").upon(state, Stamp(2, NOW, "Bea"))
    same = LessonNoted(id=ONE, text="sleep matters most").upon(state, Stamp(2, NOW, "Ada"))
    assert ([each.text for each in other.lessons], [each.text for each in same.lessons]) == (
        ["sleep matters"],
        ["sleep matters most"],
    )


IDS = st.sampled_from([ONE, OTHER, SOME_GROUP])
ENTRIES = st.one_of(
    st.builds(Asked, question=st.just("?")),
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
        state = entry.upon(state, Stamp(number, NOW, by))
    grouped = [each.id for group in state.groups for each in group.answers]
    assert sorted(grouped) == sorted(state.answers)
    assert not (state.anonymous and any(each.by for each in state.answers.values()))
