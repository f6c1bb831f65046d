"""Several looks of one gathering share one pass over the logs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waited
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.ingress.gathering import LogPass
    from connectors.ingress.summarising import Scope

LIFETIME = 30.0
"""Seconds for which a pass stands in for another of the same scope."""
KEPT = 4
STEP = 0.1
"""How often somebody who waits looks whether the gathering was called off."""


@dataclass
class _Entry:
    future: Future[LogPass] = field(default_factory=Future)
    done_at: float | None = None

    def fresh(self, now: float) -> bool:
        return self.done_at is None or now - self.done_at < LIFETIME


class SharedPasses:
    """Whoever asks first makes the pass; who asks for the same meanwhile, or within `LIFETIME`, gets the same one.

    A pass that failed or was cut short is not kept: the next to ask tries anew.
    """

    def __init__(
        self, make: Callable[[Scope, Deadline], LogPass], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._make = make
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[Scope, _Entry] = {}

    def get(self, scope: Scope, deadline: Deadline) -> LogPass:
        """Raises Unobtainable, from the pass or because the deadline ended the waiting for it."""
        entry, mine = self._enter(scope)
        return self._lead(scope, entry, deadline) if mine else _wait(entry, deadline)

    def _enter(self, scope: Scope) -> tuple[_Entry, bool]:
        with self._lock:
            now = self._clock()
            self._entries = {known: entry for known, entry in self._entries.items() if entry.fresh(now)}
            if scope in self._entries:
                return self._entries[scope], False
            if len(self._entries) >= KEPT:
                done = [known for known, entry in self._entries.items() if entry.done_at is not None]
                for known in done[: len(self._entries) - KEPT + 1]:
                    del self._entries[known]
            entry = self._entries[scope] = _Entry()
            return entry, True

    def _lead(self, scope: Scope, entry: _Entry, deadline: Deadline) -> LogPass:
        try:
            made = self._make(scope, deadline)
        except BaseException as failure:
            self._forget(scope, entry)
            entry.future.set_exception(failure)
            raise
        if made.complete:
            entry.done_at = self._clock()
        else:
            self._forget(scope, entry)
        entry.future.set_result(made)
        return made

    def _forget(self, scope: Scope, entry: _Entry) -> None:
        with self._lock:
            if self._entries.get(scope) is entry:
                del self._entries[scope]


def _wait(entry: _Entry, deadline: Deadline) -> LogPass:
    """A little longer than the deadline, since a pass that meets the same one still has to be wound up."""
    grace = time.monotonic() + deadline.remaining() + 2.0
    while not deadline.cancelled and time.monotonic() < grace:
        try:
            return entry.future.result(timeout=STEP)
        except Waited:
            continue
    if deadline.cancelled:
        raise Unobtainable(GapReason.CANCELLED, "The gathering was called off while the logs were read.")
    says = "The logs were still being read when the time was over."
    raise Unobtainable(GapReason.TOO_SLOW, says, "Allow more time, or name fewer files.")
