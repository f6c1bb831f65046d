"""At which moments a range query is evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vistas.snapshot import Window

FITTING_POINTS = 720
"""At most so many points: about as many as a chart has pixels for."""
REFUSED_ABOVE = 11_000
"""Prometheus refuses a range query of more points a series (its `web/api/v1/api.go`)."""

_DAY = 86_400
_ROUND_STEPS = (15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, _DAY)


@dataclass(frozen=True, slots=True)
class QueryRange:
    """Evenly spaced moments from `start` to `end`, both included, each a multiple of `step` since 1970."""

    start: datetime
    end: datetime
    step: timedelta

    @property
    def points(self) -> int:
        return (self.end - self.start) // self.step + 1


def fitting_step(span: timedelta) -> timedelta:
    """The smallest round step that lays at most `FITTING_POINTS` points over `span`."""
    least = span.total_seconds() / FITTING_POINTS
    for step in _ROUND_STEPS:
        if step >= least:
            return timedelta(seconds=step)
    return timedelta(days=-(-least // _DAY))


def grid(window: Window) -> QueryRange:
    """The moments within the window; the last one before it where it is too short to hold any.

    Multiples of the step, so that two windows of one length that overlap are evaluated at the same moments.
    """
    step = fitting_step(window.span)
    epoch = datetime.fromtimestamp(0, UTC)
    start = epoch - (epoch - window.start) // step * step
    last = epoch - (epoch - window.end) // step * step
    end = last - step
    return QueryRange(min(start, end), end, step)
