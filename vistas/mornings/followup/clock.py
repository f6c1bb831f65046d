"""A stretch of time at the same clock time of another window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from vistas.snapshot import Window

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """`phrase` says which time it is, such as *in the same hour*; `remark` what is to be said besides."""

    start: datetime
    end: datetime
    phrase: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NotThere:
    """Why a window holds no such time."""

    reason: str


def same_clock(
    start: datetime, end: datetime, then: Window, now: Window, *, zone: tzinfo, day: str
) -> Moved | NotThere:
    """The stretch moved by whole days of `zone`, as many as lie between the windows' ends.

    Of two vistas of one day the same hours are the same data: there it is the last stretch of that length.
    """
    start, end = min(start, end), max(start, end)
    phrase = same_time(end - start)
    if then == now:
        return Moved(start, end, phrase)
    apart = (now.end - then.end) / _A_DAY
    if round(apart) == 0:
        return _last(end - start, now)
    overlapping: Moved | None = None
    for days in dict.fromkeys((round(apart), math.floor(apart), math.ceil(apart))):
        moved = _shifted(start, days, zone) if days else None
        if moved is None or moved > now.end or moved + (end - start) < now.start:
            continue
        found = _cut(moved, moved + (end - start), now, phrase, day)
        if not found.remark:
            return found
        overlapping = overlapping or found
    return overlapping or _outside(start, then, now, zone, day)


def same_time(span: timedelta) -> str:
    """`in the same hour`, `in the same 29 minutes`, `at the same time` for one moment."""
    return f"in the same {say_span(span)}" if span else "at the same time"


def say_span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return "minute"
    if minutes == 60:  # noqa: PLR2004
        return "hour"
    if minutes < 120:  # noqa: PLR2004
        return "minute" if minutes == 1 else f"{minutes} minutes"
    if minutes < 48 * 60:
        return f"{minutes / 60:.3g} hours"
    return f"{minutes / 1440:.3g} days"


def _last(span: timedelta, now: Window) -> Moved:
    phrase = f"in the last {say_span(span)}" if span else "at the end"
    remark = "Both are of one day, where the same hours hold the same data: the end of the other one is read."
    return Moved(max(now.start, now.end - span), now.end, phrase, remark)


def _shifted(start: datetime, days: int, zone: tzinfo) -> datetime | None:
    """So many days later on the clock of `zone`; None outside the calendar."""
    try:
        return (start.astimezone(zone) + timedelta(days=days)).astimezone(start.tzinfo)
    except OverflowError:
        return None


def _cut(start: datetime, end: datetime, now: Window, phrase: str, day: str) -> Moved:
    """Only as far as it lies in the window."""
    inside_start, inside_end = max(start, now.start), min(end, now.end)
    if end > now.end:
        return Moved(inside_start, inside_end, phrase, f"The end of that time has not come yet {day}.")
    if start < now.start:
        return Moved(inside_start, inside_end, phrase, f"What was gathered {day} begins only within that time.")
    return Moved(start, end, phrase)


def _outside(start: datetime, then: Window, now: Window, zone: tzinfo, day: str) -> NotThere:
    days = (now.end.astimezone(zone).date() - then.end.astimezone(zone).date()).days
    moved = _shifted(start, days, zone)
    if moved is not None and moved >= now.end:
        return NotThere(f"that hour has not come yet {day}")
    return NotThere(f"that hour is not in what was gathered {day}")
