"""A dashboard that was brought and is being looked through: which of its stops are walked, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

from vistas.routine import Routine, Stop, Variable, references
from vistas.routine.slugs import Slugs

UNDOABLE: Final = 100
MOST_STOPS: Final = 40


class Told(BaseModel):
    """What was said of one or several things alike: `places` are the first of `times`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    places: tuple[str, ...]
    times: int


class Tally(BaseModel):
    """How many of one kind of thing came in, and how many were carried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    thing: str
    came_in: int
    carried: int


class Telling(BaseModel):
    """What became of the dashboard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: str
    form: str
    tallies: tuple[Tally, ...] = ()
    left: tuple[Told, ...] = ()
    changed: tuple[Told, ...] = ()
    unchecked: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The routine that it became."""

    routine: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Import:
    """`walk` are the stops that are walked, `later` those that are left for later, in the dashboard's order.

    `routine` has what is said around them; None as long as nothing was brought.
    """

    routine: Routine | None = None
    telling: Telling | None = None
    title: str = ""
    walk: tuple[Stop, ...] = ()
    later: tuple[Stop, ...] = ()
    variables: tuple[Variable, ...] = ()
    order: tuple[str, ...] = ()
    """All stops in the dashboard's order; one that was cut off follows that which it was cut from."""
    before: tuple[tuple[tuple[Stop, ...], tuple[Stop, ...], tuple[str, ...]], ...] = ()
    """How walk, later and order were before each change that can be undone, the last one last."""
    kept: Kept | None = None
    is_away: bool = False
    changed_at: datetime | None = None

    def stop(self, slug: str) -> Stop | None:
        return next((stop for stop in (*self.walk, *self.later) if stop.stop == slug), None)

    @property
    def is_kept(self) -> bool:
        """Whether nothing was changed since it was kept."""
        return self.kept is not None and self.kept.at == self.changed_at

    @property
    def used(self) -> tuple[Variable, ...]:
        """The variables that the walk's queries name, and those that these are listed by."""
        return used_in(self.walk, self.variables)

    def arranged(self, walk: Iterable[Stop], later: Iterable[Stop], order: Iterable[str] | None = None) -> Import:
        """A change that can be undone; none where nothing changes."""
        walk, later = tuple(walk), tuple(later)
        order = self.order if order is None else tuple(order)
        if (walk, later) == (self.walk, self.later):
            return self
        before = (*self.before, (self.walk, self.later, self.order))[-UNDOABLE:]
        return replace(self, walk=walk, later=later, order=order, before=before)


def used_in(stops: Iterable[Stop], variables: Iterable[Variable]) -> tuple[Variable, ...]:
    variables = tuple(variables)
    named = {name for stop in stops for look in stop.looks for query in look.asked for name in references(query)}
    for each in reversed(variables):
        if each.variable in named:
            named |= references(each.of or "")
    return tuple(each for each in variables if each.variable in named)


def as_routine(brought: Import, taken: Iterable[str]) -> Routine:
    """The routine that it is now, under a slug that is not taken. ValueError where there is nothing to walk."""
    if brought.routine is None or not brought.walk:
        raise ValueError("Choose a stop first: a routine has one at least.")
    if len(brought.walk) > MOST_STOPS:
        raise ValueError(f"A routine has {MOST_STOPS} stops at most: leave some for later.")
    title = brought.title or brought.routine.title
    return brought.routine.model_copy(
        update={
            "routine": Slugs(frozenset(taken)).give(title, "dashboard"),
            "title": title,
            "minutes": min(max(len(brought.walk), 1), 180),
            "variables": brought.used,
            "stops": brought.walk,
            "written_as": "",
        }
    )
