"""The empty sheet every figure starts from: hairlines, no legend, no clutter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from plotly.graph_objects import Figure

from dashboards.ui.theme import LIGHT
from vistas.charts.scale import Scale
from vistas.routine import Unit
from vistas.snapshot import Window

TOP, CAPTIONED, BOTTOM, BETWEEN = 28, 40, 26, 46
"""Pixels above the panels (numbers of notices), with a caption, too; below them (the clock); between two."""

_LETTER, _LONGEST = 6.9, 190


@dataclass(frozen=True, slots=True)
class Panel:
    """One value axis. `share` is how much of the height it takes, beside the other panels'."""

    caption: str
    scale: Scale
    share: float = 1.0
    unit: Unit = Unit.NUMBER


def home(window: Window) -> tuple[int, int]:
    """The window in epoch milliseconds."""
    return round(window.start.timestamp() * 1000), round(window.end.timestamp() * 1000)


def axis_name(place: int) -> str:
    """`y`, `y2`, …: what Plotly calls the axis of the panel at that place, counted from the top."""
    return "y" if place == 0 else f"y{place + 1}"


def blank(window: Window, panels: Sequence[Panel], *, height: int, names: Sequence[str] = ()) -> Figure:
    """A figure without data. `names` are those written at the lines' ends; they decide the right margin.

    `layout.meta` tells the chart component: `home` (the window in milliseconds), `unit` (of the first panel),
    `panels` (a caption an axis) and `references` (what normal is: panel, value, text). A figure that says of
    itself what it shows has that in `spoken`.
    """
    right = min(_LONGEST, 14 + round(_LETTER * max((len(name) for name in names), default=0)))
    top = CAPTIONED if panels[0].caption else TOP
    inner = height - top - BOTTOM
    begin, end = home(window)
    layout: dict[str, Any] = {
        "height": height,
        "margin": {"l": max(panel.scale.room for panel in panels), "r": max(right, 18), "t": top, "b": BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "font": {"family": "Figtree, sans-serif", "size": 12, "color": LIGHT["soft"]},
        "shapes": [],
        "xaxis": {
            "type": "date",
            "range": [begin, end],
            "anchor": axis_name(len(panels) - 1),
            "showgrid": False,
            "zeroline": False,
            "showline": True,
            "linecolor": LIGHT["axis"],
            "ticks": "",
            "ticklabelstandoff": 6,
        },
        "meta": {
            "home": [begin, end],
            "unit": panels[0].unit.value,
            "panels": {axis_name(place): panel.caption for place, panel in enumerate(panels)},
            "references": [],
        },
    }
    for place, (panel, domain) in enumerate(zip(panels, _domains(panels, inner), strict=True)):
        layout["yaxis" if place == 0 else f"yaxis{place + 1}"] = _value_axis(panel.scale, domain)
    # Streamlit loads pandas with the first table; Plotly would take one that is half loaded for a whole one.
    import_module("pandas")
    return Figure(layout=layout, skip_invalid=False)


def drawn(sheet: Figure, traces: Sequence[dict[str, Any]]) -> Figure:
    """The sheet with these on it, all at once and as they are.

    Plotly's validation and copying take longer than all else about a chart; a test has what we draw validated.
    """
    return Figure(data=list(traces), layout=sheet.layout, _validate=False)


def _value_axis(scale: Scale, domain: tuple[float, float]) -> dict[str, Any]:
    return {
        "domain": domain,
        "range": [scale.low, scale.high],
        "tickmode": "array",
        "tickvals": list(scale.ticks),
        "ticktext": list(scale.texts),
        "gridcolor": LIGHT["grid"],
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
        "fixedrange": True,
    }


def _domains(panels: Sequence[Panel], inner: int) -> list[tuple[float, float]]:
    gap = BETWEEN / inner
    room = 1 - gap * (len(panels) - 1)
    whole = sum(panel.share for panel in panels)
    domains, top = [], 1.0
    for panel in panels:
        bottom = top - room * panel.share / whole
        domains.append((round(max(bottom, 0), 4), round(top, 4)))
        top = bottom - gap
    return domains


def add_reference(figure: Figure, value: float, text: str, axis: str = "y") -> None:
    """A quiet line where normal ends, left out when it lies beyond the axis."""
    low, high = figure.layout["yaxis" + axis[1:]].range
    if not low <= value <= high:
        return
    figure.add_shape(
        type="line",
        xref="paper",
        yref=axis,
        x0=0,
        x1=1,
        y0=value,
        y1=value,
        line={"color": LIGHT["mid"], "width": 1, "dash": "4px,4px"},
        layer="below",
    )
    meta = figure.layout.meta
    figure.layout.meta = {
        **meta,
        "references": [*meta["references"], {"panel": axis, "value": value, "text": text}],
    }
