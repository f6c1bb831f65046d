"""The Wheel of Expertise: what came up, and what was answered. Who? What? Where?

The wheel's segments are parts of the landscape and questions of the team's own; those who wish to put themselves
on it make a second ring. Where it stops is decided by `vistas.practice.wheel.spinning`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vistas.practice.landscape import Part, PartKind
from vistas.vista.written import Author

AnswerText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Slim = Annotated[float, Field(ge=0.0, le=1.0)]


class Landed(BaseModel):
    """Where a ring stopped: on `part`, at this share of its width, when each segment had these chances."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Part
    at: Slim
    odds: tuple[tuple[Part, Slim], ...]

    @property
    def chance(self) -> float:
        return next((chance for part, chance in self.odds if part == self.part), 0.0)


class PlaceInVista(BaseModel):
    """A stop of a vista, with its name as it was, so that it can be told without opening it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vista: UUID
    stop: str
    title: Annotated[str, StringConstraints(max_length=300)]


@dataclass(frozen=True, slots=True)
class BegunWalk:
    """Somebody went to find out; `vista` is what they look at."""

    vista: UUID
    walker: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnAnswer:
    """How `by` would find out (`places` are the stops that showed it), or how and to whom they would escalate."""

    id: UUID
    by: str
    at: datetime
    text: str
    whom: str = ""
    places: tuple[PlaceInVista, ...] = ()

    @property
    def shows(self) -> bool:
        return bool(self.places)


@dataclass(frozen=True, slots=True)
class Turn:
    """One spin and what came of it. Of one that was passed nothing tells whom it had come to."""

    id: UUID
    at: datetime
    by: str
    what: Landed
    who: Landed | None = None
    passed: bool = False
    walks: tuple[BegunWalk, ...] = ()
    answers: tuple[TurnAnswer, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it or passed."""
        return not self.passed and not self.answers


@dataclass(frozen=True, slots=True)
class CameUp:
    """A spin, as the odds of later ones know it: whether it was answered or passed is nothing to them."""

    at: datetime
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wheel:
    """`taken_off` holds the keys of parts that shall not come up."""

    parts: tuple[Part, ...] = ()
    questions: tuple[Part, ...] = ()
    taken_off: frozenset[str] = frozenset()
    people: tuple[Author, ...] = ()
    turns: tuple[Turn, ...] = ()
    came_up: tuple[CameUp, ...] = ()
    by_id: Mapping[UUID, int] = field(default_factory=dict)
    """Where each turn stands in `turns`."""

    @property
    def segments(self) -> tuple[Part, ...]:
        """What can come up."""
        return tuple(part for part in (*self.questions, *self.parts) if part.key not in self.taken_off)

    @property
    def ring(self) -> tuple[Part, ...]:
        """Who can come up."""
        return tuple(Part(sort=PartKind.PERSON, name=name) for name in self.people)

    @property
    def turn(self) -> Turn | None:
        """The newest."""
        return self.turns[-1] if self.turns else None

    @property
    def turn_id(self) -> UUID | None:
        return self.turn.id if self.turn else None

    @property
    def words(self) -> str:
        answers = (answer.text for turn in self.turns for answer in turn.answers)
        return "\n".join((*(part.name for part in (*self.questions, *self.parts)), *answers))
