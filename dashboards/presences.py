"""Who is in a room just now, as far as this process hears from their browsers. Nothing of it is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from uuid import UUID

GONE_AFTER = 15.0
"""Seconds without a sign of life; browsers slow down the timers of hidden tabs."""


class Presences:
    """One registry per process, shared by all its sessions."""

    def __init__(self) -> None:
        self._heard: dict[UUID, dict[str, float]] = {}
        self._lock = threading.Lock()

    def here(self, room: UUID, name: str) -> None:
        """A sign of life."""
        with self._lock:
            self._heard.setdefault(room, {})[name] = time.monotonic()

    def gone(self, room: UUID, name: str) -> None:
        """Left on purpose."""
        with self._lock:
            self._heard.get(room, {}).pop(name, None)

    def of(self, room: UUID) -> tuple[str, ...]:
        """Who was heard of lately, in the order of the alphabet."""
        since = time.monotonic() - GONE_AFTER
        with self._lock:
            heard: Mapping[str, float] = dict(self._heard.get(room, {}))
        return tuple(sorted(name for name, last in heard.items() if last >= since))
