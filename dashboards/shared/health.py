"""Checks sources in the background, so that no page waits for a tool."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from vistas.errors import VistasError
from vistas.redaction import Redactor
from vistas.source import Deadline, Health, Source, check_source

PATIENCE = timedelta(seconds=8)
FRESH = 30.0
"""Seconds after which a page that shows a source's health has it checked again."""


@dataclass(frozen=True, slots=True)
class CheckedHealth:
    """`health` is None while the first check is under way; `at` is a monotonic time, `of` what was checked."""

    health: Health | None
    at: float
    of: Source | None = None

    @property
    def age(self) -> float:
        return time.monotonic() - self.at


class HealthChecks:
    """The newest check of every source, without secrets. One per process."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._checked: dict[str, CheckedHealth] = {}
        self._under_way: set[str] = set()
        self._lock = threading.Lock()

    def of(self, source: Source, *, anew: bool = False) -> CheckedHealth:
        """What is known now; starts a check in the background where that is old, missing, or asked for anew."""
        with self._lock:
            known = self._checked.get(source.name)
            if known is not None and known.of is not source:
                known = None  # another one of the same name, since the settings were changed
            due = anew or known is None or known.age > FRESH
            if due and source.name not in self._under_way:
                self._under_way.add(source.name)
                threading.Thread(target=self._check, args=(source,), name="check", daemon=True).start()
            return known or CheckedHealth(None, time.monotonic())

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def _check(self, source: Source) -> None:
        try:
            health = self._ask(source)
            with self._lock:
                self._checked[source.name] = CheckedHealth(health, time.monotonic(), source)
        finally:
            with self._lock:
                self._under_way.discard(source.name)

    def _ask(self, source: Source) -> Health:
        try:
            return check_source(source, Deadline(PATIENCE), self._redactor)
        except VistasError as error:
            says = self._redactor.begin().text(str(error))
            return Health(False, says, "Fix it in the settings, and use them again on the page of sources.")
