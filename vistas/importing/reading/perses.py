"""Perses dashboards, their panels put into the shape of Grafana's classic ones.

After perses/perses `docs/api/dashboard.md` and the plugins of perses/plugins; both may still change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vistas.importing.reading.dashboard import (
    REPEATED,
    Band,
    Dashboard,
    Placed,
    insist_on_bounds,
    required_list,
    required_table,
)
from vistas.importing.reading.tree import Tree, at, items, number, table, text

_CHARTS = {
    "TimeSeriesChart": "timeseries",
    "StatChart": "stat",
    "GaugeChart": "gauge",
    "BarChart": "barchart",
    "PieChart": "piechart",
    "Table": "table",
    "TimeSeriesTable": "table",
    "Markdown": "text",
    "HeatMapChart": "heatmap",
    "HistogramChart": "histogram",
    "StatusHistoryChart": "status-history",
    "LogsTable": "logs",
}
_UNITS = {
    "decimal": "none",
    "percent": "percent",
    "percent-decimal": "percentunit",
    "milliseconds": "ms",
    "microseconds": "µs",
    "nanoseconds": "ns",
    "seconds": "s",
    "minutes": "m",
    "hours": "h",
    "days": "d",
    "bytes": "bytes",
    "decbytes": "decbytes",
    "bits": "bits",
    "bytes/sec": "Bps",
    "decbytes/sec": "Bps",
    "bits/sec": "bps",
    "requests/sec": "reqps",
    "counts/sec": "cps",
    "ops/sec": "ops",
    "packets/sec": "pps",
    "reads/sec": "rps",
    "writes/sec": "wps",
}
_CALCULATIONS = {
    "last": "last",
    "last-number": "lastNotNull",
    "mean": "mean",
    "sum": "sum",
    "min": "min",
    "max": "max",
}
_REFERENCE = "#/spec/panels/"


def read_perses(spec: Tree, name: str, title: str) -> Dashboard:
    """`title` where the dashboard does not name itself. DashboardError where a part is of the wrong kind."""
    panels = required_table(spec.get("panels"), name, "spec.panels")
    layouts = required_list(spec.get("layouts"), name, "spec.layouts")
    bands = list(_bands(layouts, panels))
    insist_on_bounds(bands, name)
    duration = text(spec.get("duration"))
    return Dashboard(
        title=text(at(spec, "display", "name")) or title,
        description=text(at(spec, "display", "description")),
        since=f"now-{duration}" if duration else "",
        bands=tuple(band for band in bands if band.panels),
        variables=[_variable(each) for each in required_list(spec.get("variables"), name, "spec.variables")],
        links=items(spec.get("links")),
    )


def _bands(layouts: Any, panels: Tree) -> Iterator[Band]:
    seen: set[str] = set()
    for layout in layouts:
        spec = table(at(layout, "spec"))
        placed = []
        for item in sorted(items(spec.get("items")), key=_place):
            reference = text(at(item, "content", "$ref"))
            key = reference.removeprefix(_REFERENCE)
            if key in seen:
                continue
            seen.add(key)
            placed.append(
                Placed(_panel(panels[key]), _place(item)[0], _trouble(panels[key]))
                if key in panels
                else Placed({}, _place(item)[0], "is named by the layout, but is not among the panels")
            )
        changes = (REPEATED,) if text(spec.get("repeatVariable")) else ()
        folded = at(spec, "display", "collapse", "open") is False
        yield Band(text(at(spec, "display", "title")), tuple(placed), changes, folded)
    unplaced = [panel for key, panel in panels.items() if key not in seen]
    yield Band("", tuple(Placed(_panel(each), 0.0, "stands nowhere in the layout") for each in unplaced))


def _place(item: Any) -> tuple[float, float]:
    return number(at(item, "y")) or 0.0, number(at(item, "x")) or 0.0


def _trouble(panel: Any) -> str:
    return "" if table(at(panel, "spec")) else "is not a panel but some other value"


def _panel(panel: Any) -> dict[str, Any]:
    spec = table(at(panel, "spec"))
    kind = text(at(spec, "plugin", "kind"))
    shown = table(at(spec, "plugin", "spec"))
    queries = spec.get("queries")
    form = table(shown.get("format")) or table(at(shown, "yAxis", "format"))
    calculation = text(shown.get("calculation"))
    return {
        "type": _CHARTS.get(kind, kind),
        "title": at(spec, "display", "name"),
        "description": at(spec, "display", "description"),
        "links": spec.get("links"),
        "targets": [_target(each, number) for number, each in enumerate(queries)]
        if isinstance(queries, list)
        else queries,
        "transformations": shown.get("transforms"),
        "options": {
            "content": shown.get("text"),
            "reduceOptions": {"calcs": [_CALCULATIONS.get(calculation, calculation)]},
        },
        "fieldConfig": {
            "defaults": {
                "unit": _UNITS.get(text(form.get("unit")), text(form.get("unit"))),
                "thresholds": _thresholds(shown.get("thresholds")),
                "custom": _custom(table(shown.get("visual"))),
            }
        },
    }


def _custom(visual: Tree) -> dict[str, Any]:
    """How it is drawn; `stack` is `all` or `percent` where series stand upon each other."""
    return {
        "stacking": {"mode": text(visual.get("stack")) or "none"},
        "drawStyle": "bars" if visual.get("display") == "bar" else "line",
    }


def _thresholds(thresholds: Any) -> dict[str, Any] | None:
    """The colour below the first step is green unless it is named; a step without one is a warning."""
    if not isinstance(thresholds, dict):
        return None
    steps: list[dict[str, Any]] = [{"value": None, "color": text(thresholds.get("defaultColor")) or "green"}]
    steps += [
        {"value": at(step, "value"), "color": text(at(step, "color")) or "red"}
        for step in items(thresholds.get("steps"))
    ]
    percent = text(thresholds.get("mode")).lower() == "percent"
    return {"mode": "percentage" if percent else "absolute", "steps": steps}


def _target(query: Any, place: int) -> Any:
    if not isinstance(query, dict):
        return query
    plugin = table(at(query, "spec", "plugin"))
    spec, kind = table(plugin.get("spec")), text(plugin.get("kind"))
    source = "prometheus" if kind.startswith("Prometheus") else kind.removesuffix("Query")
    return {
        "refId": chr(ord("A") + place) if place < 26 else str(place),  # noqa: PLR2004 - letters
        "expr": spec.get("query"),
        "legendFormat": spec.get("seriesNameFormat"),
        "interval": spec.get("minStep"),
        "instant": spec.get("instant"),
        "hide": at(query, "spec", "hidden"),
        "datasource": {"type": source, "uid": text(at(spec, "datasource", "name"))},
    }


_ANYTHING = {"", "(.*)", ".*", "(.+)"}


def _variable(variable: Any) -> dict[str, Any]:
    spec = table(at(variable, "spec"))
    plugin = table(spec.get("plugin"))
    changed: dict[str, Any] = {
        "name": spec.get("name"),
        "label": at(spec, "display", "name"),
        "hide": 2 if at(spec, "display", "hidden") is True else 0,
        "type": "query",
        "multi": spec.get("allowMultiple"),
        "includeAll": spec.get("allowAllValue"),
        "allValue": spec.get("customAllValue"),
        "current": {"value": spec.get("defaultValue")},
    }
    if at(variable, "kind") == "TextVariable":
        kind = "constant" if spec.get("constant") is True else "textbox"
        return {**changed, "type": kind, "query": spec.get("value")}
    return {**changed, **_list(text(plugin.get("kind")), table(plugin.get("spec")), spec)}


def _list(kind: str, plugin: Tree, spec: Tree) -> dict[str, Any]:
    """What a variable's plugin lists, as Grafana would write it."""
    label = text(plugin.get("labelName"))
    if kind == "StaticListVariable":
        return {"type": "custom", "options": [_option(each) for each in items(plugin.get("values"))]}
    if kind == "DatasourceVariable":
        asked = text(plugin.get("datasourcePluginKind"))
        return {"type": "datasource", "query": "prometheus" if asked.startswith("Prometheus") else asked}
    if kind == "PrometheusLabelValuesVariable" and label:
        matchers = [text(each) for each in items(plugin.get("matchers"))]
        several = (
            ["lists what matches one of several selectors in the dashboard; here all"] if matchers[1:] else []
        )
        listed = f"label_values({matchers[0]}, {label})" if len(matchers) == 1 else f"label_values({label})"
        pattern = text(spec.get("capturingRegexp"))
        return {"query": listed, "regex": "" if pattern in _ANYTHING else pattern, "told": several}
    if kind == "PrometheusPromQLVariable" and label:
        return {"query": f"query_result({text(plugin.get('expr'))})", "regex": f'{label}="([^"]*)"'}
    if kind == "PrometheusLabelNamesVariable":
        return {"query": "label_names()"}
    return {} if kind.startswith("Prometheus") else {"datasource": {"type": kind.removesuffix("Variable")}}


def _option(value: Any) -> dict[str, str]:
    return {"value": text(value) or text(at(value, "value")), "text": text(at(value, "label"))}
