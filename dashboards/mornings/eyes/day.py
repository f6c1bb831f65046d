"""How the day of a vista is called: where it stands alone, and within a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboards.ui import words
from vistas.vista import Eyes, Vista


@dataclass(frozen=True, slots=True)
class Day:
    """`alone` is `Today`, `Friday`, `20 November`; `within` is `today`, `on Friday`, `on 20 November`."""

    alone: str
    within: str


def of_now(vista: Vista, now: datetime, zone: ZoneInfo) -> Day:
    """The day of its data, which a recording keeps."""
    return _day(vista.window.end, now, zone)


def of_then(eyes: Eyes, now: datetime, zone: ZoneInfo) -> Day:
    """The day on which the earlier vista was walked."""
    return _day(eyes.begun_at, now, zone)


def _day(moment: datetime, now: datetime, zone: ZoneInfo) -> Day:
    alone = words.day(moment, now, zone)
    if alone in {"Today", "Yesterday"}:
        return Day(alone, alone.lower())
    alone = alone.removesuffix(f" {now.astimezone(zone).year}")
    return Day(alone, f"on {alone}")
