"""Who is in a room right now, as far as this process knows. Kept in memory only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

GONE_AFTER: Final = 12.0
"""Seconds without a sign of life, for a browser that has hung up; a cut line mends itself within a few."""
SLEEPS_FOR: Final = 100.0
"""Seconds of silence that are nothing to worry about as long as a browser is connected: it wakes the timers of a
tab that nobody looks at once a minute."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """`held_at` is when its browser was seen connected last, or gave a sign of life."""

    room: UUID
    name: str
    at: float
    held_at: float


def is_connected(browser: str) -> bool:
    """Whether the browser of this session holds the line; False where there is no server."""
    return runtime.exists() and runtime.get_instance().is_active_session(browser)


def this_browser() -> str:
    """What the server calls the session that is asking."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


class Presences:
    """One registry per process, shared by all its sessions. Somebody with two windows is there once."""

    def __init__(
        self, connected: Callable[[str], bool] = is_connected, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connected, self._clock = connected, clock
        self._signs: dict[str, _Sign] = {}
        self._lock = threading.Lock()

    def here(self, room: UUID, name: str, browser: str) -> None:
        """A sign of life. A browser is in one room at a time."""
        with self._lock:
            now = self._clock()
            self._signs[browser] = _Sign(room, name, now, now)

    def of(self, room: UUID) -> tuple[str, ...]:
        """Who is there, in the order of the alphabet."""
        with self._lock:
            self._look()
            return tuple(sorted({sign.name for sign in self._signs.values() if sign.room == room}))

    def rooms(self) -> frozenset[UUID]:
        """Rooms with somebody in them."""
        with self._lock:
            self._look()
            return frozenset(sign.room for sign in self._signs.values())

    def _look(self) -> None:
        now = self._clock()
        held = {
            browser: replace(sign, held_at=now) if self._connected(browser) else sign
            for browser, sign in self._signs.items()
        }
        self._signs = {browser: sign for browser, sign in held.items() if _lives(sign, now)}


def _lives(sign: _Sign, now: float) -> bool:
    return now - sign.held_at <= GONE_AFTER and now - sign.at <= SLEEPS_FOR
