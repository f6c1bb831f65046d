"""A round taken elsewhere tells what was revealed, and shows words as the text they are."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from vistas.practice import Stamp
from vistas.practice.rounds import Round
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
)
from vistas.practice.rounds.export import write_markdown
from vistas.practice.rounds.questions import SHELVES
from vistas.practice.session import OneLine

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ONE, OTHER, PEOPLE, LESSON = (UUID(int=number) for number in range(1, 5))
WRITTEN = (WritingBegan(), Answered(id=ONE, text="so that others *sleep*"), Answered(id=OTHER, text="habit"))


def after(*entries: RoundEntry) -> Round:
    state = QuestionAsked(question="Why #1?").apply(Round(), Stamp(1, NOW, "Ada"))
    for number, entry in enumerate(entries, start=2):
        state = entry.apply(state, Stamp(number, NOW, "Ada"))
    return state


def test_before_the_reveal_no_answer_is_told() -> None:
    page = write_markdown(after(*WRITTEN))
    assert "not been revealed" in page
    assert "habit" not in page


def test_answers_stand_by_their_groups_and_lessons_below() -> None:
    page = write_markdown(
        after(
            *WRITTEN,
            AnswersRevealed(),
            GroupNamed(group=PEOPLE, name="People"),
            Grouped(answer=ONE, group=PEOPLE),
            LessonNoted(id=LESSON, text="ask more often"),
        )
    )
    assert page.splitlines() == [
        "# Why \\#1?",
        "",
        "## People",
        "",
        "- so that others \\*sleep\\* (Ada)",
        "",
        "## Ungrouped",
        "",
        "- habit (Ada)",
        "",
        "## What we learned",
        "",
        "- ask more often (Ada)",
    ]


def test_without_names_it_says_so_and_has_none() -> None:
    page = write_markdown(after(NamesChosen(anonymous=True), *WRITTEN, AnswersRevealed()))
    assert "anonymously" in page
    assert "Ada" not in page


def test_every_starter_is_a_question_that_fits_and_says_why_it_is_asked() -> None:
    starters = [starter for shelf in SHELVES for starter in shelf.starters]
    assert len({starter.question for starter in starters}) == len(starters) == 24
    assert all(starter.question.endswith("?") and starter.why for starter in starters)
    longest = next(each.max_length for each in OneLine.__metadata__ if hasattr(each, "max_length"))
    assert all(len(starter.question) <= longest for starter in starters)
