"""A dashboard in one of the shapes that dashboards have, and what is right of it, in lines that one can read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from vistas.importing import Imported, import_dashboards
from vistas.routine import Look, write_span

Tree = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`stops` has each stop's title with its looks, a line each; the others say what is told of the rest."""

    written: Any
    stops: dict[str, list[str]]
    variables: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    window: str = "12h"
    texts: dict[str, str] = field(default_factory=dict)

    def imported(self) -> Imported:
        written = self.written if isinstance(self.written, str) else json.dumps(self.written)
        (one,) = import_dashboards(written, "d").dashboards
        return one


def line(look: Look) -> str:
    """`Title = lines over time of up, job as a; bytes, normally below 5, over 7d, 1d earlier, 0 is down`."""
    drawn = look.draw.value if look.draw else "lines"
    what = " + ".join([*look.query, *(f"{each.name}: {each.query}" for each in look.queries)])
    said = [f"{look.title} = {drawn} {'now' if look.take == 'instant' else look.take} of {what}".rstrip(" of")]
    if look.name:
        said.append(f"as {look.name}")
    if look.unit.value != "number":
        said.append(look.unit.value)
    if look.normal_below is not None:
        said.append(f"normally below {look.normal_below:g}")
    if look.normal_above is not None:
        said.append(f"normally above {look.normal_above:g}")
    if look.window:
        said.append(f"over {write_span(look.window)}")
    if look.offset:
        said.append(f"{write_span(look.offset)} earlier")
    said += [f"{value} is {word}" for value, word in look.states.items()]
    return ", ".join(said)


def target(expr: str = "up", legend: str = "", ref: str = "A", **rest: Any) -> Tree:
    return {"refId": ref, "expr": expr, "legendFormat": legend, **rest}


def panel(title: str = "P", kind: str = "timeseries", *targets: Tree, y: int = 1, x: int = 0, **rest: Any) -> Tree:
    place = {"x": x, "y": y, "w": 12, "h": 8}
    return {"type": kind, "title": title, "gridPos": place, "targets": list(targets) or [target()], **rest}


def row(title: str, y: int = 0, *panels: Tree, **rest: Any) -> Tree:
    place = {"x": 0, "y": y, "w": 24, "h": 1}
    return {
        "type": "row",
        "title": title,
        "gridPos": place,
        "collapsed": bool(panels),
        "panels": list(panels),
        **rest,
    }


def classic(*panels: Any, version: Any = 39, variables: tuple[Tree, ...] = (), **rest: Any) -> Tree:
    tree = {
        "title": "D",
        "schemaVersion": version,
        "panels": list(panels),
        "templating": {"list": list(variables)},
    }
    return {**tree, **rest}


def fields(custom: Tree | None = None, overrides: list[Any] | None = None, **defaults: Any) -> Tree:
    return {"fieldConfig": {"defaults": {"custom": custom or {}, **defaults}, "overrides": overrides or []}}


def steps(*written: tuple[float | None, str], mode: str = "absolute") -> Tree:
    return {"thresholds": {"mode": mode, "steps": [{"value": value, "color": color} for value, color in written]}}


def last(**rest: Any) -> Tree:
    return {"options": {"reduceOptions": {"calcs": ["lastNotNull"]}, **rest}}


def element(
    title: str, kind: str = "timeseries", expr: str = "up", group: str = "prometheus", **rest: Any
) -> Tree:
    """A panel of a v2 resource."""
    asked = {"kind": "DataQuery", "group": group, "spec": {"expr": expr}}
    query = {"kind": "PanelQuery", "spec": {"refId": "A", "hidden": False, "query": asked}}
    data = {"kind": "QueryGroup", "spec": {"queries": [query], "queryOptions": rest.pop("query_options", {})}}
    shown = {"kind": "VizConfig", "group": kind, "spec": {"fieldConfig": {"defaults": {}}, "options": {}}}
    return {"kind": "Panel", "spec": {"title": title, "data": data, "vizConfig": shown, **rest}}


def cell(name: str, y: int = 0, **rest: Any) -> Tree:
    return {"kind": "GridLayoutItem", "spec": {"x": 0, "y": y, "element": {"name": name}, **rest}}


def grid(*cells: Tree, kind: str = "GridLayout") -> Tree:
    return {"kind": kind, "spec": {"items": list(cells)}}


def rows_of(*written: tuple[str, Tree]) -> Tree:
    parts = [{"kind": "RowsLayoutRow", "spec": {"title": title, "layout": layout}} for title, layout in written]
    return {"kind": "RowsLayout", "spec": {"rows": parts}}


def tabs_of(*written: tuple[str, Tree]) -> Tree:
    parts = [{"kind": "TabsLayoutTab", "spec": {"title": title, "layout": layout}} for title, layout in written]
    return {"kind": "TabsLayout", "spec": {"tabs": parts}}


def resource(layout: Tree, version: str = "v2", variables: tuple[Tree, ...] = (), **elements: Tree) -> Tree:
    spec = {"title": "D", "elements": elements, "layout": layout, "variables": list(variables)}
    return {"apiVersion": f"dashboard.grafana.app/{version}", "kind": "Dashboard", "spec": spec}


def perses_panel(title: str, kind: str, query: str, **shown: Any) -> Tree:
    plugin = {"kind": "PrometheusTimeSeriesQuery", "spec": {"query": query}}
    asked = {"kind": "TimeSeriesQuery", "spec": {"plugin": plugin}}
    spec = {"display": {"name": title}, "plugin": {"kind": kind, "spec": shown}, "queries": [asked]}
    return {"kind": "Panel", "spec": spec}


def perses(title: str = "Row", variables: tuple[Tree, ...] = (), **panels: Tree) -> Tree:
    cells = [{"x": 0, "y": y, "content": {"$ref": f"#/spec/panels/{key}"}} for y, key in enumerate(panels)]
    layout = {"kind": "Grid", "spec": {"display": {"title": title}, "items": cells}}
    spec = {"display": {"name": "D"}, "variables": list(variables), "panels": panels, "layouts": [layout]}
    return {"kind": "Dashboard", "metadata": {"name": "d"}, "spec": spec}
