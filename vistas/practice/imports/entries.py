"""What is written into the journal of an import. An entry about a stop that is not there changes nothing.

What reads dashboards is loaded once an import is looked through, not with the app.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.practice.imports.state import Import, Kept, Telling
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.routine import Routine, Slug, Stop
from vistas.store import Journals

KIND = "import"
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Brought(EntryBody):
    """A dashboard, as it was proposed: the first entry. `stops` are those of all its parts."""

    type: Literal["brought"] = "brought"
    routine: Routine
    stops: tuple[Stop, ...]
    chosen: frozenset[Slug]
    telling: Telling

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        return replace(
            brought,
            routine=self.routine,
            telling=self.telling,
            title=self.routine.title,
            walk=tuple(stop for stop in self.stops if stop.stop in self.chosen),
            later=tuple(stop for stop in self.stops if stop.stop not in self.chosen),
            variables=self.routine.variables,
            order=tuple(stop.stop for stop in self.stops),
            changed_at=stamp.at,
        )


class StopChosen(EntryBody):
    """A stop is walked, or left for later. It comes after what stands before it in the dashboard."""

    type: Literal["chosen"] = "chosen"
    stop: Slug
    chosen: bool

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        stop = brought.stop(self.stop)
        if stop is None or (stop in brought.walk) is self.chosen:
            return brought
        walk = [each for each in brought.walk if each != stop]
        later = [each for each in brought.later if each != stop]
        if self.chosen:
            walk.insert(_place(walk, stop, brought.order), stop)
        else:
            later = sorted([*later, stop], key=lambda each: brought.order.index(each.stop))
        return replace(brought.arranged(walk, later), changed_at=stamp.at)


class StopMoved(EntryBody):
    """`to` counts from 0, among the other stops of the walk."""

    type: Literal["moved"] = "moved"
    stop: Slug
    to: Annotated[int, Field(ge=0, le=2000)]

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        stop = brought.stop(self.stop)
        if stop is None or stop not in brought.walk:
            return brought
        walk = [each for each in brought.walk if each != stop]
        walk.insert(self.to, stop)
        return replace(brought.arranged(walk, brought.later), changed_at=stamp.at)


class StopCut(EntryBody):
    """Its looks from place `at` on, counted from 0, are a stop of their own, which comes next."""

    type: Literal["cut"] = "cut"
    stop: Slug
    at: Annotated[int, Field(ge=1, le=11)]

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        stop = brought.stop(self.stop)
        if stop is None or self.at >= len(stop.looks):
            return brought
        from vistas.importing import cut

        parts = cut(stop, self.at, (*brought.order, *(each for _, _, order in brought.before for each in order)))
        order = [
            name for each in brought.order for name in ([p.stop for p in parts] if each == stop.stop else [each])
        ]
        return replace(
            brought.arranged(_instead(brought.walk, stop, *parts), _instead(brought.later, stop, *parts), order),
            changed_at=stamp.at,
        )


class StopJoined(EntryBody):
    """A stop of the walk takes the looks of the one that comes next."""

    type: Literal["joined"] = "joined"
    stop: Slug

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        from vistas.importing import can_join, joined

        for first, second in zip(brought.walk, brought.walk[1:], strict=False):
            if first.stop == self.stop and can_join(first, second):
                walk = _instead(brought.walk, first, joined(first, second))
                order = [each for each in brought.order if each != second.stop]
                arranged = brought.arranged([each for each in walk if each != second], brought.later, order)
                return replace(arranged, changed_at=stamp.at)
        return brought


class StopReworded(EntryBody):
    """Its title on the rail and its question; what is empty stays as it was."""

    type: Literal["reworded"] = "reworded"
    stop: Slug
    title: Annotated[str, Field(max_length=200)]
    question: Annotated[str, Field(max_length=200)]

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        stop = brought.stop(self.stop)
        if stop is None:
            return brought
        from vistas.importing import reworded

        worded = reworded(stop, self.title, self.question)
        return replace(
            brought.arranged(_instead(brought.walk, stop, worded), _instead(brought.later, stop, worded)),
            changed_at=stamp.at,
        )


class DefaultChosen(EntryBody):
    """What a variable opens with; nothing where one is to be chosen, or every value is meant."""

    type: Literal["default-chosen"] = "default-chosen"
    variable: str
    values: tuple[Annotated[str, Field(max_length=200)], ...]

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        variables = tuple(
            each.model_copy(update={"default": self.values if each.several else self.values[:1]})
            if each.variable == self.variable
            else each
            for each in brought.variables
        )
        return replace(brought, variables=variables, changed_at=stamp.at)


class Retitled(EntryBody):
    type: Literal["retitled"] = "retitled"
    title: Title

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        return replace(brought, title=self.title, changed_at=stamp.at)


class Undone(EntryBody):
    """The stops are as they were before the last change of them that was not undone yet."""

    type: Literal["undone"] = "undone"

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        if not brought.before:
            return brought
        walk, later, order = brought.before[-1]
        return replace(
            brought, walk=walk, later=later, order=order, before=brought.before[:-1], changed_at=stamp.at
        )


class RoutineKept(EntryBody):
    """It became a version of a routine."""

    type: Literal["kept"] = "kept"
    routine: Slug
    version: int

    def apply(self, brought: Import, stamp: Stamp) -> Import:
        return replace(brought, kept=Kept(self.routine, self.version, stamp.at), changed_at=stamp.at)


class PutAway(EntryBody):
    """It is no longer offered to be gone on with."""

    type: Literal["put-away"] = "put-away"

    def apply(self, brought: Import, _: Stamp) -> Import:
        return replace(brought, is_away=True)


ImportEntry: TypeAlias = Annotated[
    Brought
    | StopChosen
    | StopMoved
    | StopCut
    | StopJoined
    | StopReworded
    | DefaultChosen
    | Retitled
    | Undone
    | RoutineKept
    | PutAway,
    Field(discriminator="type"),
]
Imports: TypeAlias = Notebook[Import, ImportEntry]


def notebook(journals: Journals) -> Imports:
    return Notebook(journals, KIND, TypeAdapter(ImportEntry), Import(), lambda brought: brought.title)


def unfinished(imports: Imports, person: str, since: datetime) -> tuple[tuple[UUID, Import], ...]:
    """One's own that were neither kept nor put away, and changed since; changed last comes first."""
    mine = [head for head in imports.find() if head.begun_by == person and head.changed_at >= since]
    read = ((head.id, imports.read(head.id)) for head in mine)
    return tuple((key, each) for key, each in read if each.routine and not each.kept and not each.is_away)


def _place(walk: list[Stop], stop: Stop, order: tuple[str, ...]) -> int:
    """Behind the last of the walk that stands before it in the dashboard."""
    before = set(order[: order.index(stop.stop)])
    return max((number for number, each in enumerate(walk, 1) if each.stop in before), default=0)


def _instead(stops: tuple[Stop, ...], stop: Stop, *others: Stop) -> list[Stop]:
    return [each for one in stops for each in (others if one == stop else (one,))]
