"""What a browser sends in a question round is checked; nobody else's answers are given to the composer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from dashboards.components.outbox import NOT_UNDERSTOOD, keep
from dashboards.practice.rounds import answers, groups
from vistas.errors import PracticeError
from vistas.practice import Stamp
from vistas.practice.rounds import Round
from vistas.practice.rounds.entries import Answered, Grouped, GroupNamed, NamesChosen, WritingBegan

ONE, OTHER = UUID(int=1), UUID(int=2)
A, B = str(ONE), str(OTHER)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def written(*, anonymous: bool) -> Round:
    state = Round()
    entries = [
        (NamesChosen(anonymous=anonymous), "Ada"),
        (WritingBegan(), "Ada"),
        (Answered(id=ONE, text="sleep"), "Ada"),
        (Answered(id=OTHER, text="habit"), "Bea"),
    ]
    for number, (entry, by) in enumerate(entries, start=1):
        state = entry.apply(state, Stamp(number, NOW, by))
    return state


def test_one_is_given_one_s_own_answers_and_no_other() -> None:
    assert [each.text for each in answers.mine(written(anonymous=False), "Ada")] == ["sleep"]


@pytest.mark.parametrize("me", ["Ada", "Bea", ""])
def test_where_nobody_is_recognised_the_server_knows_of_no_own_answers(me: str) -> None:
    """Not even for whom has no name, as all answers have none."""
    assert answers.mine(written(anonymous=True), me) == ()


def test_answers_are_handed_over() -> None:
    kept: list[tuple[Answered, ...]] = []
    sent = [{"type": "answered", "id": A, "text": " sleep "}, {"type": "answered", "id": B, "text": ""}]
    assert keep(sent, answers.ENTRIES, kept.append) is None
    assert kept == [(Answered(id=ONE, text="sleep"), Answered(id=OTHER, text=""))]


def test_a_page_from_before_an_update_may_still_send_what_it_has() -> None:
    """It calls `type` by its earlier name."""
    kept: list[object] = []
    assert keep([{"does": "answered", "id": A, "text": "sleep"}], answers.ENTRIES, kept.append) is None
    assert keep([{"does": "grouped", "answer": A, "group": B}], groups.ENTRIES, kept.append) is None
    assert kept == [(Answered(id=ONE, text="sleep"),), (Grouped(answer=ONE, group=OTHER),)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "answered", "id": A, "text": "x" * 5000},
        {"type": "answered", "id": "1", "text": "x"},
        {"type": "answered", "id": A, "text": "x", "by": "Ada"},
        {"type": "answers-revealed"},
        "words",
        None,
    ],
)
def test_a_composer_can_send_nothing_but_answers(wrong: Any) -> None:
    kept: list[tuple[Answered, ...]] = []
    assert keep([wrong], answers.ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert keep(wrong, answers.ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert not kept


def test_a_new_group_and_its_first_card_are_handed_over_at_once() -> None:
    kept: list[tuple[groups.GroupEntry, ...]] = []
    sent = [
        {"type": "group-named", "group": B, "name": "People"},
        {"type": "grouped", "answer": A, "group": B},
    ]
    assert keep(sent, groups.ENTRIES, kept.append) is None
    assert kept == [(GroupNamed(group=OTHER, name="People"), Grouped(answer=ONE, group=OTHER))]


@pytest.mark.parametrize("wrong", [{"type": "answered", "id": A, "text": "x"}, {"type": "grouped", "answer": A}])
def test_cards_can_be_moved_and_not_written(wrong: Any) -> None:
    kept: list[tuple[groups.GroupEntry, ...]] = []
    assert keep([wrong], groups.ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert not kept


def test_what_a_round_refuses_is_said() -> None:
    def early(_: tuple[Answered, ...]) -> None:
        raise PracticeError("the writing has not started yet")

    sent = [{"type": "answered", "id": A, "text": "x"}]
    assert keep(sent, answers.ENTRIES, early) == "the writing has not started yet"
