"""One small dashboard, written in each form in which dashboards are handed about."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from typing import Any

import yaml

Tree = dict[str, Any]

CPU = '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle",instance=~"$node"}[$__rate_interval]))'
TITLE = "Machines"
ABOUT = "What our machines do."
ROWS: list[tuple[str, list[Tree]]] = [
    (
        "CPU",
        [
            {
                "title": "Busy",
                "type": "timeseries",
                "description": "How busy the processors are.",
                "unit": "percentunit",
                "red_from": 0.9,
                "queries": [("A", CPU, "{{instance}}", False)],
            },
            {
                "title": "Up",
                "type": "stat",
                "description": "",
                "unit": "none",
                "red_from": None,
                "queries": [("A", 'sum(up{job="node"})', "up", True)],
            },
        ],
    ),
    (
        "Disk",
        [
            {
                "title": "Read and written",
                "type": "timeseries",
                "description": "What goes to the disks.",
                "unit": "Bps",
                "red_from": None,
                "queries": [
                    ("A", "sum(rate(node_disk_read_bytes_total[5m]))", "read", False),
                    ("B", "sum(rate(node_disk_written_bytes_total[5m]))", "written", False),
                ],
            },
            {"title": "Note", "type": "text", "words": "Disks wear out.", "queries": []},
        ],
    ),
]


def _target(query: tuple[str, str, str, bool]) -> Tree:
    ref, expr, legend, instant = query
    return {"refId": ref, "expr": expr, "legendFormat": legend, "instant": instant}


def _fields(panel: Tree) -> Tree:
    steps = [{"color": "green", "value": None}]
    if panel["red_from"] is not None:
        steps.append({"color": "red", "value": panel["red_from"]})
    return {
        "defaults": {"unit": panel["unit"], "thresholds": {"mode": "absolute", "steps": steps}},
        "overrides": [],
    }


VARIABLES: list[Tree] = [
    {"name": "source", "type": "datasource", "query": "prometheus"},
    {
        "name": "node",
        "type": "query",
        "multi": True,
        "includeAll": True,
        "query": "label_values(up, instance)",
        "current": {},
    },
]


def _classic(version: Any) -> Tree:
    return {
        "title": TITLE,
        "description": ABOUT,
        "uid": "machines",
        "schemaVersion": version,
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": VARIABLES},
    }


def modern() -> Tree:
    """Schema 39: rows are panels, and places decide. In the file the panels stand the wrong way round."""
    panels: list[Tree] = []
    y = 0
    for title, row in ROWS:
        panels.append(
            {"type": "row", "title": title, "collapsed": False, "gridPos": {"x": 0, "y": y, "w": 24, "h": 1}}
        )
        for place, panel in enumerate(row):
            panels.append({**_modern_panel(panel), "gridPos": {"x": 8 * place, "y": y + 1, "w": 8, "h": 8}})
        y += 9
    return {**_classic(39), "panels": panels[::-1]}


def _modern_panel(panel: Tree) -> Tree:
    if panel["type"] == "text":
        return {
            "type": "text",
            "title": panel["title"],
            "options": {"mode": "markdown", "content": panel["words"]},
        }
    return {
        "type": panel["type"],
        "title": panel["title"],
        "description": panel["description"],
        "datasource": {"type": "prometheus", "uid": "${source}"},
        "fieldConfig": _fields(panel),
        "options": {"reduceOptions": {"calcs": ["lastNotNull"]}},
        "targets": [_target(query) for query in panel["queries"]],
    }


def collapsed() -> Tree:
    """Schema 41 with its rows folded: their panels stand within them."""
    panels, rows = modern()["panels"][::-1], []
    for panel in panels:
        if panel["type"] == "row":
            rows.append({**panel, "collapsed": True, "panels": []})
        else:
            rows[-1]["panels"].append(panel)
    return {**_classic("41"), "panels": rows}


def old() -> Tree:
    """Schema 14: `rows[]`, graphs with axes and singlestats with colours, spans of twelve columns."""
    rows = [
        {"title": title, "showTitle": True, "height": "250px", "panels": [_old_panel(panel) for panel in row]}
        for title, row in ROWS
    ]
    return {**_classic(14), "rows": rows}


def _old_panel(panel: Tree) -> Tree:
    tree: Tree = {"title": panel["title"], "span": 6, "datasource": "$source"}
    if panel["type"] == "text":
        return {**tree, "type": "text", "mode": "markdown", "content": panel["words"]}
    tree |= {"description": panel["description"], "targets": [_target(query) for query in panel["queries"]]}
    if panel["type"] == "stat":
        return {**tree, "type": "singlestat", "format": panel["unit"], "valueName": "current"}
    red = panel["red_from"]
    marks = [{"value": red, "op": "gt", "colorMode": "critical"}] if red is not None else []
    return {
        **tree,
        "type": "graph",
        "yaxes": [{"format": panel["unit"]}, {"format": "short"}],
        "thresholds": marks,
    }


def first_resource() -> Tree:
    return {
        "apiVersion": "dashboard.grafana.app/v1beta1",
        "kind": "Dashboard",
        "metadata": {"name": "machines"},
        "spec": modern(),
    }


def second_resource(version: str = "v2beta1") -> Tree:
    """v2: elements, a layout of rows with grids in them; v2alpha1 has its plugin ids in `kind`."""
    early = version == "v2alpha1"
    elements, rows = {}, []
    for number, (title, row) in enumerate(ROWS):
        cells = []
        for place, panel in enumerate(row):
            name = f"panel-{number}-{place}"
            elements[name] = {"kind": "Panel", "spec": _second_panel(panel, early=early)}
            reference = {"kind": "ElementReference", "name": name}
            spec = {"x": 8 * place, "y": 0, "width": 8, "height": 8, "element": reference}
            cells.append({"kind": "GridLayoutItem", "spec": spec})
        grid = {"kind": "GridLayout", "spec": {"items": cells}}
        rows.append({"kind": "RowsLayoutRow", "spec": {"title": title, "collapse": False, "layout": grid}})
    query = {"kind": "DataQuery", "group": "prometheus", "spec": {"query": "label_values(up, instance)"}}
    node = {"name": "node", "multi": True, "includeAll": True, "query": query}
    return {
        "apiVersion": f"dashboard.grafana.app/{version}",
        "kind": "Dashboard",
        "metadata": {"name": "machines"},
        "spec": {
            "title": TITLE,
            "description": ABOUT,
            "timeSettings": {"from": "now-6h", "to": "now"},
            "variables": [
                {"kind": "DatasourceVariable", "spec": {"name": "source", "pluginId": "prometheus"}},
                {"kind": "QueryVariable", "spec": node},
            ],
            "elements": elements,
            "layout": {"kind": "RowsLayout", "spec": {"rows": rows}},
        },
    }


def _second_panel(panel: Tree, *, early: bool) -> Tree:
    queries = []
    for query in panel["queries"]:
        target = _target(query)
        ref = target.pop("refId")
        asked = (
            {"kind": "prometheus", "spec": target}
            if early
            else {"kind": "DataQuery", "group": "prometheus", "datasource": {"name": "${source}"}, "spec": target}
        )
        queries.append({"kind": "PanelQuery", "spec": {"refId": ref, "hidden": False, "query": asked}})
    shown: Tree = (
        {"options": {"content": panel["words"]}}
        if panel["type"] == "text"
        else {"fieldConfig": _fields(panel), "options": {"reduceOptions": {"calcs": ["lastNotNull"]}}}
    )
    kind = {"kind": panel["type"]} if early else {"kind": "VizConfig", "group": panel["type"]}
    return {
        "title": panel["title"],
        "description": panel.get("description", ""),
        "data": {"kind": "QueryGroup", "spec": {"queries": queries, "transformations": [], "queryOptions": {}}},
        "vizConfig": {**kind, "spec": shown},
    }


def perses() -> Tree:
    panels, layouts = {}, []
    for number, (title, row) in enumerate(ROWS):
        cells = []
        for place, panel in enumerate(row):
            name = f"{number}_{place}"
            panels[name] = {"kind": "Panel", "spec": _perses_panel(panel)}
            reference = {"$ref": f"#/spec/panels/{name}"}
            cells.append({"x": 8 * place, "y": 0, "width": 8, "height": 8, "content": reference})
        display = {"title": title, "collapse": {"open": True}}
        layouts.append({"kind": "Grid", "spec": {"display": display, "items": cells}})
    node = {"name": "node", "allowAllValue": True, "allowMultiple": True}
    looked_up = {"kind": "PrometheusLabelValuesVariable", "spec": {"labelName": "instance", "matchers": ["up"]}}
    chosen = {"kind": "DatasourceVariable", "spec": {"datasourcePluginKind": "PrometheusDatasource"}}
    return {
        "kind": "Dashboard",
        "metadata": {"name": "machines", "project": "ours"},
        "spec": {
            "display": {"name": TITLE, "description": ABOUT},
            "duration": "6h",
            "variables": [
                {"kind": "ListVariable", "spec": {"name": "source", "plugin": chosen}},
                {"kind": "ListVariable", "spec": {**node, "plugin": looked_up}},
            ],
            "panels": panels,
            "layouts": layouts,
        },
    }


_PERSES_UNITS = {"percentunit": "percent-decimal", "none": "decimal", "Bps": "bytes/sec"}


def _perses_panel(panel: Tree) -> Tree:
    display = {"name": panel["title"], "description": panel.get("description", "")}
    if panel["type"] == "text":
        return {"display": display, "plugin": {"kind": "Markdown", "spec": {"text": panel["words"]}}}
    shape = {"unit": _PERSES_UNITS[panel["unit"]]}
    shown: Tree = {"yAxis": {"format": shape}}
    kind = "TimeSeriesChart"
    if panel["type"] == "stat":
        kind, shown = "StatChart", {"format": shape, "calculation": "last-number"}
    if panel["red_from"] is not None:
        shown["thresholds"] = {"steps": [{"value": panel["red_from"]}]}
    queries = []
    for _, expr, legend, instant in panel["queries"]:
        spec = {"query": expr, "seriesNameFormat": legend, "instant": instant}
        plugin = {"kind": "PrometheusTimeSeriesQuery", "spec": spec}
        queries.append({"kind": "TimeSeriesQuery", "spec": {"plugin": plugin}})
    return {"display": display, "plugin": {"kind": kind, "spec": shown}, "queries": queries}


def config_map(dashboard: Tree) -> Tree:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "machines", "labels": {"grafana_dashboard": "1"}},
        "data": {"machines.json": json.dumps(dashboard, indent=2)},
    }


def operator(spec: Tree) -> Tree:
    return {
        "apiVersion": "grafana.integreatly.org/v1beta1",
        "kind": "GrafanaDashboard",
        "metadata": {"name": "machines"},
        "spec": {"instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, **spec},
    }


def gzipped(dashboard: Tree) -> str:
    return base64.b64encode(gzip.compress(json.dumps(dashboard).encode())).decode()


def manifest() -> Tree:
    return {
        "kind": "GrafanaManifest",
        "metadata": {"name": "machines"},
        "spec": {"template": second_resource("v2")},
    }


def perses_resource() -> Tree:
    dashboard = perses()
    return {
        "apiVersion": "perses.dev/v1alpha2",
        "kind": "PersesDashboard",
        "metadata": {"name": "machines"},
        "spec": {"config": dashboard["spec"]},
    }


FORMS: dict[str, Callable[[], str]] = {
    "classic, schema 14 with rows": lambda: json.dumps(old()),
    "classic, schema 39": lambda: json.dumps(modern()),
    "classic, schema 41, folded": lambda: json.dumps(collapsed()),
    "classic, as the HTTP API wraps it": lambda: json.dumps({"dashboard": modern(), "meta": {"slug": "machines"}}),
    "classic, as YAML": lambda: yaml.safe_dump(modern()),
    "v1 resource": lambda: json.dumps(first_resource()),
    "v1 resource as YAML": lambda: yaml.safe_dump(first_resource()),
    "v2alpha1 resource": lambda: json.dumps(second_resource("v2alpha1")),
    "v2beta1 resource": lambda: json.dumps(second_resource("v2beta1")),
    "v2 resource as YAML": lambda: yaml.safe_dump(second_resource("v2")),
    "v2 without what wraps it": lambda: json.dumps(second_resource()["spec"]),
    "ConfigMap": lambda: yaml.safe_dump(config_map(modern())),
    "ConfigMap of Perses": lambda: yaml.safe_dump(config_map(perses())),
    "ConfigMapList": lambda: json.dumps({"kind": "ConfigMapList", "items": [config_map(old())]}),
    "operator's json": lambda: yaml.safe_dump(operator({"json": json.dumps(modern())})),
    "operator's gzipJson": lambda: yaml.safe_dump(operator({"gzipJson": gzipped(modern())})),
    "operator's manifest": lambda: yaml.safe_dump(manifest()),
    "Perses": lambda: json.dumps(perses()),
    "Perses as YAML": lambda: yaml.safe_dump(perses()),
    "Perses as a custom resource": lambda: yaml.safe_dump(perses_resource()),
}
