"""Heatmaps over time: a native histogram's buckets, latencies of requests, or one row a series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.reading import Floats, Line, Milliseconds, read_lines, usual_step
from dashboards.figures.sampling import rounded
from dashboards.figures.scale import Scale
from dashboards.theme import LIGHT
from vistas.formatting import format_value
from vistas.notice import Labels
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, Window

COLUMNS, ROWS = 240, 60
_COLOURS = [[place / 4, LIGHT[f"heat-{place}"]] for place in range(5)]


def heatmap_figure(look: Look, frame: Frame, window: Window, *, height: int) -> Figure:
    """One row a series, highest on top; the colour is the value."""
    lines = sorted(read_lines(frame.data, look.name), key=lambda line: (line.highest, line.name))[-ROWS:]
    step = usual_step(lines, frame.step) or 60_000
    times, columns = _columns(window, step)
    cells = np.full((len(lines), len(times)), np.nan)
    for row, line in enumerate(lines):
        cells[row] = _means(line, window, columns, len(times))
    return cell_figure(
        window, times, cells, rows=[line.name for line in lines], unit=look.unit, labels=None, height=height
    )


def cell_figure(
    window: Window,
    times: Milliseconds,
    cells: Floats,
    *,
    rows: Sequence[str],
    unit: Unit,
    labels: Labels | None,
    height: int,
    caption: str = "",
) -> Figure:
    """`cells` has a row a name in `rows` (lowest first) and a column a time (the column's middle); NaN is empty."""
    shown = _row_texts(rows, height)
    axis = Scale(-0.5, max(len(rows), 1) - 0.5, tuple(map(float, shown)), tuple(_clipped(rows[row]) for row in shown))
    figure = base.blank(window, [base.Panel(caption, axis, unit=unit)], height=height)
    step = float(times[1] - times[0]) if len(times) > 1 else window.span.total_seconds() * 1000
    figure.add_heatmap(
        x=times.tolist(),
        y=list(range(len(rows))),
        z=[rounded(row) for row in cells],
        colorscale=_COLOURS,
        showscale=False,
        xgap=0,
        ygap=1,
        hoverongaps=False,
        meta={"rows": list(rows), "step": step, "labels": labels or {}},
    )
    figure.update_yaxes(showgrid=False)
    return figure


def _columns(window: Window, step: float) -> tuple[Milliseconds, float]:
    """Middles of the columns, and a column's width: the step, or as wide as keeps the columns few."""
    begin, end = base.home(window)
    count = int(min(COLUMNS, max(1, (end - begin) // max(step, 1.0))))
    width = (end - begin) / count
    return (begin + width * (np.arange(count) + 0.5)).astype(np.int64), width


def _means(line: Line, window: Window, width: float, count: int) -> Floats:
    begin, _ = base.home(window)
    known = np.isfinite(line.values)
    place = np.clip(((line.times[known] - begin) / width).astype(np.int64), 0, count - 1)
    sums = np.bincount(place, weights=line.values[known], minlength=count)
    counts = np.bincount(place, minlength=count)
    return np.divide(sums, counts, out=np.full(count, np.nan), where=counts > 0)


def _row_texts(rows: Sequence[str], height: int) -> list[int]:
    every = max(1, -(-len(rows) * 18 // max(height - base.TOP - base.BOTTOM, 1)))
    return list(range(0, len(rows), every))


def _clipped(text: str, letters: int = 22) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def bounds_text(upper: float) -> str:
    """A latency bucket by its upper bound."""
    return f"up to {format_value(upper, Unit.SECONDS)}"
