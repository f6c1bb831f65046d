"""Counts in buckets over time as the cells of a heatmap: native histograms, and latencies of requests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboards.figures import base
from dashboards.figures.reading import Floats, Milliseconds
from vistas.formatting.values import format_value
from vistas.routine import Unit
from vistas.snapshot import Window

COLUMNS, ROWS = 240, 60
"""A heatmap has no more cells than this: wider and higher ones are drawn together."""


@dataclass(frozen=True, slots=True)
class HeatmapGrid:
    """`values` has a row a bucket, lowest first, and a column a time, of which `times` are the middles."""

    times: Milliseconds
    values: Floats
    rows: list[str]


def columns_of(window: Window, step: float) -> tuple[Milliseconds, float]:
    """Middles of the columns and their width in milliseconds: the step, or as wide as keeps them few."""
    begin, end = base.home(window)
    count = int(min(COLUMNS, max(1, (end - begin) // max(step, 1.0))))
    width = (end - begin) / count
    return (begin + width * (np.arange(count) + 0.5)).astype(np.int64), width


def histogram_grid(data: pl.DataFrame, window: Window, step: float, unit: Unit) -> HeatmapGrid:
    """Native histograms, all series added up; each cell is the mean count in its stretch of time."""
    flat = (
        data.select(pl.col("histograms").explode())
        .drop_nulls()
        .unnest("histograms")
        .select("time", pl.col("buckets"))
        .explode("buckets")
        .drop_nulls()
        .unnest("buckets")
        .group_by("time", "upper")
        .agg(pl.col("count").sum())
    )
    samples = flat.select(pl.col("time"), pl.col("upper"), pl.col("count"))
    return _grid(samples, window, max(step, 1.0), unit, mean=True)


def latency_grid(cube: pl.DataFrame, window: Window) -> HeatmapGrid:
    """How many requests took how long: the `requests` frame by minute and latency bucket."""
    flat = (
        cube.filter(pl.col("latency_le").is_not_null())
        .group_by(pl.col("minute").alias("time"), pl.col("latency_le").alias("upper"))
        .agg(pl.col("requests").sum().cast(pl.Float64).alias("count"))
    )
    return _grid(flat, window, 60_000, Unit.SECONDS, mean=False)


def _grid(flat: pl.DataFrame, window: Window, step: float, unit: Unit, *, mean: bool) -> HeatmapGrid:
    """`flat` has `time`, `upper` and `count`. Empty cells are NaN."""
    times, width = columns_of(window, step)
    bounds = np.sort(flat["upper"].unique().to_numpy())
    if not len(bounds):
        return HeatmapGrid(times, np.full((1, len(times)), np.nan), ["nothing"])
    group = max(1, -(-len(bounds) // ROWS))
    begin, _ = base.home(window)
    column = np.clip(
        ((flat["time"].dt.epoch("ms").to_numpy() - begin) / width).astype(np.int64), 0, len(times) - 1
    )
    row = np.searchsorted(bounds, flat["upper"].to_numpy()) // group
    uppers = bounds[np.minimum(np.arange(group - 1, len(bounds) + group - 1, group), len(bounds) - 1)]
    cells = np.zeros((len(uppers), len(times)))
    np.add.at(cells, (row, column), flat["count"].to_numpy())
    if mean:
        seen = np.zeros(len(times))
        np.add.at(seen, np.unique(np.stack([column, flat["time"].dt.epoch("ms").to_numpy()]), axis=1)[0], 1)
        cells = cells / np.maximum(seen, 1)
    return HeatmapGrid(
        times, np.where(cells == 0, np.nan, cells), [f"up to {format_value(each, unit)}" for each in uppers]
    )
