"""How moments and windows are written for a person, in UTC: the same in exports and in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from vistas.formatting.counts import counted
from vistas.routine import Look
from vistas.snapshot import Window

_DAY = timedelta(days=1)
_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def say_day(moment: datetime) -> str:
    """`Thu 19 Nov 2026`."""
    there = moment.astimezone(UTC)
    return f"{there:%a} {there.day} {there:%b} {there.year}"


def say_time(moment: datetime) -> str:
    """`Thu 19 Nov 2026, 07:30`."""
    return f"{say_day(moment)}, {moment.astimezone(UTC):%H:%M}"


def say_clock(moment: datetime, window: Window, zone: tzinfo = UTC) -> str:
    """Within a window, as short as it is plain there: `07:30`, `Thu 07:30`, `19 Nov, 07:30`."""
    there = moment.astimezone(zone)
    if window.span < _DAY:
        return f"{there:%H:%M}"
    return f"{there:%a %H:%M}" if window.span < 7 * _DAY else f"{there.day} {there:%b}, {there:%H:%M}"


def say_window(window: Window) -> str:
    """`Wed 18 Nov 2026, 19:30 to Thu 19 Nov 2026, 07:30 UTC`."""
    return f"{say_time(window.start)} to {say_time(window.end)} UTC"


def say_length(span: timedelta) -> str:
    """In the largest unit that it is a whole number of: `7 days`, `36 hours`, `90 minutes`."""
    seconds = round(span.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    number = seconds // size
    return counted(number, unit)


def say_own_window(look: Look, asked: Window, walk: Window) -> str:
    """In what the stretch of time that a look looks at differs from the walk's; empty where it does not.

    `over 7 days`, `the same hours, 7 days earlier`, `3 hours earlier`.
    """
    said = []
    if look.window and look.take != "instant" and asked.span != walk.span:
        said.append(f"over {say_length(asked.span)}")
    if look.offset and asked.end < walk.end:
        earlier = walk.end - asked.end
        if asked.span == walk.span and earlier % _DAY == timedelta() and look.take != "instant":
            said.append("the same hours")
        said.append(f"{say_length(earlier)} earlier")
    return ", ".join(said)
