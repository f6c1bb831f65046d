"""Series as lines or stacked areas: the few that stand out by name, the rest as quiet lines behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.reading import Line, infinite, read_lines, usual_step
from dashboards.figures.sampling import on_one_clock, points_each, rounded, thin
from dashboards.theme import LIGHT
from vistas.formatting import format_value
from vistas.routine import Look, Unit
from vistas.scale import scale
from vistas.snapshot import Frame, Window

NAMED, QUIET = 12, 40
_DENSE = 400
"""A line of more points than this is drawn finer."""

_COLOURS = [LIGHT[f"series-{place}"] for place in range(1, NAMED + 1)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which series are drawn: `named` by standing, `quiet` unnamed; `left_out` counts those not drawn at all."""

    named: list[Line]
    quiet: list[Line]
    left_out: int


def choose(lines: Sequence[Line], *, lowest_first: bool = False, named: int = NAMED) -> Chosen:
    """The highest stand out; where normal is *above* a line, the lowest do."""
    by_standing = sorted(lines, key=lambda line: (line.lowest if lowest_first else -line.highest, line.name))
    return Chosen(by_standing[:named], by_standing[named : named + QUIET], max(0, len(lines) - named - QUIET))


def line_figure(look: Look, frame: Frame, window: Window, *, height: int) -> Figure:
    lines = read_lines(frame.data, look.name)
    chosen = choose(lines, lowest_first=look.normal_above is not None)
    shown = [*chosen.named, *chosen.quiet]
    axis = scale(
        min((line.lowest for line in shown), default=0.0),
        max((line.highest for line in shown), default=0.0),
        look.unit,
        [mark for mark in (look.normal_below, look.normal_above) if mark is not None],
    )
    panel = base.Panel(_caption(chosen, infinite(frame.data)), axis, unit=look.unit)
    sheet = base.blank(window, [panel], height=height, names=[line.name for line in chosen.named])
    add_normal(sheet, look)
    step = usual_step(lines, frame.step)
    points = points_each(len(shown))
    quiet = [
        line_trace(line, points=min(points, 160), step=step, colour=LIGHT["quiet"], quiet=True)
        for line in reversed(chosen.quiet)
    ]
    named = [
        line_trace(line, points=points, step=step, colour=colour)
        for line, colour in zip(chosen.named, _COLOURS, strict=False)
    ]
    return base.drawn(sheet, [*quiet, *reversed(named)])


def line_trace(
    line: Line,
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


def _meta(line: Line, step: float, *, quiet: bool = False, unit: Unit | None = None) -> dict[str, Any]:
    """What the chart component needs to know; `gap` is how far (milliseconds) from a sample there is none."""
    meta = {"name": line.name, "labels": line.labels, "quiet": quiet, "gap": max(1.5 * step, 1.0)}
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
    step = usual_step(lines, frame.step)
    times, heights = on_one_clock(lines, window, step)
    rest = len(lines) - NAMED
    named = lines[:NAMED]
    if rest > 0:
        named = [*lines[: NAMED - 1], Line(f"{rest + 1} others", {}, times, heights[NAMED - 1 :].sum(axis=0))]
        heights = np.vstack([heights[: NAMED - 1], heights[NAMED - 1 :].sum(axis=0)])
    axis = scale(0.0, float(heights.sum(axis=0).max(initial=0.0)), look.unit)
    panel = base.Panel(_caption(Chosen(named, [], 0), infinite(frame.data)), axis, unit=look.unit)
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
    if look.normal_below is not None:
        base.add_reference(
            figure, look.normal_below, f"normal: below {format_value(look.normal_below, look.unit)}", axis
        )
    if look.normal_above is not None:
        base.add_reference(
            figure, look.normal_above, f"normal: above {format_value(look.normal_above, look.unit)}", axis
        )


def _caption(chosen: Chosen, infinities: int) -> str:
    said = []
    everything = len(chosen.named) + len(chosen.quiet) + chosen.left_out
    if everything > len(chosen.named):
        said.append(f"{len(chosen.named)} of {everything} series by name")
    if chosen.left_out:
        said.append(f"{chosen.left_out} not drawn")
    if infinities:
        said.append(f"{infinities} infinite value{'s' if infinities > 1 else ''} left out")
    return ", ".join(said)
