"""Requests over time as a small picture for a terminal: how many, how they were answered, how long they took."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

import polars as pl

from vistas.command_line.blocks import ridge
from vistas.formatting.values import format_value
from vistas.requests.summary import bucket_of, percentiles, status_class
from vistas.routine import Unit

Tone = Literal["", "calm", "soft", "blue", "amber", "red"]

TONES: dict[str, Tone] = {"2xx": "calm", "3xx": "blue", "4xx": "amber", "5xx": "red", "none": "red", "1xx": "soft"}
"""How each class of status is coloured."""
_MINUTE = timedelta(minutes=1)
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080, 20_160, 43_200)
_TICKS = (1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200, 129_600, 525_600)
_DAY = 1440
_HEIGHT = 4
_WIDEST_STEP = 4
"""How many letters a step may take where a log is short."""
_APART = 11
"""How many letters there are at least from one time below the picture to the next."""
GUTTER = 6


@dataclass(frozen=True, slots=True)
class SkylineRow:
    """One line of the picture: what it is, the blocks, their colour, and what is said at its end."""

    name: str
    drawn: str
    tone: Tone = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """`count` steps of so many minutes from `start`, each `width` characters wide."""

    start: datetime
    minutes: int
    count: int
    width: int

    @classmethod
    def over(cls, first: datetime, last: datetime, width: int) -> TimeScale:
        """As fine as fits into `width` characters."""
        span = (last - first) / _MINUTE
        months = math.ceil(span / max(width - 1, 1) / _STEPS[-1]) * _STEPS[-1]
        minutes = next((each for each in _STEPS if span / each + 1 <= width), months)
        start = datetime.fromtimestamp(first.timestamp() // (minutes * 60) * minutes * 60, UTC)
        count = int((last - start) / _MINUTE // minutes) + 1
        return cls(start, minutes, count, min(max(width // count, 1), _WIDEST_STEP))

    def place(self, minute: pl.Expr) -> pl.Expr:
        """The number of the step that a time is in."""
        return (minute - self.start).dt.total_minutes() // self.minutes

    def widened(self, levels: Sequence[float | None]) -> list[float | None]:
        return [level for level in levels for _ in range(self.width)]

    @property
    def step_name(self) -> str:
        """`a minute`, `15 minutes`, `2 hours`, `a week`."""
        for size, name in ((10_080, "week"), (_DAY, "day"), (60, "hour"), (1, "minute")):
            if self.minutes % size == 0:
                number = self.minutes // size
                return f"{'an' if name == 'hour' else 'a'} {name}" if number == 1 else f"{number:,} {name}s"
        raise AssertionError(self.minutes)


def skyline(cells: pl.DataFrame, clock: TimeScale) -> Iterator[SkylineRow]:
    """The picture of a `requests` frame: a ridge of all requests, a line for each class that is no success."""
    placed = cells.with_columns(_step=clock.place(pl.col("minute")), _class=status_class(pl.col("status")))
    everything = _by_step(placed.group_by("_step").agg(pl.col("requests").sum()), "requests", clock)
    *upper, lowest = ridge(clock.widened(everything), _HEIGHT)
    yield SkylineRow("", upper[0], "calm", f"at most {_number(max(each or 0 for each in everything))}")
    yield from (SkylineRow("", drawn, "calm") for drawn in upper[1:])
    yield SkylineRow("all", lowest, "calm")
    for name in ("1xx", "3xx", "4xx", "5xx", "none"):
        of_class = placed.filter(pl.col("_class") == name)
        if not of_class.is_empty():
            levels = _by_step(of_class.group_by("_step").agg(pl.col("requests").sum()), "requests", clock)
            yield _line(name, levels, clock, TONES[name], _number(max(each or 0 for each in levels)))
    slow = _by_step(percentiles(placed, (0.95,), ["_step"]).drop_nulls(), "p95", clock)
    if any(slow):
        _, highest = bucket_of(max(each or 0 for each in slow))
        yield _line("p95", slow, clock, "soft", format_value(highest, Unit.SECONDS))


def _line(name: str, levels: Sequence[float | None], clock: TimeScale, tone: Tone, highest: str) -> SkylineRow:
    (drawn,) = ridge(clock.widened(levels), 1)
    return SkylineRow(name, drawn, tone, f"at most {highest}")


def _by_step(table: pl.DataFrame, value: str, clock: TimeScale) -> list[float | None]:
    known = dict(table.select("_step", value).iter_rows())
    return [known.get(step) for step in range(clock.count)]


def _number(value: float) -> str:
    return f"{int(value):,}"


def times_below(clock: TimeScale, zone: tzinfo | None = None) -> str:
    """Round times, each beginning where it is; in the zone of this machine unless another is given."""
    every = next(
        (each for each in _TICKS if each / clock.minutes * clock.width >= _APART and each % clock.minutes == 0),
        clock.minutes * math.ceil(_APART / clock.width),
    )
    line = ""
    for step in range(clock.count):
        moment = (clock.start + step * clock.minutes * _MINUTE).astimezone(zone)
        if _is_round(moment, every, clock.minutes) and len(line) <= step * clock.width:
            line = line.ljust(step * clock.width) + _written(moment, every)
    return line


def _is_round(moment: datetime, every: int, step: int) -> bool:
    """Whether a round time lies in the step that begins at `moment`."""
    since = (moment.replace(tzinfo=UTC) - datetime(2001, 1, 1, tzinfo=UTC)) // _MINUTE
    return since % every < step


def _written(moment: datetime, every: int) -> str:
    if every >= 43_200:  # noqa: PLR2004 - a month
        return f"{moment:%b %Y}"
    midnight = every >= _DAY or (moment.hour, moment.minute) == (0, 0)
    return f"{moment.day} {moment:%b}" if midnight else f"{moment:%H:%M}"
