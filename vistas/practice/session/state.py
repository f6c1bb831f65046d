"""A session: people together, an agenda of activities, a host, and a stack of pivots.

What an activity brings forth (a vista, a decision table, a matrix, …) is kept by itself, and outlives the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from vistas.practice.noted_lines import NotedLine

OneLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ActivityKind(StrEnum):
    WALK = "walk"
    DECISIONS = "decisions"
    MATRIX = "matrix"
    QUESTION = "question"
    WHEEL = "wheel"
    TOPIC = "topic"
    """Unplanned: something came up, and is talked about."""
    WRAP_UP = "wrap-up"


class Activity(BaseModel):
    """One point of the agenda. `about` is what it works on, once there is that.

    That is a vista for a walk, and for the others the journal of that kind; a topic and the wrap-up have none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    kind: ActivityKind
    title: OneLine
    about: UUID | None = None
    routine: str = ""
    """Of a walk that is still to be gathered."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """One turn away from what the room was busy with; kept for good. `back_at` is None while away."""

    left: UUID
    towards: UUID
    because: str
    by: str
    at: datetime
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A minute in which everybody looks for themselves. `revealed_at` is None while it lasts or was not ended."""

    began_at: datetime
    until: datetime
    revealed_at: datetime | None = None

    def hides(self, now: datetime) -> bool:
        """Whether what others notice is still kept back."""
        return self.revealed_at is None and now < self.until


@dataclass(frozen=True, slots=True)
class Session:
    """`agenda` holds every activity there was or is planned. `parked` is the stack, the newest last."""

    host: str = ""
    people: tuple[str, ...] = ()
    agenda: tuple[Activity, ...] = ()
    current: UUID | None = None
    parked: tuple[UUID, ...] = ()
    finished: frozenset[UUID] = frozenset()
    pivots: tuple[Pivot, ...] = ()
    host_at: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)
    first_looks: Mapping[tuple[UUID, str], FirstLook] = field(default_factory=dict)
    learned: tuple[NotedLine, ...] = ()
    jotted: Mapping[UUID, tuple[NotedLine, ...]] = field(default_factory=dict)
    """What was noted about an unplanned topic, by its activity."""
    carried: Mapping[UUID, str] = field(default_factory=dict)

    def activity(self, activity_id: UUID | None) -> Activity | None:
        return next((each for each in self.agenda if each.id == activity_id), None)

    @property
    def busy_with(self) -> Activity | None:
        return self.activity(self.current)

    @property
    def words(self) -> str:
        """The words it is found by."""
        activities = (each.title for each in self.agenda)
        jotted = (line.text for lines in self.jotted.values() for line in lines)
        because = (pivot.because for pivot in self.pivots)
        return "\n".join((*self.people, *activities, *because, *jotted, *(line.text for line in self.learned)))
