"""A look as a panel: its queries, how it is drawn, its unit, what is normal, and the times of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vistas.exporting.sources import DataSources
from vistas.exporting.tree import Tree, span
from vistas.exporting.units import UNITS
from vistas.formatting.letters import letters
from vistas.routine import Drawing, Look, Unit

_QUERIED = ("range", "instant")
_BUCKETS = re.compile(r"\ble\b")
_NOT_NORMAL = "semi-dark-red"
"""The threshold of every new panel is 80 and red: ours is never taken for it."""
_LASTING = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}}
_LINE = {"drawStyle": "line", "lineWidth": 1, "thresholdsStyle": {"mode": "line"}}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The type of a panel, what its fields have of their own, and its options."""

    kind: str
    custom: Tree = field(default_factory=dict)
    options: Tree = field(default_factory=dict)


_STAT = _Drawn("stat", options={**_LASTING, "colorMode": "value", "graphMode": "none"})
_LINES = _Drawn("timeseries", _LINE)
_OF_A_MOMENT = {
    Drawing.BARS: _Drawn("bargauge", options={**_LASTING, "orientation": "horizontal", "displayMode": "basic"}),
    Drawing.TABLE: _Drawn("table", options={"showHeader": True}),
}
_OVER_TIME = {
    Drawing.STACKED: _Drawn(
        "timeseries", {**_LINE, "fillOpacity": 25, "stacking": {"mode": "normal", "group": "A"}}
    ),
    Drawing.BARS: _Drawn("timeseries", {**_LINE, "drawStyle": "bars", "fillOpacity": 60}),
    Drawing.HEATMAP: _Drawn("heatmap", options={"calculate": False}),
    Drawing.STATES: _Drawn("state-timeline", options={"mergeValues": True, "showValue": "auto"}),
}


def is_panel(look: Look) -> bool:
    """Whether Grafana has a panel for it."""
    return is_queried(look) or look.take == "alerts"


def is_queried(look: Look) -> bool:
    return look.take in _QUERIED and bool(look.asked)


def write_panel(look: Look, sources: DataSources) -> Tree:
    """All of a panel but its number, its place and its description."""
    if look.take == "alerts":
        return {"type": "alertlist", "title": look.title, "options": _alerts(look)}
    drawn = _drawn(look)
    panel: Tree = {
        "type": drawn.kind,
        "title": look.title,
        "datasource": sources.reference(look.source),
        "targets": list(_targets(look, drawn.kind, sources)),
        "fieldConfig": {"defaults": _defaults(look, drawn.custom), "overrides": []},
        "options": drawn.options,
    }
    if look.window and look.take == "range":
        panel["timeFrom"] = span(look.window)
    if look.offset:
        panel["timeShift"] = span(look.offset)
    return panel


def _drawn(look: Look) -> _Drawn:
    if look.take == "instant":
        return _OF_A_MOMENT.get(look.draw or Drawing.NUMBERS, _STAT)
    return _OVER_TIME.get(look.draw or Drawing.LINES, _LINES)


def _targets(look: Look, kind: str, sources: DataSources) -> Iterator[Tree]:
    named = [(each.name, each.query) for each in look.queries] or [(look.name or "", each) for each in look.query]
    instant = look.take == "instant"
    for number, (name, query) in enumerate(named):
        target: Tree = {
            "refId": letters(number),
            "datasource": sources.reference(look.source),
            "editorMode": "code",
            "expr": f"({query}) * 1000" if look.unit is Unit.DATES else query,
            "legendFormat": name or "__auto",
            "instant": instant,
            "range": not instant,
        }
        if kind == "table":
            target["format"] = "table"
        elif kind == "heatmap" and _BUCKETS.search(query):
            target["format"] = "heatmap"
        yield target


def _defaults(look: Look, custom: Tree) -> Tree:
    return {
        "unit": UNITS[look.unit],
        "custom": custom,
        "mappings": _words(look) if look.states else [],
        "thresholds": {"mode": "absolute", "steps": _steps(look)},
        "color": {"mode": "palette-classic" if custom else "thresholds"},
    }


def _words(look: Look) -> list[Tree]:
    options = {number: {"text": word, "index": place} for place, (number, word) in enumerate(look.states.items())}
    return [{"type": "value", "options": options}]


def _steps(look: Look) -> list[Tree]:
    """From the lowest; Grafana has one colour below a line and another from it on."""
    if look.normal_below is not None:
        return [_step("green", None), _step(_NOT_NORMAL, look.normal_below)]
    if look.normal_above is not None:
        return [_step(_NOT_NORMAL, None), _step("green", look.normal_above)]
    return [_step("text", None)]


def _step(color: str, value: float | None) -> Tree:
    return {"color": color, "value": value}


def _alerts(look: Look) -> Tree:
    matchers = ", ".join(f'{name}="{_quoted(value)}"' for name, value in look.where.items())
    return {
        "viewMode": "list",
        "maxItems": 50,
        "sortOrder": 3,
        "alertInstanceLabelFilter": f"{{{matchers}}}" if matchers else "",
        "stateFilter": {"firing": True, "pending": True, "noData": False, "normal": False, "error": True},
    }


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def told_of(look: Look) -> Iterator[str]:
    """What the panel does not show as the look does."""
    if not is_panel(look):
        yield f"asks {look.source} for {look.take}, for which Grafana has no panel: there are words in its place"
        return
    if look.take == "alerts":
        yield "lists the alerts that Grafana knows"
        return
    if len(look.query) > 1:
        yield f"asks {len(look.query)} queries at once; here the first of them that answers"
    if look.unit is Unit.DATES:
        yield "has its dates multiplied by 1000: Grafana's are milliseconds"
    if look.state_label:
        yield f"names no states by the label {look.state_label}"
    if look.normal_below is not None and look.normal_above is not None:
        yield "has one line of what is normal of two"
