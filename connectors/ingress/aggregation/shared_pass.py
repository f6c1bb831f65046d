"""Lets several looks of one gathering share one pass over the logs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from connectors.taking import Unobtainable
from vistas.gathering.single_flight import NotInTime, SingleFlight
from vistas.snapshot import GapReason
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.ingress.aggregation.one_pass import LogPass
    from connectors.ingress.aggregation.summarising import SummaryScope

LIFETIME = 30.0
"""Seconds for which a pass stands in for another of the same scope."""
KEPT = 4
WINDING_UP = 2.0
"""Seconds that a pass may take once it has met its deadline."""


class SharedPasses:
    """Whoever asks first makes the pass; who asks for the same meanwhile, or within `LIFETIME`, gets the same one.

    A pass that failed or was cut short is not kept: the next to ask tries anew. Who waited for it fails with it,
    also where it ran out of time: what comes through a pipe can be read once only.
    """

    def __init__(
        self, make: Callable[[SummaryScope, Deadline], LogPass], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._make = make
        self._made = SingleFlight["SummaryScope", "LogPass"](
            lifetime=LIFETIME, room=KEPT, keeps=lambda made: made.complete, clock=clock
        )

    def get(self, scope: SummaryScope, deadline: Deadline) -> LogPass:
        """Raises Unobtainable, from the pass or because the deadline ended the waiting for it."""
        try:
            return self._made.get(scope, lambda: self._make(scope, deadline), deadline, grace=WINDING_UP)
        except NotInTime:
            raise _out_of_time(deadline) from None


def _out_of_time(deadline: Deadline) -> Unobtainable:
    if deadline.cancelled:
        return Unobtainable(GapReason.CANCELLED, "The gathering was cancelled while the logs were being read.")
    message = "The logs were still being read when time ran out."
    return Unobtainable(GapReason.TOO_SLOW, message, "Allow more time, or name fewer files.")
