"""A question round: a question, silent writing, reveal together, group, note what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from vistas.practice.noted_lines import NotedLine


class Phase(StrEnum):
    PREPARED = "prepared"
    """Nobody can write yet; whether names are kept can still be chosen."""
    WRITING = "writing"
    """In silence: nobody sees what others write."""
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class Answer:
    """`by` is empty where the round is anonymous: nothing holds who wrote it."""

    id: UUID
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together; none is in two groups. `id` None are those that nobody put anywhere."""

    id: UUID | None
    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Round:
    question: str = ""
    anonymous: bool = False
    phase: Phase = Phase.PREPARED
    answers: Mapping[UUID, Answer] = field(default_factory=dict)
    names: Mapping[UUID, str] = field(default_factory=dict)
    """The groups, in the order they were made."""
    placed: Mapping[UUID, UUID] = field(default_factory=dict)
    """The group of each answer that is in one."""
    lessons: tuple[NotedLine, ...] = ()
    """What was learned from the answers."""

    @property
    def stands(self) -> bool:
        """Whether an answer is no longer changed by anybody: nothing tells any more whose it is."""
        return self.anonymous and self.phase is Phase.REVEALED

    @property
    def ordered(self) -> tuple[Answer, ...]:
        """As they were written; where nobody may be recognised, in an order that tells nothing."""
        answers = tuple(self.answers.values())
        return tuple(sorted(answers, key=lambda answer: answer.id)) if self.anonymous else answers

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group, empty ones too; those that are in none last, if there are any."""
        named = tuple(Group(each, name, self._in(each)) for each, name in self.names.items())
        loose = self._in(None)
        return (*named, Group(None, "", loose)) if loose else named

    def _in(self, group: UUID | None) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.ordered if self.placed.get(answer.id) == group)

    @property
    def words(self) -> str:
        """The words it is found by; what is still kept back is not among them."""
        shown = (answer.text for answer in self.ordered) if self.phase is Phase.REVEALED else ()
        return "\n".join((self.question, *shown, *self.names.values(), *(each.text for each in self.lessons)))
