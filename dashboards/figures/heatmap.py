"""Heatmaps over time: a histogram's buckets, latencies of requests, or one row a series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.cells import ROWS, HeatmapGrid, columns_of, histogram_grid
from dashboards.figures.reading import Floats, SeriesLine, read_lines, step_between
from dashboards.figures.sampling import rounded
from dashboards.ui.theme import LIGHT
from vistas.charts.scale import Scale
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, Window

_COLOURS = [[share, LIGHT[f"heat-{place}"]] for place, share in enumerate((0, 0.06, 0.25, 0.6, 1))]
_TEXT_ROW, _LETTERS = 18, 22


def heatmap_figure(look: Look, frame: Frame, window: Window, *, height: int) -> Figure:
    """Native histograms by their buckets; plain series one row each, highest on top. The colour is the value."""
    if "histograms" in frame.data.columns:
        step = frame.step.total_seconds() * 1000 if frame.step else 60_000
        grid = histogram_grid(frame.data, window, step, look.unit)
        plain = frame.data.filter(pl.col("histograms").list.len() == 0, pl.col("values").list.len() > 0).height
        left_out = f"{plain:,} series without a histogram not drawn" if plain else ""
        return grid_figure(grid, window, unit=Unit.NUMBER, height=height, caption=left_out)
    return grid_figure(_rows_of_series(look, frame, window), window, unit=look.unit, height=height)


def grid_figure(grid: HeatmapGrid, window: Window, *, unit: Unit, height: int, caption: str = "") -> Figure:
    """`unit` is that of the cells' values."""
    shown = _texts(len(grid.rows), height)
    axis = Scale(
        -0.5, len(grid.rows) - 0.5, tuple(map(float, shown)), tuple(_clipped(grid.rows[row]) for row in shown)
    )
    sheet = base.blank(window, [base.Panel(caption, axis, unit=unit)], height=height)
    sheet.update_yaxes(showgrid=False)
    begin, end = base.home(window)
    cells = {
        "type": "heatmap",
        "x": grid.times.tolist(),
        "y": list(range(len(grid.rows))),
        "z": [rounded(row) for row in grid.values],
        "colorscale": _COLOURS,
        "showscale": False,
        "ygap": 1,
        "hoverongaps": False,
        "meta": {"rows": grid.rows, "step": (end - begin) / len(grid.times)},
    }
    return base.drawn(sheet, [cells])


def _rows_of_series(look: Look, frame: Frame, window: Window) -> HeatmapGrid:
    lines = sorted(read_lines(frame.data, look.name), key=lambda line: (line.highest, line.name))[-ROWS:]
    times, width = columns_of(window, step_between(lines, frame.step) or 60_000)
    cells = [_means(line, window, width, len(times)) for line in lines] or [np.full(len(times), np.nan)]
    return HeatmapGrid(times, np.vstack(cells), [line.name for line in lines] or ["nothing"])


def _means(line: SeriesLine, window: Window, width: float, count: int) -> Floats:
    begin, _ = base.home(window)
    known = np.isfinite(line.values)
    place = np.clip(((line.times[known] - begin) / width).astype(np.int64), 0, count - 1)
    sums = np.bincount(place, weights=line.values[known], minlength=count)
    counts = np.bincount(place, minlength=count)
    means: Floats = np.divide(sums, counts, out=np.full(count, np.nan), where=counts > 0)
    return means


def _texts(rows: int, height: int) -> Sequence[int]:
    """The rows that are named: all, or as many as there is room for."""
    every = max(1, -(-rows * _TEXT_ROW // max(height - base.TOP - base.BOTTOM, 1)))
    return range(0, rows, every)


def _clipped(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
