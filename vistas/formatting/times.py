"""How moments and windows are written for a person, in UTC: the same in exports and in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

from vistas.snapshot import Window


def say_day(moment: datetime) -> str:
    """`Thu 19 Nov 2026`."""
    there = moment.astimezone(UTC)
    return f"{there:%a} {there.day} {there:%b} {there.year}"


def say_time(moment: datetime) -> str:
    """`Thu 19 Nov 2026, 07:30`."""
    return f"{say_day(moment)}, {moment.astimezone(UTC):%H:%M}"


def say_window(window: Window) -> str:
    """`Wed 18 Nov 2026, 19:30 to Thu 19 Nov 2026, 07:30 UTC`."""
    return f"{say_time(window.start)} to {say_time(window.end)} UTC"
