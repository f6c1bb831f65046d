"""Work that many ask for at once is done once: by the first, for all of them, and for those who come later."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from vistas.source import Deadline

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

GLANCE: Final = 0.1
"""Seconds between two glances at the deadline: how soon somebody who waits notices that it was called off."""


class NotInTime(Exception):
    """The deadline passed before whoever asked first had it."""


@dataclass(slots=True)
class _Item(Generic[V]):
    """One thing, made or being made."""

    outcome: Future[V] = field(default_factory=Future)
    size: int = 0
    made_at: float = 0.0


class SingleFlight(Generic[K, V]):
    """Things by key, each made by one thread while the others wait for it. Safe to use from many threads.

    What was made is kept for `lifetime` seconds, as long as all that is kept is not larger than `room` as
    `size_of` counts it; the oldest goes first. What `keeps` says no to is handed over once and not kept. Nor is a
    failure: it reaches everybody who waits, except where `is_own` says that it was a matter of the one who asked
    first (they had less time, or were called off). Then one of the others does the work.
    """

    def __init__(
        self,
        *,
        lifetime: float,
        room: int,
        size_of: Callable[[V], int] = lambda _: 1,
        keeps: Callable[[V], bool] = lambda _: True,
        is_own: Callable[[BaseException], bool] = lambda _: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lifetime, self._room, self._clock = lifetime, room, clock
        self._size_of, self._keeps, self._is_own = size_of, keeps, is_own
        self._items: dict[K, _Item[V]] = {}
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V], deadline: Deadline, *, grace: float = 0.0) -> V:
        """The thing, as it was made before or by `make`. NotInTime after the deadline and `grace` seconds."""
        while True:
            item, is_first = self._enter(key)
            if is_first:
                return self._make(key, item, make)
            _await(item.outcome, deadline, grace)
            failure = item.outcome.exception()
            if failure is None or deadline.passed or not self._is_own(failure):
                return item.outcome.result()

    def _enter(self, key: K) -> tuple[_Item[V], bool]:
        with self._lock:
            self._drop_stale()
            if key in self._items:
                return self._items[key], False
            item = self._items[key] = _Item()
            return item, True

    def _make(self, key: K, item: _Item[V], make: Callable[[], V]) -> V:
        try:
            made = make()
            item.size = self._size_of(made)
            is_kept = item.size <= self._room and self._keeps(made)
        except BaseException as failure:
            self._forget(key)
            item.outcome.set_exception(failure)
            raise
        if is_kept:
            item.made_at = self._clock()
        else:
            self._forget(key)
        item.outcome.set_result(made)
        self._make_room()
        return made

    def _forget(self, key: K) -> None:
        with self._lock:
            del self._items[key]

    def _drop_stale(self) -> None:
        now = self._clock()
        for key, item in self._made():
            if now - item.made_at >= self._lifetime:
                del self._items[key]

    def _make_room(self) -> None:
        with self._lock:
            made = self._made()
            held = sum(item.size for _, item in made)
            for key, item in made:
                if held > self._room:
                    held -= item.size
                    del self._items[key]

    def _made(self) -> list[tuple[K, _Item[V]]]:
        """What is kept, the oldest first; not what is being made."""
        done = [(key, item) for key, item in self._items.items() if item.outcome.done()]
        return sorted(done, key=lambda each: each[1].made_at)


def _await(outcome: Future[V], deadline: Deadline, grace: float) -> None:
    until = time.monotonic() + deadline.remaining() + grace
    while not outcome.done():
        left = until - time.monotonic()
        if deadline.cancelled or left <= 0:
            raise NotInTime
        wait([outcome], timeout=min(GLANCE, left))
