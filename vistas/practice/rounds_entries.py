"""What is written into a question round's journal, and what each entry does to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.errors import PracticeError
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.noted_lines import MaybeWords, with_line
from vistas.practice.rounds import Answer, Phase, Round
from vistas.practice.session import Line
from vistas.store import Journals

KIND = "round"


class Asked(EntryBody):
    """The question, or the question in better words as long as nobody has begun to answer it."""

    does: Literal["asked"] = "asked"
    question: Line

    def upon(self, state: Round, _: Stamp) -> Round:
        return replace(state, question=self.question) if state.phase is Phase.PREPARED else state


class NamesChosen(EntryBody):
    """Whether it is anonymous: to be decided before the writing begins, and not changed afterwards."""

    does: Literal["names-chosen"] = "names-chosen"
    anonymous: bool

    def upon(self, state: Round, _: Stamp) -> Round:
        return replace(state, anonymous=self.anonymous) if state.phase is Phase.PREPARED else state


class WritingBegan(EntryBody):
    does: Literal["writing-began"] = "writing-began"

    def upon(self, state: Round, _: Stamp) -> Round:
        return replace(state, phase=Phase.WRITING) if state.phase is Phase.PREPARED else state


class Answered(EntryBody):
    """An answer, new or in other words. After the reveal one may still add to them.

    With names, only its author changes an answer; without, whoever knows its id, which only their browser does.
    """

    does: Literal["answered"] = "answered"
    id: UUID
    text: MaybeWords

    def upon(self, state: Round, stamp: Stamp) -> Round:
        by = "" if state.anonymous else stamp.by or ""
        before = state.answers.get(self.id)
        if state.phase is Phase.PREPARED or (before is not None and before.by != by):
            return state
        if not self.text:
            kept = {key: answer for key, answer in state.answers.items() if key != self.id}
            return replace(state, answers=kept)
        written_at = stamp.at if before is None else before.at
        return replace(state, answers={**state.answers, self.id: Answer(self.id, self.text, by, written_at)})


class AnswersRevealed(EntryBody):
    does: Literal["answers-revealed"] = "answers-revealed"

    def upon(self, state: Round, _: Stamp) -> Round:
        return replace(state, phase=Phase.REVEALED) if state.phase is Phase.WRITING else state


class GroupNamed(EntryBody):
    """A group, new or with a better name. Without a name it is dissolved."""

    does: Literal["group-named"] = "group-named"
    group: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

    def upon(self, state: Round, _: Stamp) -> Round:
        if self.name:
            return replace(state, names={**state.names, self.group: self.name})
        names = {key: name for key, name in state.names.items() if key != self.group}
        placed = {answer: group for answer, group in state.placed.items() if group != self.group}
        return replace(state, names=names, placed=placed)


class Grouped(EntryBody):
    """An answer is put into a group, or with None out of the one it was in."""

    does: Literal["grouped"] = "grouped"
    answer: UUID
    group: UUID | None

    def upon(self, state: Round, _: Stamp) -> Round:
        placed = {answer: group for answer, group in state.placed.items() if answer != self.answer}
        if self.group is None:
            return replace(state, placed=placed)
        if self.group not in state.names or self.answer not in state.answers:
            return state
        return replace(state, placed={**placed, self.answer: self.group})


class LessonNoted(EntryBody):
    """What was learned from the answers: a line, new or said better by whoever noted it."""

    does: Literal["lesson-noted"] = "lesson-noted"
    id: UUID
    text: MaybeWords

    def upon(self, state: Round, stamp: Stamp) -> Round:
        return replace(state, lessons=with_line(state.lessons, self.id, self.text, stamp))


RoundEntry = Annotated[
    Asked | NamesChosen | WritingBegan | Answered | AnswersRevealed | GroupNamed | Grouped | LessonNoted,
    Field(discriminator="does"),
]


def notebook(journals: Journals) -> Notebook[Round, RoundEntry]:
    return Notebook(journals, KIND, TypeAdapter(RoundEntry), Round(), lambda state: state.words)


def answer(
    rounds: Notebook[Round, RoundEntry], journal: UUID, answer_id: UUID, text: str, *, by: str, at: datetime
) -> int:
    """Write an answer. Where the round is anonymous, the store is never told whose it is, nor when.

    PracticeError before the writing has begun: until then it is not settled whether names are kept.
    """
    state = rounds.read(journal)
    if state.phase is Phase.PREPARED:
        raise PracticeError("the writing has not begun yet")
    said = Answered(id=answer_id, text=text)
    if not state.anonymous:
        return rounds.write(journal, said, by=by, at=at)
    return rounds.write(journal, said, by=None, at=rounds.head(journal).changed_at)
