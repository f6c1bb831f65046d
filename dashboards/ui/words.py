"""How times, spans and counts are said to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from vistas.formatting.counts import counted
from vistas.routine import write_span
from vistas.snapshot import Window

K = TypeVar("K")

count = counted


def greeting(now: datetime, zone: ZoneInfo) -> str:
    hour = now.astimezone(zone).hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"  # noqa: PLR2004


def day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`Today`, `Yesterday`, a weekday within the last week, else the date."""
    there, here = moment.astimezone(zone).date(), now.astimezone(zone).date()
    days = (here - there).days
    if days in {0, 1}:
        return ("Today", "Yesterday")[days]
    return f"{there:%A}" if 1 < days < 7 else f"{there.day} {there:%B %Y}"  # noqa: PLR2004


def clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    return f"{day(moment, now, zone)}, {clock(moment, zone)}"


def when_in_sentence(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """As it stands within a sentence: `today at 09:12`, `Friday at 09:12`."""
    named = day(moment, now, zone)
    return f"{named.lower() if named in {'Today', 'Yesterday'} else named} at {clock(moment, zone)}"


def recent_time(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The time alone where it is of today, else with the day."""
    return clock(moment, zone) if day(moment, now, zone) == "Today" else when(moment, now, zone)


def stretch(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """A stretch of time, as short as it can be said: the day only where it is needed."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first == last:
        return f"{first:%H:%M}"
    if last - first < timedelta(hours=24):
        return f"{first:%H:%M} – {last:%H:%M}"
    return f"{first:%a %H:%M} – {last:%a %H:%M}"


def window(asked: Window, zone: ZoneInfo) -> str:
    """`Sun 20:00 to Mon 08:00, UTC (12h)`."""
    start, end = asked.start.astimezone(zone), asked.end.astimezone(zone)
    return f"{start:%a %H:%M} to {end:%a %H:%M} {end.tzname()} ({write_span(asked.span)})"


def distinguished(named: Iterable[tuple[K, str]]) -> Mapping[K, str]:
    """What each is called in a list to choose from; the second of a name is `name (2)`.

    Streamlit knows a choice by its words, so that of two equal ones only the last could be chosen.
    """
    told: dict[K, str] = {}
    given: set[str] = set()
    for each, name in named:
        number, words = 1, name
        while words in given:
            number += 1
            words = f"{name} ({number})"
        given.add(words)
        told[each] = words
    return told


def file_name(title: str, otherwise: str) -> str:
    """A title as a name that every file system takes, such as `a-slow-leak`; `otherwise` where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or otherwise


_SMALL = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def spelled(number: int) -> str:
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)
