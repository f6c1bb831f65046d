"""The picture a vista is known by: up to four series of its own data, as ridges of hills."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from vistas.snapshot import FrameKind, Snapshot

if TYPE_CHECKING:
    import polars as pl

POINTS = 97
MOST = 4

Ridge = tuple[float, ...]


def ridges(snapshots: Iterable[Snapshot]) -> tuple[Ridge, ...]:
    """Far to near, each of `POINTS` values from 0 to 1; fewer ridges where there is less data.

    One ridge a look: the sum of its series over time. Requests come first, then the others in walking order of
    their names; a flat line makes no hill, and the same hill is drawn once.
    """
    drawn = [(_rank(snapshot), ridge) for snapshot in snapshots if (ridge := _ridge(snapshot)) is not None]
    drawn.sort(key=lambda each: each[0])
    different = dict.fromkeys(ridge for _, ridge in drawn)
    return tuple(different)[:MOST]


def _rank(snapshot: Snapshot) -> tuple[int, str, str]:
    requests = snapshot.frame is not None and snapshot.frame.kind is FrameKind.REQUESTS
    return (0 if requests else 1, snapshot.stop, snapshot.look)


def _ridge(snapshot: Snapshot) -> Ridge | None:
    frame = snapshot.read().frame
    if frame is None or frame.rows == 0:
        return None
    if frame.kind is FrameKind.REQUESTS:
        return _scaled(_by_time(frame.data, "minute", "requests"), snapshot)
    if frame.kind is FrameKind.SERIES and frame.step is not None:
        samples = frame.data.select("times", "values").explode("times", "values")
        return _scaled(_by_time(samples, "times", "values"), snapshot)
    return None


def _by_time(data: pl.DataFrame, time: str, value: str) -> pl.DataFrame:
    """Times with the sum of what was measured then, ascending; what is no finite number is left out."""
    import polars as pl

    measured = data.select(pl.col(time).alias("time"), pl.col(value).cast(pl.Float64).alias("value"))
    finite = measured.filter(pl.col("value").is_finite())
    return finite.group_by("time").agg(pl.col("value").sum()).sort("time")


def _scaled(summed: pl.DataFrame, snapshot: Snapshot) -> Ridge | None:
    """Averages over `POINTS` equal stretches of the window; a stretch without data goes on as the one before."""
    if summed.height < POINTS // 8:
        return None
    window = snapshot.provenance.asked
    sums, counts = [0.0] * POINTS, [0] * POINTS
    for time, value in summed.iter_rows():
        place = _place(time, window.start, window.span.total_seconds())
        sums[place] += value
        counts[place] += 1
    level, levels = next(total / number for total, number in zip(sums, counts, strict=True) if number), []
    for total, number in zip(sums, counts, strict=True):
        level = total / number if number else level
        levels.append(level)
    low, high = min(levels), max(levels)
    if high - low <= abs(high) * 1e-3:
        return None
    return tuple(round((each - low) / (high - low), 3) for each in levels)


def _place(time: datetime, start: datetime, span: float) -> int:
    return min(POINTS - 1, max(0, int((time - start).total_seconds() / span * POINTS)))
