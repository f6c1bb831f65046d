"""The saved whole: routine version, snapshots, walks, notices. Evidence never changes; notices are only added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import uuid_utils.compat

from vistas.notice import Notice
from vistas.routine import Look, Routine, Stop
from vistas.snapshot import Snapshot, Window


def new_id() -> UUID:
    """A UUIDv7: ids sort by when they were made."""
    return uuid_utils.compat.uuid7()


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody stood at a stop. `left_at` is None while they are still there."""

    stop: str
    arrived_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's way through a routine, in the order they went."""

    id: UUID
    walker: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Detour:
    """A look off the path, taken while standing at `stop`; the vista keeps its snapshot under that stop."""

    stop: str
    look: Look
    walker: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Vista:
    """`saved_at` is None while it is still being walked. `origin` is `live`, `recording` or `imported`.

    `ridges` are up to four series of last night's data, each scaled to 0…1: the picture it is known by.
    """

    id: UUID
    routine: Routine
    window: Window
    author: str
    begun_at: datetime
    title: str = ""
    saved_at: datetime | None = None
    origin: str = "live"
    snapshots: tuple[Snapshot, ...] = ()
    walks: tuple[Walk, ...] = ()
    detours: tuple[Detour, ...] = ()
    notices: tuple[Notice, ...] = ()
    ridges: tuple[tuple[float, ...], ...] = field(default=())

    @property
    def name(self) -> str:
        return self.title or self.routine.title

    def at(self, stop: str) -> tuple[Snapshot, ...]:
        """The stop's snapshots, in the order its looks stand in the routine, detours last."""
        order = {look.look: place for place, look in enumerate(self.looks_at(stop))}
        here = [snapshot for snapshot in self.snapshots if snapshot.stop == stop]
        return tuple(sorted(here, key=lambda snapshot: (order.get(snapshot.look, len(order)), snapshot.source)))

    def looks_at(self, stop: str) -> tuple[Look, ...]:
        """The looks of a stop, detours taken there included."""
        planned: Iterable[Look] = () if (found := self.routine.find_stop(stop)) is None else found.looks
        return (*planned, *(detour.look for detour in self.detours if detour.stop == stop))

    def noticed_at(self, stop: str) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.stop == stop)

    def stop(self, slug: str) -> Stop | None:
        return self.routine.find_stop(slug)

    def with_snapshots(self, snapshots: Iterable[Snapshot]) -> Vista:
        return replace(self, snapshots=tuple(snapshots))
