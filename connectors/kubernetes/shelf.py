"""What was just fetched, kept for a moment: the looks of one gathering often need the same list."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillFetching
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from connectors.kubernetes.patience import GLANCE, out_of_time
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

V = TypeVar("V")

LIFETIME = 20.0
"""Seconds from the fetch for which it may be used again."""
ROOM = 64_000_000
"""Bytes that may stand on the shelf; the oldest go first."""


@dataclass
class _Item(Generic[V]):
    """One thing, fetched or being fetched."""

    value: Future[V] = field(default_factory=Future)
    size: int = 0
    put_at: float = 0.0


class Shelf(Generic[V]):
    """Things by key, each fetched by one thread while the others wait for it. A failure is not kept."""

    def __init__(
        self,
        size_of: Callable[[V], int],
        *,
        lifetime: float = LIFETIME,
        room: int = ROOM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size_of = size_of
        self._clock = clock
        self._lifetime = lifetime
        self._room = room
        self._items: dict[Hashable, _Item[V]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, deadline: Deadline, fetch: Callable[[], V]) -> V:
        """The thing, from the shelf or by `fetch`. What `fetch` raises reaches everybody who waited for it."""
        while True:
            with self._lock:
                self._clear_away()
                item = self._items.get(key)
                mine = item is None
                if item is None:
                    item = self._items[key] = _Item()
            if mine:
                return self._put(key, item, fetch)
            try:
                return _await(item.value, deadline)
            except Unobtainable as failure:
                # The first to ask may have had less time, or was called off: that is not our answer.
                theirs = failure.gap.reason in {GapReason.TOO_SLOW, GapReason.CANCELLED}
                if not theirs or deadline.passed:
                    raise

    def _put(self, key: Hashable, item: _Item[V], fetch: Callable[[], V]) -> V:
        try:
            value = fetch()
        except BaseException as failure:
            with self._lock:
                del self._items[key]
            item.value.set_exception(failure)
            raise
        with self._lock:
            item.size, item.put_at = self._size_of(value), self._clock()
            item.value.set_result(value)
            self._clear_away()
        return value

    def _clear_away(self) -> None:
        old = self._clock() - self._lifetime
        held = sum(item.size for item in self._items.values())
        there = [key for key, item in self._items.items() if item.value.done()]
        for key in sorted(there, key=lambda key: self._items[key].put_at):
            if self._items[key].put_at < old or held > self._room:
                held -= self._items.pop(key).size


def _await(value: Future[V], deadline: Deadline) -> V:
    while True:
        try:
            return value.result(timeout=min(GLANCE, deadline.remaining()))
        except StillFetching:
            if deadline.passed:
                raise out_of_time(deadline, "a list that another look had asked for") from None
