"""Fewer points that look the same: the lowest and the highest of each bucket stay, and so do gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboards.figures.reading import Floats, Milliseconds, SeriesLine
from vistas.charts.prepared import GAP
from vistas.snapshot import Window

PIXELS = 800
"""About as many points across as a chart is wide."""

MOST_POINTS = 15_000
"""Points in one figure, all series together: with their times under 400 KB of JSON."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as it goes into a trace: None where it is interrupted."""

    times: list[int]
    values: list[float | None]


def points_each(series: int) -> int:
    """How many points each of so many series may have."""
    return max(40, min(PIXELS, MOST_POINTS // max(series, 1)))


def thin(line: SeriesLine, points: int, step: float) -> Drawn:
    """At most about `points` points of a line; interrupted where over `GAP` steps (milliseconds) are missing."""
    times, values = line.times, line.values
    bucket = 0.0
    if len(times) > points:
        keep, bucket = _extremes(times, values, points // 2)
        times, values = times[keep], values[keep]
    return _interrupted(times, values, max(GAP * step, 1.01 * bucket) if step else math.inf)


def _extremes(times: Milliseconds, values: Floats, buckets: int) -> tuple[Milliseconds, float]:
    """Places of the lowest and highest value of each bucket of time, and the width of two buckets."""
    width = (times[-1] - times[0] + 1) / buckets
    bucket = ((times - times[0]) / width).astype(np.int64)
    low = np.lexsort((np.where(np.isnan(values), np.inf, values), bucket))
    high = np.lexsort((np.where(np.isnan(values), np.inf, -values), bucket))
    first = np.flatnonzero(np.r_[True, np.diff(bucket) > 0])
    return np.unique(np.concatenate([low[first], high[first]])), 2 * float(width)


def _interrupted(times: Milliseconds, values: Floats, limit: float) -> Drawn:
    breaks = np.flatnonzero(np.diff(times) > limit) + 1
    middles = (times[breaks - 1] + times[breaks]) // 2
    every = np.insert(times, breaks, middles)
    numbers = np.insert(values, breaks, np.nan)
    return Drawn(every.tolist(), rounded(numbers))


def on_one_clock(lines: Sequence[SeriesLine], window: Window, step: float) -> tuple[Milliseconds, Floats]:
    """All lines at the same times, so that they can be stacked: means of stretches of time, 0 for silence."""
    begin, end = (round(moment.timestamp() * 1000) for moment in (window.start, window.end))
    width = max(step, (end - begin) / points_each(min(len(lines), 12)), 1.0)
    count = max(1, math.ceil((end - begin) / width))
    times = (begin + width * np.arange(count)).astype(np.int64)
    heights = np.zeros((len(lines), count))
    for row, line in enumerate(lines):
        known = np.isfinite(line.values)
        place = np.clip(((line.times[known] - begin) / width).astype(np.int64), 0, count - 1)
        sums = np.bincount(place, weights=line.values[known], minlength=count)
        heights[row] = sums / np.maximum(np.bincount(place, minlength=count), 1)
    return times, heights


def rounded(values: Floats) -> list[float | None]:
    """As few digits as nobody can see the difference: four significant ones, or 1/5,000 of the span if finer."""
    finite = values[np.isfinite(values)]
    span = float(finite.max() - finite.min()) if len(finite) else 0.0
    fine = 0 if span == 0 else math.ceil(-math.log10(span / 5000))
    return [_short(value, fine) for value in values.tolist()]


def _short(value: float, fine: int) -> float | None:
    if not math.isfinite(value):
        return None
    if value == 0:
        return 0
    digits = max(fine, 3 - math.floor(math.log10(abs(value))))
    return round(value, digits) if digits > 0 else round(value)
