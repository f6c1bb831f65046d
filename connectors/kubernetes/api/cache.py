"""A short-lived cache: the looks of one gathering often need the same list."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from connectors.kubernetes.api.deadline import out_of_time
from connectors.taking import ran_out_of_time
from vistas.gathering.single_flight import NotInTime, SingleFlight
from vistas.source import Deadline

V = TypeVar("V")

LIFETIME = 20.0
"""Seconds from the fetch for which it may be used again."""
ROOM = 64_000_000
"""Bytes that may stand on the shelf; the oldest go first."""


class ExpiringCache(Generic[V]):
    """Things by key, each fetched by one thread while the others wait for it. A failure is not kept."""

    def __init__(
        self,
        size_of: Callable[[V], int],
        *,
        lifetime: float = LIFETIME,
        room: int = ROOM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetched = SingleFlight[Hashable, V](
            lifetime=lifetime, room=room, size_of=size_of, is_own=ran_out_of_time, clock=clock
        )

    def get(self, key: Hashable, deadline: Deadline, fetch: Callable[[], V]) -> V:
        """The thing, from the shelf or by `fetch`. What `fetch` raises reaches everybody who waited for it."""
        try:
            return self._fetched.get(key, fetch, deadline)
        except NotInTime:
            raise out_of_time(deadline, "a list that another look had asked for") from None
