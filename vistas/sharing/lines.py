"""What a chart of a page shows: the few series that stand out by name, the rest as quiet lines behind them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, overload

from vistas.charts.prepared import (
    ANSWERED,
    SLOW,
    TURNED_AWAY,
    Group,
    axis_from_zero,
    axis_of,
    by_standing,
    choose,
    is_over_time,
    label_sets,
    named_percentiles,
    normal_of,
    usual_step,
)
from vistas.charts.scale import Scale
from vistas.formatting.values import series_names
from vistas.routine import Drawing, Look, Unit
from vistas.sharing.marks import PrintedMark, names
from vistas.sharing.tables import MARKS_AT_MOST, cut
from vistas.snapshot import Frame, FrameKind, Window
from vistas.vista.notice import Stretch

if TYPE_CHECKING:
    import polars as pl

    from vistas.requests.controllers import Compared, Comparison

NAMED = 8
_POINTS = 240
_NAME = 200
_TONES = {
    "2xx": "calm",
    "3xx": "mid",
    "1xx": "quiet",
    "5xx": "s1",
    "4xx": "s2",
    "none": "mid",
    "p99": "s1",
    "p95": "s2",
    "p50": "calm",
}
"""The tone of each line of `ANSWERED`, `TURNED_AWAY` and `SLOW`."""

Point = tuple[float, float]
"""Epoch milliseconds and a value, which is not finite where there is none."""


@dataclass(frozen=True, slots=True)
class LinePoints(Sequence[Point]):
    """Points as two rows of numbers, which take an eighth of the memory that as many pairs would."""

    times: array[float]
    values: array[float]

    def __len__(self) -> int:
        return len(self.times)

    @overload
    def __getitem__(self, place: int) -> Point: ...
    @overload
    def __getitem__(self, place: slice) -> LinePoints: ...
    def __getitem__(self, place: int | slice) -> Point | LinePoints:
        if isinstance(place, slice):
            return LinePoints(self.times[place], self.values[place])
        return self.times[place], self.values[place]

    def __iter__(self) -> Iterator[Point]:
        return zip(self.times, self.values, strict=True)


@dataclass(frozen=True, slots=True)
class ChartLine:
    """`tone` names its colour; a line without a name stays in the background. `step` is in milliseconds."""

    name: str
    points: Sequence[Point]
    tone: str
    step: float

    @property
    def finite(self) -> list[float]:
        return [value for _, value in self.points if math.isfinite(value)]


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """One value axis. `normal` is where a quiet line says what normal is."""

    caption: str
    lines: tuple[ChartLine, ...]
    scale: Scale
    unit: Unit
    normal: tuple[tuple[float, str], ...] = ()


def panels(look: Look, frame: Frame, window: Window, marks: Sequence[PrintedMark]) -> tuple[ChartPanel, ...]:
    """The panels of a look's chart; none where the frame holds nothing over time."""
    if frame.kind is FrameKind.REQUESTS and frame.rows:
        return _request_panels(look, frame.data, window)
    if frame.kind is FrameKind.SERIES and is_over_time(frame) and look.draw is not Drawing.STATES:
        return (_series_panel(look, frame, marks),)
    return ()


def _series_panel(look: Look, frame: Frame, marks: Sequence[PrintedMark]) -> ChartPanel:
    every = label_sets(frame.data)
    names_of = series_names(every, look.name)
    order = by_standing(frame.data, names_of, lowest_first=look.normal_above is not None)
    stretches = (mark.notice.anchor for mark in marks[:MARKS_AT_MOST])
    asked = [anchor.series for anchor in stretches if isinstance(anchor, Stretch)]
    marked = [place for place in order if any(series and names(series, every[place]) for series in asked)]
    chosen = choose(order, named=NAMED, first=marked)
    lines = [
        _line(frame, place, cut(names_of[place], _NAME), f"s{rank}")
        for rank, place in enumerate(chosen.named, start=1)
    ]
    quiet = [_line(frame, place, "", "quiet") for place in chosen.quiet]
    return _panel(chosen.caption, (*quiet, *lines), look)


def _line(frame: Frame, place: int, name: str, tone: str) -> ChartLine:
    times = array("d", frame.data["times"][place].dt.epoch("ms").to_list())
    points = LinePoints(times, array("d", frame.data["values"][place].to_list()))
    gaps = (after - before for before, after in pairwise(times))
    return ChartLine(name, points, tone, usual_step(gaps, frame.step))


def _panel(caption: str, lines: tuple[ChartLine, ...], look: Look) -> ChartPanel:
    levels = [level for line in lines for level in line.finite]
    axis = axis_of(look, min(levels, default=0.0), max(levels, default=0.0))
    shown = tuple(each for each in normal_of(look) if axis.low <= each[0] <= axis.high)
    return ChartPanel(caption, lines, axis, look.unit, shown)


def _request_panels(look: Look, cube: pl.DataFrame, window: Window) -> tuple[ChartPanel, ...]:
    """How many were answered and how many turned away, a minute; or how long it took, where that is asked."""
    import polars as pl

    from vistas.requests import controllers
    from vistas.requests.summary import rate_per_minute, step_for

    inside = cube.filter(pl.col("minute").is_between(window.start, window.end, closed="left"))
    if inside.is_empty():
        return ()
    if look.take == controllers.TAKE:
        return _compared(controllers.side_by_side(inside, window), controllers.step_of(window))
    step = step_for(window, _POINTS)
    if look.draw is Drawing.HEATMAP or look.unit is Unit.SECONDS:
        return _told(named_percentiles(inside, step), "seconds", step, (SLOW,))
    rates = rate_per_minute(inside, "class", step=step)
    return _told(rates, "per_minute", step, (ANSWERED, TURNED_AWAY))


def _compared(comparisons: Sequence[Comparison], step: timedelta) -> tuple[ChartPanel, ...]:
    """One panel a measure, a tone a controller."""
    width = step.total_seconds() * 1000
    made = []
    for each in comparisons:
        lines = tuple(
            ChartLine(cut(line.name, _NAME), _points(line), f"s{line.tone}", width) for line in each.lines
        )
        highest = max((level for line in lines for level in line.finite), default=0.0)
        made.append(ChartPanel(each.caption, lines, axis_from_zero(highest, each.unit), each.unit))
    return tuple(made)


def _points(line: Compared) -> list[Point]:
    times = line.times.dt.epoch("ms").to_list()
    return [
        (time, math.nan if value is None else value)
        for time, value in zip(times, line.values.to_list(), strict=True)
    ]


def _told(table: pl.DataFrame, value: str, step: timedelta, groups: Iterable[Group]) -> tuple[ChartPanel, ...]:
    points: dict[str, list[Point]] = {}
    for time, name, level in table.select(table["time"].dt.epoch("ms"), "name", value).iter_rows():
        points.setdefault(name, []).append((time, math.nan if level is None else level))
    width = step.total_seconds() * 1000
    made = []
    for group in groups:
        lines = tuple(ChartLine(name, points[name], _TONES[name], width) for name in group.names if name in points)
        highest = max((level for line in lines for level in line.finite), default=0.0)
        if lines:
            made.append(ChartPanel(group.caption, lines, axis_from_zero(highest, group.unit), group.unit))
    return tuple(made)
