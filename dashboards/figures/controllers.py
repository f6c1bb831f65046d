"""Controllers side by side: a panel a measure, the same colour for the same controller in each."""

from __future__ import annotations

import numpy as np
import polars as pl
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.lines import add_normal, line_trace
from dashboards.figures.reading import SeriesLine
from dashboards.figures.sampling import points_each
from dashboards.ui.theme import LIGHT
from vistas.charts.prepared import axis_from_zero
from vistas.charts.scale import Scale
from vistas.requests.controllers import Compared, Comparison, describe, side_by_side, step_of
from vistas.routine import Look, Unit
from vistas.snapshot import Window

_TALL, _LOW = 128, 92
"""Pixels of the first panel, and of the others."""


def controllers_figure(look: Look, cube: pl.DataFrame, window: Window, height: int | None) -> Figure:
    """What `vistas.requests.controllers` compares, below one another on one clock."""
    step = step_of(window)
    compared = side_by_side(cube, window) or (Comparison("Requests per minute", Unit.NUMBER, ()),)
    panels = [
        base.Panel(each.caption, _scale_of(each), share=_TALL / _LOW if place == 0 else 1.0, unit=each.unit)
        for place, each in enumerate(compared)
    ]
    several = len(panels) - 1
    total = height or base.CAPTIONED + base.BOTTOM + _TALL + (_LOW + base.BETWEEN) * several
    lines = [line for each in compared for line in each.lines]
    sheet = base.blank(window, panels, height=total, names=[line.name for line in lines])
    sheet.layout.meta = {**sheet.layout.meta, "spoken": describe(cube)}
    for place, each in enumerate(compared):
        if look.unit is each.unit is not Unit.NUMBER:
            add_normal(sheet, look, base.axis_name(place))
    traces = [
        line_trace(
            _line(line),
            points=points_each(len(lines)),
            step=step.total_seconds() * 1000,
            colour=LIGHT[f"series-{line.tone}"],
            axis=base.axis_name(place),
            unit=each.unit,
        )
        for place, each in enumerate(compared)
        for line in each.lines
    ]
    return base.drawn(sheet, traces)


def _line(compared: Compared) -> SeriesLine:
    values = compared.values.cast(pl.Float64).to_numpy()
    times = compared.times.dt.epoch("ms").to_numpy()
    return SeriesLine(compared.name, compared.labels, times, np.where(np.isfinite(values), values, np.nan))


def _scale_of(comparison: Comparison) -> Scale:
    highest = max((level for line in comparison.lines if (level := line.highest) is not None), default=0.0)
    return axis_from_zero(highest, comparison.unit)
