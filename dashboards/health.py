"""How the sources feel, looked after in the background so that no page waits for a tool."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from vistas.source import Deadline, Health, Source

PATIENCE = timedelta(seconds=8)
FRESH = 30.0
"""Seconds after which a page that shows a source's health has it checked again."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`health` is None while the first check is under way; `at` is a monotonic time."""

    health: Health | None
    at: float

    @property
    def age(self) -> float:
        return time.monotonic() - self.at


class HealthChecks:
    """The newest check of every source. One per process."""

    def __init__(self) -> None:
        self._checked: dict[str, Checked] = {}
        self._under_way: set[str] = set()
        self._lock = threading.Lock()

    def of(self, source: Source, *, anew: bool = False) -> Checked:
        """What is known now; starts a check in the background where that is old, missing, or asked for anew."""
        with self._lock:
            known = self._checked.get(source.name)
            due = anew or known is None or known.age > FRESH
            if due and source.name not in self._under_way:
                self._under_way.add(source.name)
                threading.Thread(target=self._check, args=(source,), name="check", daemon=True).start()
            return known or Checked(None, time.monotonic())

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def _check(self, source: Source) -> None:
        try:
            health = source.check(Deadline(PATIENCE))
            with self._lock:
                self._checked[source.name] = Checked(health, time.monotonic())
        finally:
            with self._lock:
                self._under_way.discard(source.name)
