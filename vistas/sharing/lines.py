"""What a chart of a page shows: the few series that stand out by name, the rest as quiet lines behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from vistas.formatting import format_value, series_name
from vistas.notice import Stretch
from vistas.routine import Drawing, Look, Unit
from vistas.scale import Scale, scale
from vistas.sharing.marks import Mark, names
from vistas.sharing.tables import cut, label_sets
from vistas.snapshot import Frame, FrameKind, Window

if TYPE_CHECKING:
    import polars as pl

    from vistas.controllers import Compared, Comparison

NAMED, QUIET = 8, 40
_POINTS = 240
_NAME = 200
_WELL = {"2xx": "calm", "3xx": "mid", "1xx": "quiet"}
_AWAY = {"5xx": "s1", "4xx": "s2", "none": "mid"}
_SLOW = {"p99": "s1", "p95": "s2", "p50": "calm"}

Point = tuple[float, float]
"""Epoch milliseconds and a value, which is not finite where there is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """`tone` names its colour; a line without a name stays in the background. `step` is in milliseconds."""

    name: str
    points: Sequence[Point]
    tone: str
    step: float

    @property
    def finite(self) -> list[float]:
        return [value for _, value in self.points if math.isfinite(value)]


@dataclass(frozen=True, slots=True)
class Panel:
    """One value axis. `normal` is where a quiet line says what normal is."""

    caption: str
    lines: tuple[Line, ...]
    scale: Scale
    unit: Unit
    normal: tuple[tuple[float, str], ...] = ()


def panels(look: Look, frame: Frame, window: Window, marks: Sequence[Mark]) -> tuple[Panel, ...]:
    """The panels of a look's chart; none where the frame holds nothing over time."""
    if frame.kind is FrameKind.REQUESTS and frame.rows:
        return _request_panels(look, frame.data, window)
    if frame.kind is FrameKind.SERIES and _over_time(frame):
        return (_series_panel(look, frame, marks),)
    return ()


def _over_time(frame: Frame) -> bool:
    return bool(frame.rows) and bool((frame.data["values"].list.len() > 1).any())


def _series_panel(look: Look, frame: Frame, marks: Sequence[Mark]) -> Panel:
    every = label_sets(frame.data)
    order = _by_standing(frame.data, lowest_first=look.normal_above is not None)
    asked = [mark.notice.anchor.series for mark in marks if isinstance(mark.notice.anchor, Stretch)]
    marked = [place for place in order if any(series and names(series, every[place]) for series in asked)]
    chosen = list(dict.fromkeys([*marked[:NAMED], *order]))
    named = sorted(chosen[:NAMED], key=order.index)
    lines = [
        _line(frame, place, cut(series_name(every[place], every, look.name), _NAME), f"s{rank}")
        for rank, place in enumerate(named, start=1)
    ]
    quiet = [_line(frame, place, "", "quiet") for place in chosen[NAMED : NAMED + QUIET]]
    caption = "" if len(order) <= NAMED else f"{NAMED} of {len(order):,} series by name"
    if (left_out := len(order) - NAMED - QUIET) > 0:
        caption += f", {left_out:,} not drawn"
    return _panel(caption, (*quiet, *lines), look)


def _by_standing(data: pl.DataFrame, *, lowest_first: bool) -> list[int]:
    """The places of the series with any finite value: the highest first, or the lowest."""
    import polars as pl

    finite = pl.element().filter(pl.element().is_finite())
    extreme = (finite.min() if lowest_first else finite.max()).alias("extreme")
    found = data.select(pl.col("values").list.eval(extreme).list.first()).to_series().to_list()
    places = [place for place, value in enumerate(found) if value is not None]
    return sorted(places, key=lambda place: found[place] if lowest_first else -found[place])


def _line(frame: Frame, place: int, name: str, tone: str) -> Line:
    times = frame.data["times"][place].dt.epoch("ms").to_list()
    values = frame.data["values"][place].to_list()
    points = list(zip(times, values, strict=True))
    return Line(name, points, tone, _step(points, frame.step))


def _step(points: Sequence[Point], asked: timedelta | None) -> float:
    """Milliseconds between samples: as asked for, else the median seen; 0 where there is nothing to go by."""
    if asked:
        return asked.total_seconds() * 1000
    gaps = [after[0] - before[0] for before, after in pairwise(points)]
    return median(gaps) if gaps else 0.0


def _panel(caption: str, lines: tuple[Line, ...], look: Look) -> Panel:
    levels = [level for line in lines for level in line.finite]
    normal = tuple(
        (level, f"normal: {which} {format_value(level, look.unit)}")
        for which, level in (("below", look.normal_below), ("above", look.normal_above))
        if level is not None
    )
    axis = scale(min(levels, default=0.0), max(levels, default=0.0), look.unit, [level for level, _ in normal])
    shown = tuple(each for each in normal if axis.low <= each[0] <= axis.high)
    return Panel(caption, lines, axis, look.unit, shown)


def _request_panels(look: Look, cube: pl.DataFrame, window: Window) -> tuple[Panel, ...]:
    """How many were answered and how many turned away, a minute; or how long it took, where that is asked."""
    import polars as pl

    from vistas import controllers
    from vistas.requests_summary import latency_over_time, rate_per_minute, step_for

    inside = cube.filter(pl.col("minute").is_between(window.start, window.end, closed="left"))
    if inside.is_empty():
        return ()
    if look.take == controllers.TAKE:
        return _compared(controllers.side_by_side(inside, window), controllers.step_of(window))
    step = step_for(window, _POINTS)
    if look.draw is Drawing.HEATMAP or look.unit is Unit.SECONDS:
        slow = latency_over_time(inside, (0.5, 0.95, 0.99), step=step)
        percent = pl.format("p{}", (pl.col("quantile") * 100).round(0).cast(pl.Int64))
        return _told(slow.with_columns(name=percent), "seconds", step, {"How long it took": _SLOW}, Unit.SECONDS)
    rates = rate_per_minute(inside, "class", step=step)
    groups = {"Answered, a minute": _WELL, "Turned away, a minute": _AWAY}
    return _told(rates, "per_minute", step, groups, Unit.NUMBER)


def _compared(comparisons: Sequence[Comparison], step: timedelta) -> tuple[Panel, ...]:
    """One panel a measure, a tone a controller."""
    width = step.total_seconds() * 1000
    made = []
    for each in comparisons:
        lines = tuple(Line(cut(line.name, _NAME), _points(line), f"s{line.tone}", width) for line in each.lines)
        highest = max((level for line in lines for level in line.finite), default=0.0)
        made.append(Panel(each.caption, lines, scale(0.0, highest, each.unit, wanted=3), each.unit))
    return tuple(made)


def _points(line: Compared) -> list[Point]:
    times = line.times.dt.epoch("ms").to_list()
    return [
        (time, math.nan if value is None else value)
        for time, value in zip(times, line.values.to_list(), strict=True)
    ]


def _told(
    table: pl.DataFrame, value: str, step: timedelta, groups: Mapping[str, Mapping[str, str]], unit: Unit
) -> tuple[Panel, ...]:
    points: dict[str, list[Point]] = {}
    for time, name, level in table.select(table["time"].dt.epoch("ms"), "name", value).iter_rows():
        points.setdefault(name, []).append((time, math.nan if level is None else level))
    width = step.total_seconds() * 1000
    made = []
    for caption, tones in groups.items():
        lines = tuple(Line(name, points[name], tone, width) for name, tone in tones.items() if name in points)
        highest = max((level for line in lines for level in line.finite), default=0.0)
        if lines:
            made.append(Panel(caption, lines, scale(0.0, highest, unit, wanted=3), unit))
    return tuple(made)
