"""Which earlier mornings today is compared with, and which of their hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from uuid import UUID

from vistas.snapshot import Window
from vistas.vista import Vista

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
HOURS: Final = 24
"""Of a longer window, the last so many hours are compared."""
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Morning:
    """What is known of a vista without its data. `routine` is the routine's slug."""

    id: UUID
    routine: str
    window: Window

    @classmethod
    def of(cls, vista: Vista) -> Morning:
        return cls(vista.id, vista.routine.routine, vista.window)


def earlier_mornings(today: Morning, candidates: Iterable[Morning], zone: tzinfo) -> tuple[Morning, ...]:
    """Those that today may be compared with, one a day, oldest first.

    They are of the same routine and of earlier days; of weekdays for a weekday, of weekends for a weekend; and
    cover at least half of the hours that today's window has, by the clock of `zone`. Of two of a day it is the one
    whose window ends last.
    """
    found: dict[int, Morning] = {}
    for each in sorted(candidates, key=lambda each: (each.window.end, each.id)):
        back = days_before(today.window, each.window, zone)
        if back > 0 and each.routine == today.routine and _alike(today, each, back, zone):
            found[back] = each
    return tuple(found[back] for back in sorted(found, reverse=True))


def hours_of(window: Window) -> tuple[Window, ...]:
    """The hours of a window, counted back from its end, oldest first. A shorter window is one, of its length."""
    number = min(HOURS, window.span // HOUR)
    ends = [window.end - back * HOUR for back in reversed(range(number))]
    return tuple(Window.ending(end, HOUR) for end in ends) or (window,)


def hours_covered(today: Window, other: Window, zone: tzinfo) -> tuple[Window | None, ...]:
    """Today's hours as the clock of `zone` had them on the other window's day.

    None where the other window does not have at least half of one, or the clock skipped it.
    """
    back = days_before(today, other, zone)
    hours = (_days_earlier(hour, back, zone) for hour in hours_of(today))
    return tuple(hour if hour is not None and covers(other, hour) else None for hour in hours)


def covers(window: Window, hour: Window) -> bool:
    """Whether it has at least half of the hour."""
    return 2 * (min(window.end, hour.end) - max(window.start, hour.start)) >= hour.span


def days_before(today: Window, other: Window, zone: tzinfo) -> int:
    """By how many days the other window ended earlier, at about the same time of day; below zero: later."""
    apart = today.end.astimezone(zone).replace(tzinfo=None) - other.end.astimezone(zone).replace(tzinfo=None)
    return round(apart / DAY)


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _alike(today: Morning, other: Morning, back: int, zone: tzinfo) -> bool:
    day = today.window.end.astimezone(zone).date()
    if is_weekend(day) != is_weekend(day - back * DAY):
        return False
    hours = hours_covered(today.window, other.window, zone)
    return 2 * sum(hour is not None for hour in hours) >= len(hours)


def _days_earlier(hour: Window, days: int, zone: tzinfo) -> Window | None:
    start, end = (_on_day(moment, days, zone) for moment in (hour.start, hour.end))
    return Window(start, end) if start < end else None


def _on_day(moment: datetime, days: int, zone: tzinfo) -> datetime:
    there = moment.astimezone(zone).replace(tzinfo=None, fold=0) - days * DAY
    return there.replace(tzinfo=zone).astimezone(UTC)
