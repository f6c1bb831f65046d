"""A `requests` frame over time: answered well, turned away, and how long it took."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.cells import latency_grid
from dashboards.figures.controllers import controllers_figure
from dashboards.figures.heatmap import grid_figure
from dashboards.figures.lines import add_normal, line_trace
from dashboards.figures.reading import SeriesLine
from dashboards.figures.sampling import points_each
from dashboards.ui.theme import LIGHT
from vistas.charts.prepared import ANSWERED, SLOW, TURNED_AWAY, axis_from_zero, named_percentiles
from vistas.charts.scale import Scale
from vistas.requests import controllers
from vistas.requests.summary import STEPS, rate_per_minute, step_for
from vistas.routine import Drawing, Look, Unit
from vistas.snapshot import FrameKind, Snapshot, Window

_TOKENS = {
    "2xx": "calm",
    "3xx": "mid",
    "1xx": "quiet",
    "5xx": "series-1",
    "4xx": "series-4",
    "none": "soft",
    "p99": "series-1",
    "p95": "series-2",
    "p50": "mid",
}
"""The colour of each line of `ANSWERED`, `TURNED_AWAY` and `SLOW`."""
_PANEL = 150


def request_figure(
    look: Look, snapshot: Snapshot, *, height: int | None = None, within: Window | None = None
) -> Figure:
    """Panels of one clock: requests a minute by status class, and latency percentiles where lines carry them.

    Drawn as a heatmap, how many took how long; taken by controller, one beside the other. `within` is the
    stretch that is drawn, by default all that was asked. ValueError where the snapshot is no `requests` frame.
    """
    frame = snapshot.frame
    if frame is None or frame.kind is not FrameKind.REQUESTS:
        raise ValueError(f"a chart of requests needs a requests frame, not {snapshot.content!r}")
    window = within or snapshot.provenance.asked
    if look.take == controllers.TAKE:
        return controllers_figure(look, frame.data, window, height)
    if look.draw is Drawing.HEATMAP:
        grid = latency_grid(frame.data, window)
        return grid_figure(grid, window, unit=Unit.NUMBER, height=height or 320)
    return _panels(look, frame.data, window, height)


def _panels(look: Look, cube: pl.DataFrame, window: Window, height: int | None) -> Figure:
    step = step_for(window)
    statuses = _lines(_whole(rate_per_minute(cube, "class", step=step), window, step), "per_minute", "class")
    slow = _lines(_whole(named_percentiles(cube, step), window, step), "seconds", "latency")
    groups = [
        (group, [line for line in lines if line.name in group.names])
        for group, lines in ((ANSWERED, statuses), (TURNED_AWAY, statuses), (SLOW, slow))
    ]
    drawn = [each for each in groups if each[1]] or groups[:1]
    panels = [base.Panel(group.caption, _scale_of(lines, group.unit), unit=group.unit) for group, lines in drawn]
    names = [line.name for _, lines in drawn for line in lines]
    total = height or base.CAPTIONED + base.BOTTOM + _PANEL * len(panels) + base.BETWEEN * (len(panels) - 1)
    sheet = base.blank(window, panels, height=total, names=names)
    if look.unit is Unit.SECONDS and slow:
        add_normal(sheet, look, base.axis_name(len(drawn) - 1))
    points = points_each(len(names))
    traces = [
        _trace(line, LIGHT[_TOKENS[line.name]], base.axis_name(place), group.unit, points, step)
        for place, (group, lines) in enumerate(drawn)
        for line in sorted(lines, key=lambda each: -each.mean)
    ]
    return base.drawn(sheet, traces)


def _trace(line: SeriesLine, colour: str, axis: str, unit: Unit, points: int, step: timedelta) -> dict[str, Any]:
    fill = _faint(colour) if line.name == "2xx" else ""
    return line_trace(
        line,
        points=points,
        step=step.total_seconds() * 1000,
        colour=colour,
        axis=axis,
        fill=fill,
        unit=unit,
    )


def _faint(colour: str) -> str:
    return f"rgba({int(colour[1:3], 16)},{int(colour[3:5], 16)},{int(colour[5:7], 16)},0.22)"


def _whole(table: pl.DataFrame, window: Window, step: timedelta) -> pl.DataFrame:
    """Without steps that reach over the window's edges, which hold less than a whole step."""
    if step == STEPS[0]:
        return table
    return table.filter(pl.col("time") >= window.start, pl.col("time") + step <= window.end)


def _lines(table: pl.DataFrame, value: str, label: str) -> list[SeriesLine]:
    lines = []
    for (name,), rows in table.group_by(["name"], maintain_order=True):
        values = rows[value].cast(pl.Float64).to_numpy()
        clean = np.where(np.isfinite(values), values, np.nan)
        lines.append(SeriesLine(str(name), {label: str(name)}, rows["time"].dt.epoch("ms").to_numpy(), clean))
    return lines


def _scale_of(lines: list[SeriesLine], unit: Unit) -> Scale:
    return axis_from_zero(max((line.highest for line in lines), default=0.0), unit)
