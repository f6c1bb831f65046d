"""What is written into a question round's journal, and what each entry does to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.errors import JournalMoved, PracticeError
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.noted_lines import MaybeWords, with_line
from vistas.practice.old_keys import renamed
from vistas.practice.rounds.state import Answer, Phase, Round
from vistas.practice.session import OneLine
from vistas.store import Journals

KIND = "round"


class QuestionAsked(EntryBody):
    """The question, or the question in better words as long as nobody has begun to answer it."""

    type: Literal["asked"] = "asked"
    question: OneLine

    def apply(self, state: Round, _: Stamp) -> Round:
        return replace(state, question=self.question) if state.phase is Phase.PREPARED else state


class NamesChosen(EntryBody):
    """Whether it is anonymous: to be decided before the writing begins, and not changed afterwards."""

    type: Literal["names-chosen"] = "names-chosen"
    anonymous: bool

    def apply(self, state: Round, _: Stamp) -> Round:
        return replace(state, anonymous=self.anonymous) if state.phase is Phase.PREPARED else state


class WritingBegan(EntryBody):
    type: Literal["writing-began"] = "writing-began"

    def apply(self, state: Round, _: Stamp) -> Round:
        return replace(state, phase=Phase.WRITING) if state.phase is Phase.PREPARED else state


class Answered(EntryBody):
    """An answer, new or in other words. After the reveal one may still add to them.

    With names, only its author changes an answer; without, whoever holds its secret, until the reveal.
    """

    type: Literal["answered"] = "answered"
    id: UUID
    text: MaybeWords

    def apply(self, state: Round, stamp: Stamp) -> Round:
        by = "" if state.anonymous else stamp.by or ""
        before = state.answers.get(self.id)
        if state.phase is Phase.PREPARED or (before is not None and before.by != by):
            return state
        if state.stands and before is not None:
            return state
        if not self.text:
            kept = {key: answer for key, answer in state.answers.items() if key != self.id}
            return replace(state, answers=kept)
        written_at = stamp.at if before is None else before.at
        return replace(state, answers={**state.answers, self.id: Answer(self.id, self.text, by, written_at)})


class AnswersRevealed(EntryBody):
    type: Literal["answers-revealed"] = "answers-revealed"

    def apply(self, state: Round, _: Stamp) -> Round:
        return replace(state, phase=Phase.REVEALED) if state.phase is Phase.WRITING else state


class GroupNamed(EntryBody):
    """A group, new or with a better name. Without a name it is dissolved."""

    type: Literal["group-named"] = "group-named"
    group: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

    def apply(self, state: Round, _: Stamp) -> Round:
        if self.name:
            return replace(state, names={**state.names, self.group: self.name})
        names = {key: name for key, name in state.names.items() if key != self.group}
        placed = {answer: group for answer, group in state.placed.items() if group != self.group}
        return replace(state, names=names, placed=placed)


class Grouped(EntryBody):
    """An answer is put into a group, or with None out of the one it was in."""

    type: Literal["grouped"] = "grouped"
    answer: UUID
    group: UUID | None

    def apply(self, state: Round, _: Stamp) -> Round:
        placed = {answer: group for answer, group in state.placed.items() if answer != self.answer}
        if self.group is None:
            return replace(state, placed=placed)
        if self.group not in state.names or not (state.anonymous or self.answer in state.answers):
            return state
        return replace(state, placed={**placed, self.answer: self.group})


class LessonNoted(EntryBody):
    """What was learned from the answers: a line, new or said better by whoever noted it."""

    type: Literal["lesson-noted"] = "lesson-noted"
    id: UUID
    text: MaybeWords

    def apply(self, state: Round, stamp: Stamp) -> Round:
        return replace(state, lessons=with_line(state.lessons, self.id, self.text, stamp))


RoundEntry = Annotated[
    QuestionAsked | NamesChosen | WritingBegan | Answered | AnswersRevealed | GroupNamed | Grouped | LessonNoted,
    Field(discriminator="type"),
    renamed(does="type"),
]


class Rounds(Notebook[Round, RoundEntry]):
    """Answers of anonymous rounds never come among the entries: they are kept beside them, in no order."""

    def read_at(self, journal: UUID) -> tuple[int, Round]:
        number, state = super().read_at(journal)
        return number, self._with_answers(journal, state) if state.anonymous else state

    def write(
        self, journal: UUID, *what: RoundEntry, by: str | None, at: datetime, expected_revision: int | None = None
    ) -> int:
        signed: list[RoundEntry] = []
        unsigned: list[Answered] = []
        number, state = self.read_at(journal)
        for each in what:
            if isinstance(each, Answered) and state.anonymous:
                unsigned.append(each)
            else:
                signed.append(each)
                state = each.apply(state, Stamp(number, at, by))
        if signed:
            number = super().write(journal, *signed, by=by, at=at, expected_revision=expected_revision)
        for each in unsigned:
            self._keep(journal, each)
        return number

    def _with_answers(self, journal: UUID, state: Round) -> Round:
        """They carry the moment the round was begun, since they have none of their own."""
        begun_at = self._journals.head(journal).begun_at
        texts = self._journals.unsigned(journal)
        return replace(state, answers={key: Answer(key, text, "", begun_at) for key, text in texts.items()})

    def _keep(self, journal: UUID, said: Answered) -> None:
        """PracticeError where it would change an answer that was revealed."""
        while True:
            number, state = self.read_at(journal)
            if state.phase is Phase.PREPARED:
                return
            try:
                stands = self._journals.put_unsigned(
                    journal, said.id, said.text, expected_revision=number, once=state.stands
                )
            except JournalMoved:
                continue  # It may have been revealed meanwhile.
            if stands != said.text:
                raise PracticeError("this answer has been revealed and can no longer be changed")
            return


def notebook(journals: Journals) -> Rounds:
    return Rounds(journals, KIND, TypeAdapter(RoundEntry), Round(), lambda state: state.words)


def answer(
    rounds: Notebook[Round, RoundEntry], journal: UUID, answer_id: UUID, text: str, *, by: str, at: datetime
) -> int:
    """Write an answer. Where the round is anonymous, the store is never told whose it is, nor when.

    There `answer_id` is a secret of the browser that wrote it: what everybody is shown does not lead back to it.
    PracticeError before the writing has begun: until then it is not settled whether names are kept.
    """
    state = rounds.read(journal)
    if state.phase is Phase.PREPARED:
        raise PracticeError("the writing has not started yet")
    if not state.anonymous:
        return rounds.write(journal, Answered(id=answer_id, text=text), by=by, at=at)
    return rounds.write(journal, Answered(id=shown_as(answer_id), text=text), by=None, at=at)


def shown_as(secret: UUID) -> UUID:
    """The id under which an anonymous answer is kept and shown."""
    return UUID(bytes=sha256(secret.bytes).digest()[:16], version=4)
