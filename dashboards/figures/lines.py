"""Series as lines or stacked areas: the few that stand out by name, the rest as quiet lines behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.reading import SeriesLine, infinite, read_line, read_lines, sampled, step_between
from dashboards.figures.sampling import on_one_clock, points_each, rounded, thin
from dashboards.ui.theme import LIGHT
from vistas.charts.prepared import GAP, axis_of, by_standing, choose, label_sets, normal_of
from vistas.charts.scale import scale
from vistas.formatting.values import series_names
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, Window

NAMED = 12
_DENSE = 400
"""A line of more points than this is drawn finer."""

_COLOURS = [LIGHT[f"series-{place}"] for place in range(1, NAMED + 1)]


def line_figure(look: Look, frame: Frame, window: Window, *, height: int) -> Figure:
    """The highest stand out; where normal is *above* a line, the lowest do."""
    sets = label_sets(frame.data)
    names = series_names(sets, look.name)
    chosen = choose(_standing(look, frame, names), named=NAMED)
    named, quiet = (
        [read_line(frame.data, place, names[place], sets[place]) for place in places]
        for places in (chosen.named, chosen.quiet)
    )
    shown = [*named, *quiet]
    axis = axis_of(
        look,
        min((line.lowest for line in shown), default=0.0),
        max((line.highest for line in shown), default=0.0),
    )
    panel = base.Panel(_caption(chosen.caption, infinite(frame.data)), axis, unit=look.unit)
    sheet = base.blank(window, [panel], height=height, names=[line.name for line in named])
    add_normal(sheet, look)
    step = step_between(shown, frame.step)
    points = points_each(len(shown))
    behind = [
        line_trace(line, points=min(points, 160), step=step, colour=LIGHT["quiet"], quiet=True)
        for line in reversed(quiet)
    ]
    before = [
        line_trace(line, points=points, step=step, colour=colour)
        for line, colour in zip(named, _COLOURS, strict=False)
    ]
    return base.drawn(sheet, [*behind, *reversed(before)])


def _standing(look: Look, frame: Frame, names: Sequence[str]) -> list[int]:
    """Those of which nothing can be drawn come last: they are named, too, where there is room."""
    order = by_standing(frame.data, names, lowest_first=look.normal_above is not None)
    return list(dict.fromkeys([*order, *sorted(sampled(frame.data), key=names.__getitem__)]))


def line_trace(
    line: SeriesLine,
    *,
    points: int,
    step: float,
    colour: str,
    axis: str = "y",
    quiet: bool = False,
    fill: str = "",
    unit: Unit | None = None,
) -> dict[str, Any]:
    """One series as a trace; lonely samples between two gaps are drawn as dots."""
    drawn = thin(line, points, step)
    lonely = len(drawn.values) < 3 or _has_lonely(drawn.values)  # noqa: PLR2004
    return {
        "type": "scatter",
        "x": drawn.times,
        "y": drawn.values,
        "yaxis": axis,
        "mode": "lines+markers" if lonely and not quiet else "lines",
        "marker": {"size": 4, "color": colour},
        "line": {"color": colour, "width": 1 if quiet else 1.6 if len(drawn.values) > _DENSE else 2},
        "connectgaps": False,
        **({"fill": "tozeroy", "fillcolor": fill} if fill else {}),
        "meta": _meta(line, step, quiet=quiet, unit=unit),
    }


def _meta(line: SeriesLine, step: float, *, quiet: bool = False, unit: Unit | None = None) -> dict[str, Any]:
    """What the chart component needs to know; `gap` is how far (milliseconds) from a sample there is none."""
    meta = {"name": line.name, "labels": line.labels, "quiet": quiet, "gap": max(GAP * step, 1.0)}
    return meta if unit is None else {**meta, "unit": unit.value}


def _has_lonely(values: Sequence[float | None]) -> bool:
    around = [None, *values, None]
    return any(
        here is not None and before is None and after is None
        for before, here, after in zip(around, around[1:], around[2:], strict=False)
    )


def stacked_figure(look: Look, frame: Frame, window: Window, *, height: int) -> Figure:
    """Areas on top of one another, the largest at the bottom; those beyond the named ones are added up as one."""
    lines = sorted(read_lines(frame.data, look.name), key=lambda line: (-line.mean, line.name))
    step = step_between(lines, frame.step)
    times, heights = on_one_clock(lines, window, step)
    rest = len(lines) - NAMED
    named = lines[:NAMED]
    if rest > 0:
        named = [
            *lines[: NAMED - 1],
            SeriesLine(f"{rest + 1} others", {}, times, heights[NAMED - 1 :].sum(axis=0)),
        ]
        heights = np.vstack([heights[: NAMED - 1], heights[NAMED - 1 :].sum(axis=0)])
    axis = scale(0.0, float(heights.sum(axis=0).max(initial=0.0)), look.unit)
    panel = base.Panel(_caption("", infinite(frame.data)), axis, unit=look.unit)
    sheet = base.blank(window, [panel], height=height, names=[line.name for line in named])
    add_normal(sheet, look)
    traces = [
        {
            "type": "scatter",
            "x": times.tolist(),
            "y": rounded(values),
            "mode": "lines",
            "stackgroup": "all",
            "line": {"color": colour, "width": 1},
            "meta": _meta(line, float(times[1] - times[0]) if len(times) > 1 else step),
        }
        for line, values, colour in zip(named, heights, _COLOURS, strict=False)
    ]
    return base.drawn(sheet, traces)


def add_normal(figure: Figure, look: Look, axis: str = "y") -> None:
    for level, says in normal_of(look):
        base.add_reference(figure, level, says, axis)


def _caption(series: str, infinities: int) -> str:
    left_out = f"{infinities} infinite value{'s' if infinities > 1 else ''} left out" if infinities else ""
    return ", ".join(said for said in (series, left_out) if said)
