"""The saved whole: routine version, snapshots, walks, notices with their answers; and through whose eyes it is.

Evidence never changes; notices and answers are only added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

import uuid_utils.compat

from vistas.routine import Look, Routine, Stop
from vistas.snapshot import Snapshot, Window
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice


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
    `answers` are those to its own notices, in the order they were written.
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
    answers: tuple[Answer, ...] = ()
    eyes: Eyes | None = None

    @property
    def name(self) -> str:
        return self.title or self.routine.name

    def at(self, stop: str) -> tuple[Snapshot, ...]:
        """The stop's snapshots, in the order its looks stand in the routine, detours last."""
        order = {look.look: place for place, look in enumerate(self.looks_at(stop))}
        here = [snapshot for snapshot in self.snapshots if snapshot.stop == stop]
        return tuple(sorted(here, key=lambda snapshot: (order.get(snapshot.look, len(order)), snapshot.source)))

    def looks_at(self, stop: str) -> tuple[Look, ...]:
        """The looks of a stop, detours taken there included; of two of one name, the last."""
        planned: Iterable[Look] = () if (found := self.routine.find_stop(stop)) is None else found.looks
        taken = (*planned, *(detour.look for detour in self.detours if detour.stop == stop))
        return tuple({look.look: look for look in taken}.values())

    def noticed_at(self, stop: str) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.stop == stop)

    def answers_to(self, notice: UUID) -> tuple[Answer, ...]:
        """In the order they were written."""
        return tuple(answer for answer in self.answers if answer.notice == notice)

    def threads_at(self, stop: str) -> tuple[tuple[Notice, tuple[Answer, ...]], ...]:
        """The notices of a stop, each with the answers to it."""
        noticed = self.noticed_at(stop)
        threads: dict[UUID, list[Answer]] = {notice.id: [] for notice in noticed}
        for answer in self.answers if noticed else ():
            if answer.notice in threads:
                threads[answer.notice].append(answer)
        return tuple((notice, tuple(threads[notice.id])) for notice in noticed)

    def stop(self, slug: str) -> Stop | None:
        return self.routine.find_stop(slug)

    def with_snapshots(self, snapshots: Iterable[Snapshot]) -> Vista:
        return replace(self, snapshots=tuple(snapshots))


@dataclass(frozen=True)
class Eyes:
    """Whose walk of an earlier vista this one follows. What it needs of that vista belongs to this one.

    `vista`, `name` and `begun_at` are the earlier vista's; it need not be here itself.
    """

    walker: str
    vista: UUID
    name: str
    begun_at: datetime
    read: Callable[[], Vista] = field(repr=False, compare=False)

    @classmethod
    def upon(cls, earlier: Vista, walker: str) -> Eyes:
        """The eyes of one who walked `earlier`, which is taken without eyes of its own."""
        bare = replace(earlier, eyes=None)
        return cls(walker, bare.id, bare.name, bare.begun_at, lambda: bare)

    @cached_property
    def earlier(self) -> Vista:
        """The whole earlier vista, read when it is first asked for."""
        return self.read()

    def seeing(self, change: Callable[[Vista], Vista]) -> Eyes:
        """The same upon a changed earlier vista, which is still read only when it is asked for."""
        return replace(self, read=lambda: change(self.earlier))
