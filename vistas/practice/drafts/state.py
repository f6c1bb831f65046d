"""A routine that is being recorded: what was tried, and the stops that were made of it.

Nothing is ever gone: what was tried and not kept is still listed, a stop that was taken out can be put back, and
each change of the stops can be undone, the last one first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from vistas.routine import Look, Routine, Stop

UNDOABLE: Final = 100
"""So many changes of the stops can be undone."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A look at the real thing. `at` is when it was tried last."""

    id: UUID
    look: Look
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The routine that the draft was saved as, with its version."""

    routine: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Removed:
    """A stop that was taken out, and where it stood."""

    stop: Stop
    place: int


@dataclass(frozen=True, slots=True)
class Draft:
    """`base` is the routine that it was begun from; None where it was begun from nothing."""

    title: str = ""
    base: Routine | None = None
    stops: tuple[Stop, ...] = ()
    tried: Mapping[UUID, Tried] = field(default_factory=dict)
    current: UUID | None = None
    """What is being looked at."""
    removed: tuple[Removed, ...] = ()
    before: tuple[tuple[Stop, ...], ...] = ()
    """The stops as they were before each change that can be undone, the last one last."""
    kept: int = 0
    """How often something was kept, as a stop or in one."""
    saved: Saved | None = None
    changed_at: datetime | None = None

    @property
    def looking_at(self) -> Tried | None:
        return self.tried.get(self.current) if self.current else None

    @property
    def left_out(self) -> tuple[Tried, ...]:
        """What was tried and is neither in a stop nor being looked at, the newest first."""
        kept = {_asked(look) for stop in self.stops for look in stop.looks}
        left = (each for each in self.tried.values() if each.id != self.current and _asked(each.look) not in kept)
        return tuple(sorted(left, key=lambda each: each.at, reverse=True))

    @property
    def is_saved(self) -> bool:
        """Whether nothing was changed since it was saved."""
        return self.saved is not None and self.saved.at == self.changed_at

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that anybody would miss."""
        stops, title = (self.base.stops, self.base.title) if self.base else ((), "")
        return not self.tried and self.stops == stops and self.title in {"", title}

    @property
    def taken(self) -> frozenset[str]:
        """The slugs of all its stops, of those as well that can come back."""
        stops = (
            *self.stops,
            *(each.stop for each in self.removed),
            *(stop for each in self.before for stop in each),
        )
        return frozenset(stop.stop for stop in stops)

    def stop(self, slug: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.stop == slug), None)

    def with_stops(self, stops: tuple[Stop, ...]) -> Draft:
        """A change that can be undone; none where nothing changes."""
        if stops == self.stops:
            return self
        return replace(self, stops=stops, before=(*self.before, self.stops)[-UNDOABLE:])


def _asked(look: Look) -> tuple[object, ...]:
    return (look.source, look.question)
