"""Waiting in tests: long enough for a machine that does other things as well, and no longer than it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self, TypeVar

Answer = TypeVar("Answer")

PATIENCE = 60.0
"""Seconds within which everything that is to happen by itself has happened."""
LATE = 8.0
"""Seconds by which a busy machine may miss a moment. What ignores its deadline in a test misses it by more."""
A_MOMENT = 0.05


class Stopwatch:
    """Counts the time that this process is given, in beats of a thread beside it.

    A machine that does other things, or stands still, gives fewer beats: what it holds up is not late.
    """

    def __init__(self) -> None:
        self._beats = 0
        self._over = threading.Event()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._heart = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._heart.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = time.monotonic()
        self._over.set()
        self._heart.join()

    @property
    def seconds(self) -> float:
        return self._beats * A_MOMENT

    @property
    def held_up(self) -> float:
        """Seconds by which the clock on the wall is ahead."""
        return (self._ended or time.monotonic()) - self._began - self.seconds

    def _beat(self) -> None:
        while not self._over.wait(A_MOMENT):
            self._beats += 1


def eventually(ask: Callable[[], Answer | None]) -> Answer:
    """The first true answer."""
    ends = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < ends, f"it did not come to pass within {PATIENCE:.0f} seconds"
        time.sleep(A_MOMENT)
    return answer
