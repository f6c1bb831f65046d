"""Waiting in tests: long enough for a machine that does other things as well, and no longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

PATIENCE = 60.0
"""Seconds within which everything that is to happen by itself has happened."""
LATE = 8.0
"""Seconds by which a busy machine may miss a moment. What ignores its deadline in a test misses it by more."""
A_MOMENT = 0.05


def eventually(ask: Callable[[], Answer | None]) -> Answer:
    """The first true answer."""
    ends = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < ends, f"it did not come to pass within {PATIENCE:.0f} seconds"
        time.sleep(A_MOMENT)
    return answer
