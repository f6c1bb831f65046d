"""What a page can wait for, each under a name, and how it stands: a number that is another one once there is news.

    <id>             a journal or a vista: anything in it
    frame/<room>     of a session: its host, its agenda and its turns
    inside/<room>    of a session: what its activities keep in it, except for the lines of topics
    people/<room>    who is in a room
    rooms            in which rooms somebody is
    gathering/<id>   whether a vista is being gathered

Lines of topics reach a page by themselves (`dashboards.room.topic_lines`).
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final
from uuid import UUID

from dashboards.shared.counters import Counters
from dashboards.shared.gatherings import Gatherings
from dashboards.shared.presences import Presences
from vistas.errors import JournalNotFound
from vistas.practice import Notebook
from vistas.practice.session import Session
from vistas.practice.session.entries import SessionEntry

ROOMS: Final = "rooms"
REMEMBERED: Final = 2000
"""Names whose state is known; of all others the next look is the first."""


def frame(room: UUID) -> str:
    return f"frame/{room}"


def inside(room: UUID) -> str:
    return f"inside/{room}"


def people(room: UUID) -> str:
    return f"people/{room}"


def gathering(vista: UUID) -> str:
    return f"gathering/{vista}"


class News:
    """One per process, and safe to use from many threads."""

    def __init__(
        self,
        counters: Counters,
        sessions: Notebook[Session, SessionEntry],
        presences: Presences,
        gatherings: Gatherings,
    ) -> None:
        self._counters, self._sessions = counters, sessions
        self._presences, self._gatherings = presences, gatherings
        self._numbers = _Numbers()
        self._looks: Mapping[str, Callable[[UUID], object]] = {
            "frame": lambda room: _frame(self._session(room)),
            "inside": lambda room: _inside(self._session(room)),
            "people": presences.of,
            "gathering": self._is_gathering,
        }

    def now(self, names: Iterable[str]) -> dict[str, int]:
        """How each stands now; of what is not there, and of what is no such name, nothing."""
        asked = frozenset(names)
        ids = {name: found for name in asked if (found := _id(name))}
        counted = self._counters.fresh(ids.values())
        told = {name: counted[each] for name, each in ids.items() if each in counted}
        return {**told, **dict(self._others(asked - ids.keys()))}

    def _others(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        for name in names:
            kind, _, written = name.partition("/")
            about = _id(written)
            if name == ROOMS:
                yield name, self._numbers.of(name, self._presences.rooms())
            elif about and kind in self._looks:
                yield name, self._numbers.of(name, self._looks[kind](about))

    def _session(self, room: UUID) -> Session:
        try:
            return self._sessions.read(room)
        except JournalNotFound:
            return Session()

    def _is_gathering(self, vista: UUID) -> bool:
        found = self._gatherings.of(vista)
        return found is not None and not found.finished


class _Numbers:
    """A number for each state that something was found in: the same as long as the state is."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, int]] = {}
        self._next = itertools.count(time.time_ns() // 1_000_000)  # None that this process told before a restart.
        self._lock = threading.Lock()

    def of(self, name: str, state: object) -> int:
        with self._lock:
            before = self._known.get(name)
            if before is not None and before[0] == state:
                return before[1]
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            number = next(self._next)
            self._known[name] = (state, number)
            return number


def _frame(session: Session) -> Hashable:
    return session.host, session.agenda, session.current, session.parked, session.finished, session.pivots


def _inside(session: Session) -> tuple[object, ...]:
    return session.host_at, session.first_looks, session.learned, session.carried


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
