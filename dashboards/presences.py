"""Who is in a room just now, as far as this process hears from their browsers. Nothing of it is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
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
    room: UUID
    name: str
    at: float


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
            self._signs[browser] = _Sign(room, name, self._clock())

    def of(self, room: UUID) -> tuple[str, ...]:
        """Who is there, in the order of the alphabet."""
        with self._lock:
            self._signs = {browser: sign for browser, sign in self._signs.items() if self._lives(browser, sign)}
            return tuple(sorted({sign.name for sign in self._signs.values() if sign.room == room}))

    def rooms(self) -> frozenset[UUID]:
        """Rooms with somebody in them."""
        with self._lock:
            return frozenset(sign.room for browser, sign in self._signs.items() if self._lives(browser, sign))

    def _lives(self, browser: str, sign: _Sign) -> bool:
        silence = self._clock() - sign.at
        return silence <= GONE_AFTER or (silence <= SLEEPS_FOR and self._connected(browser))
