"""The stretch of time that two windows have in common on the same clock, days apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from vistas.formatting.values import format_span
from vistas.snapshot import Provenance, Window

DAY = timedelta(days=1)
ENOUGH = 0.25
"""Of the shorter window: with less in common, each window is compared whole."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`then` and `now` cover the same hours of the day, unless `note` says otherwise.

    `elapsed` is the time between the two being taken; negative where `then` is the later one.
    """

    then: Window
    now: Window
    elapsed: timedelta
    note: str = ""

    @classmethod
    def between(cls, then: Provenance, now: Provenance) -> Clock:
        return cls.of(then.asked, now.asked, now.taken_at - then.taken_at)

    @classmethod
    def of(cls, then: Window, now: Window, elapsed: timedelta) -> Clock:
        shift = DAY * round((now.end - then.end) / DAY)
        start, end = max(then.start + shift, now.start), min(then.end + shift, now.end)
        if end - start < min(then.span, now.span) * ENOUGH:
            return cls(then, now, elapsed, _apart(then, now))
        note = "" if then.span == now.span == end - start else _in_common(start, end)
        return cls(Window(start - shift, end - shift), Window(start, end), elapsed, note)


def _apart(then: Window, now: Window) -> str:
    spans = " and ".join(format_span(window.span.total_seconds()) for window in (then, now))
    return f"The two windows ({spans}) are of different times of day; each is compared whole."


def _in_common(start: object, end: object) -> str:
    return f"Compared from {start:%H:%M} to {end:%H:%M} UTC, which both windows cover."
