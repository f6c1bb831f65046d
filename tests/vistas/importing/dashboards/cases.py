"""Dashboards as public ones are: each kind of panel, schema version, layout, variable and wrapping."""

from __future__ import annotations

import json
from typing import Any

import yaml

from tests.vistas.importing import forms
from tests.vistas.importing.dashboards.case import (
    Case,
    Tree,
    cell,
    classic,
    element,
    fields,
    grid,
    last,
    panel,
    perses,
    perses_panel,
    resource,
    row,
    rows_of,
    steps,
    tabs_of,
    target,
)

OVER_TIME = {"P": ["P = lines range of up"]}
NOW = {"P": ["P = numbers now of up"]}
ONE_MOMENT = "asks over the time range; here it is how things are at its end"
GREEN_RED = ((None, "green"), (5, "red"))


def looked_up(name: str, query: Any, **rest: Any) -> Tree:
    return {"name": name, "type": "query", "query": query, **rest}


PANELS = {
    "a time series": Case(classic(panel()), OVER_TIME),
    "a graph of Grafana 6": Case(
        classic(panel("P", "graph", yaxes=[{"format": "bytes"}, {}]), version=16),
        {"P": ["P = lines range of up, bytes"]},
    ),
    "a stacked graph": Case(classic(panel("P", "graph", stack=True)), {"P": ["P = stacked range of up"]}),
    "a stacked time series": Case(
        classic(panel(**fields({"stacking": {"mode": "percent"}}))), {"P": ["P = stacked range of up"]}
    ),
    "bars over time": Case(
        classic(panel(**fields({"drawStyle": "bars"}))),
        OVER_TIME,
        changed=("is drawn as bars over time; here as lines",),
    ),
    "a stat of the last value": Case(classic(panel("P", "stat", **last())), NOW),
    "a stat of a mean": Case(
        classic(panel("P", "stat", options={"reduceOptions": {"calcs": ["mean"]}})),
        OVER_TIME,
        changed=("shows the mean of the time; here it is the line over time",),
    ),
    "a stat of two": Case(
        classic(panel("P", "stat", target("a", "one"), target("b", "two", "B"), **last())),
        {"P": ["P = numbers now of one: a + two: b"]},
    ),
    "a singlestat": Case(
        classic(
            panel(
                "P",
                "singlestat",
                valueName="current",
                format="s",
                thresholds="5",
                colors=["#299c46", "#d44a3a", "#d44a3a"],
            ),
            version=22,
        ),
        {"P": ["P = numbers now of up, seconds, normally below 5"]},
    ),
    "a singlestat of the average": Case(
        classic(panel("P", "singlestat"), version=22),
        OVER_TIME,
        changed=("shows the avg of the time; here it is the line over time",),
    ),
    "a gauge": Case(classic(panel("P", "gauge", **last())), NOW),
    "a bar gauge": Case(
        classic(panel("P", "bargauge", target("up", "{{job}}", instant=True))),
        {"P": ["P = bars now of up, as {{job}}"]},
    ),
    "a pie chart": Case(classic(panel("P", "piechart")), {"P": ["P = bars now of up"]}, changed=(ONE_MOMENT,)),
    "a bar chart": Case(classic(panel("P", "barchart", target(instant=True))), {"P": ["P = bars now of up"]}),
    "a table": Case(
        classic(panel("P", "table", target(instant=True, format="table"))), {"P": ["P = table now of up"]}
    ),
    "a table of Grafana 5": Case(
        classic(panel("P", "table-old", target(instant=True), styles=[{"pattern": "Time"}]), version=18),
        {"P": ["P = table now of up"]},
    ),
    "a table of several answers, merged": Case(
        classic(
            panel(
                "P",
                "table",
                target("a", instant=True),
                target("b", ref="B", instant=True),
                transformations=[{"id": "merge"}, {"id": "organize"}],
            )
        ),
        {"P": ["P (A) = table now of a", "P (B) = table now of b"]},
        changed=(
            "its answers are changed by Grafana afterwards (merge, organize); here they are as they come",
            "shows 2 answers at once; here in 2 looks",
        ),
    ),
    "a heatmap of buckets": Case(
        classic(panel("P", "heatmap", target("sum by (le) (rate(x_bucket[5m]))", "{{le}}", format="heatmap"))),
        {"P": ["P = heatmap range of sum by (le) (rate(x_bucket[5m])), as {{le}}"]},
    ),
    "a histogram": Case(
        classic(panel("P", "histogram")),
        {"P": ["P = heatmap range of up"]},
        changed=("is a histogram over the whole time; here it is a heatmap over time",),
    ),
    "a state timeline": Case(
        classic(
            panel(
                "P",
                "state-timeline",
                **fields(
                    mappings=[
                        {"type": "value", "options": {"0": {"text": "down", "color": "red"}, "1": {"text": "up"}}}
                    ]
                ),
            )
        ),
        {"P": ["P = states range of up, 0 is down, 1 is up"]},
    ),
    "a status history with numbers as types of mappings": Case(
        classic(
            panel(
                "P",
                "status-history",
                **fields(
                    mappings=[
                        {"type": 1, "value": "1", "text": "fine"},
                        {"type": 2, "from": "2", "to": "5", "text": "odd"},
                    ]
                ),
            ),
            version=27,
        ),
        {"P": ["P = states range of up, 1 is fine"]},
        changed=("words in place of values are not carried",),
    ),
    "a state timeline without words": Case(
        classic(panel("P", "state-timeline")),
        {"P": ["P = heatmap range of up"]},
        changed=("shows states over time, without words for them; here it is a heatmap of the numbers",),
    ),
    "logs beside metrics": Case(
        classic(panel(), panel("Logs", "logs", target('{app="a"}'), datasource={"type": "loki", "uid": "l"})),
        OVER_TIME,
        left=("log lines are no look that can be imported yet", "its panel was not carried"),
    ),
    "a time series of log lines": Case(
        classic(
            panel("P", "timeseries", target("up"), target('sum(count_over_time({app="a"} |= "x" [5m]))', ref="B"))
        ),
        OVER_TIME,
        left=("asks Loki for log lines, which imported looks cannot do yet",),
    ),
    "words": Case(
        classic(
            {"type": "text", "title": "T", "options": {"content": "# Read *me*"}, "gridPos": {"y": 0}}, panel()
        ),
        OVER_TIME,
        texts={"plainly": "Read *me*"},
    ),
    "words of Grafana 6 in HTML": Case(
        classic(
            {"type": "text", "title": "", "mode": "html", "content": "<b>Hi</b><script>x()</script>"}, panel()
        ),
        OVER_TIME,
        texts={"plainly": "Hi"},
    ),
    "a list of alerts": Case(
        classic(panel(), panel("Alerts", "alertlist", y=9)),
        {"P": ["P = lines range of up", "Alerts = lines alerts"]},
        left=("its panel lists alerts",),
        changed=("lists the alerts of Grafana; here those of Prometheus",),
    ),
    "panels that have no drawing here": Case(
        classic(panel(), *(panel("Q", kind) for kind in ("polystat", "geomap", "nodeGraph", "news", "dashlist"))),
        OVER_TIME,
        left=(
            *(f"is of type {kind}, which has no drawing here" for kind in ("polystat", "geomap", "nodeGraph")),
            *("its panel was not carried",) * 5,
            "news are not part of a morning",
            "a list of dashboards is not part of a morning",
        ),
    ),
    "a library panel with its body": Case(
        classic(
            {"title": "P", "libraryPanel": {"uid": "u"}},
            __elements={"u": {"model": panel("Theirs", "stat", **last())}},
        ),
        NOW,
    ),
    "a library panel without its body": Case(
        classic(panel(), {"title": "Q", "libraryPanel": {"uid": "u"}}),
        OVER_TIME,
        left=("is a library panel, and the file does not hold its body",),
    ),
    "a panel with a snapshot of its data": Case(
        classic(panel(snapshotData=[{"fields": [{"values": ["secret"]}]}])), OVER_TIME
    ),
}

QUERIES = {
    "several queries under their legends": Case(
        classic(panel("Net", "timeseries", target("rx", "{{device}} in"), target("tx", "{{device}} out", "B"))),
        {"Net": ["Net = lines range of {{device}} in: rx + {{device}} out: tx"]},
    ),
    "several queries under one legend": Case(
        classic(panel("Net", "timeseries", target("rx", "{{pod}}"), target("tx", "{{pod}}", "B"))),
        {"Net": ["Net = lines range of {{pod}} (A): rx + {{pod}} (B): tx"]},
    ),
    "several queries without legends": Case(
        classic(panel("Load", "graph", target("node_load1"), target("sum(node_load5{a='b'})", "__auto", "B"))),
        {"Load": ["Load = lines range of node_load1: node_load1 + node_load5: sum(node_load5{a='b'})"]},
    ),
    "a moment beside time": Case(
        classic(panel("P", "timeseries", target("a"), target("b", ref="B", instant=True))),
        {"P": ["P (A) = lines range of a", "P (B) = lines now of b"]},
        changed=("asks for one moment only", "asks for a moment and over time; here in 2 looks"),
    ),
    "both at once": Case(
        classic(panel("P", "timeseries", target(instant=True, range=True))),
        OVER_TIME,
        changed=("asks for a moment and over time; here over time only",),
    ),
    "a query that is switched off": Case(
        classic(panel("P", "timeseries", target(), target("b", ref="B", hide=True))),
        OVER_TIME,
        left=("is switched off in the dashboard",),
    ),
    "an expression of Grafana": Case(
        classic(
            panel(
                "P",
                "timeseries",
                target(),
                {"refId": "B", "expression": "$A", "datasource": {"type": "__expr__", "uid": "__expr__"}},
            )
        ),
        OVER_TIME,
        left=("is worked out by Grafana from the panel's other queries",),
    ),
    "mixed datasources": Case(
        classic(
            panel(
                "P",
                "timeseries",
                target(datasource={"type": "prometheus"}),
                {"refId": "B", "rawSql": "select 1", "datasource": {"type": "mysql"}},
                datasource="-- Mixed --",
            )
        ),
        OVER_TIME,
        left=("asks a datasource of type mysql; imported looks ask Prometheus",),
    ),
    "MetricsQL": Case(
        classic(panel("P", "timeseries", target("topk_max(5, rate(x))"))),
        {"P": ["P = lines range of topk_max(5, rate(x))"]},
        doubts=("uses topk_max, which is not (or no longer) PromQL",),
    ),
    "a template that was not rendered": Case(
        classic(panel("P", "timeseries", target('up{a="b"} > {{ .Values.limit }}'))),
        {"P": ['P = lines range of up{a="b"} > {{ .Values.limit }}']},
        doubts=("holds a template that was not rendered",),
    ),
    "macros": Case(
        classic(
            panel("P", "timeseries", target("rate(x[$__rate_interval])")), time={"from": "now-6h", "to": "now"}
        ),
        {"P": ["P = lines range of rate(x[1m])"]},
        window="6h",
        changed=("$__rate_interval is 1m, worked out for a window of 6h",),
    ),
    "groups of a regular expression": Case(
        classic(panel("P", "timeseries", target('label_replace(x, "a", "$1", "b", "(.*)")'))),
        {"P": ['P = lines range of label_replace(x, "a", "$1", "b", "(.*)")']},
    ),
    "what can be ignored": Case(
        classic(panel("P", "graph", target(exemplar=True, step=60, intervalFactor=2, editorMode="code"))),
        OVER_TIME,
    ),
}

AROUND = {
    "a unit, a threshold and what it shows": Case(
        classic(panel(description="Why we look.", **fields(unit="percentunit", **steps(*GREEN_RED)))),
        {"P": ["P = lines range of up, ratio, normally below 5"]},
        texts={"why": "Why we look."},
    ),
    "more is better": Case(
        classic(panel(**fields(**steps((None, "red"), (1, "green"))))),
        {"P": ["P = lines range of up, normally above 1"]},
    ),
    "three colours": Case(
        classic(panel(**fields(**steps((None, "green"), (1, "orange"), (2, "red"))))),
        OVER_TIME,
        changed=("2 thresholds: a look has one line of what is normal",),
    ),
    "thresholds of a graph": Case(
        classic(panel("P", "graph", thresholds=[{"value": 9, "op": "gt", "colorMode": "critical"}]), version=14),
        {"P": ["P = lines range of up, normally below 9"]},
    ),
    "overrides of a query, and of a series": Case(
        classic(
            panel(
                **fields(
                    overrides=[
                        {
                            "matcher": {"id": "byFrameRefID", "options": "A"},
                            "properties": [{"id": "unit", "value": "ms"}],
                        },
                        {
                            "matcher": {"id": "byName", "options": "x"},
                            "properties": [{"id": "color", "value": {}}],
                        },
                    ]
                )
            )
        ),
        {"P": ["P = lines range of up, milliseconds"]},
        changed=("colours, units or names of single series are not carried",),
    ),
    "dates, which Grafana counts in milliseconds": Case(
        classic(panel("P", "stat", target("x * 1000"), **fields(unit="dateTimeAsIso"), **last())),
        {"P": ["P = numbers now of x, dates"]},
        changed=("multiplies seconds by 1000 to show dates; here the seconds are dates",),
    ),
    "a week, and the same night a week ago": Case(
        classic(panel("P", timeFrom="7d"), panel("Q", timeShift="1w", y=9)),
        {"P": ["P = lines range of up, over 7d", "Q = lines range of up, 7d earlier"]},
    ),
    "a comparison with yesterday": Case(
        classic(panel(options={"timeCompare": "1d"})),
        OVER_TIME,
        changed=("compares with an earlier time (1d); here it does not",),
    ),
    "links, annotations, an alert": Case(
        classic(
            panel(links=[{"title": "x"}], alert={"name": "a"}),
            links=[{"title": "Home"}],
            annotations={"list": [{"builtIn": 1}, {"name": "Deploys", "datasource": "x"}]},
        ),
        OVER_TIME,
        changed=("its alert rule stays in Grafana",),
        left=("links are not carried", "routines have no annotations", "links are not carried"),
    ),
}

LAYOUTS = {
    "no places at all": Case(
        {"title": "D", "panels": [{"title": t, "type": "graph", "targets": [target()]} for t in "ABCDE"]},
        {"A": [f"{t} = lines range of up" for t in "ABCD"], "E": ["E = lines range of up"]},
    ),
    "no rows: bands": Case(
        classic(*(panel(f"{y}{x}", y=y, x=x) for y in (0, 8, 16) for x in (0, 8, 16))),
        {
            "00": [f"{y}{x} = lines range of up" for y in (0, 8) for x in (0, 8, 16)],
            "160": [f"16{x} = lines range of up" for x in (0, 8, 16)],
        },
    ),
    "rows, with what stands before the first": Case(
        classic(row("R", 5), panel("In", y=6), panel("Before", y=0)),
        {"Before": ["Before = lines range of up"], "R": ["In = lines range of up"]},
    ),
    "a folded row": Case(classic(row("R", 0, panel("In"))), {"R": ["In = lines range of up"]}),
    "rows[] of schema 14": Case(
        {
            "title": "D",
            "schemaVersion": 14,
            "rows": [
                {
                    "title": "One",
                    "showTitle": True,
                    "height": "250px",
                    "panels": [{"type": "graph", "title": "P", "span": 6, "targets": [target()]}],
                },
                {
                    "title": "Two",
                    "collapse": True,
                    "panels": [
                        {"type": "singlestat", "title": "Q", "valueName": "current", "targets": [target("b")]}
                    ],
                },
            ],
        },
        {"One": ["P = lines range of up"], "Two": ["Q = numbers now of b"]},
    ),
    "rows[] without headings": Case(
        {
            "title": "D",
            "schemaVersion": 14,
            "rows": [
                {
                    "title": "Dashboard Row",
                    "panels": [{"type": "graph", "title": title, "targets": [target()]} for title in "PQ"],
                }
            ],
        },
        {"P": ["P = lines range of up", "Q = lines range of up"]},
    ),
    "a schema version as text": Case(classic(panel(), version="39"), OVER_TIME),
    "no schema version": Case({"title": "D", "panels": [panel()]}, OVER_TIME),
    "the newest schema version": Case(classic(panel(), version=43.0), OVER_TIME),
    "a repeated panel, with a saved copy": Case(
        classic(
            panel("CPU of $v", "timeseries", target('x{a="$v"}'), repeat="v"),
            panel("CPU of $v", repeatPanelId=1),
            variables=(looked_up("v", "label_values(x, a)", includeAll=True, multi=True),),
        ),
        {"CPU of": ['CPU of $v = lines range of x{a="$v"}']},
        variables=("v of a in x, several, every .*",),
        left=("is a saved copy of a repeated panel: the original is imported once", "its panel was not carried"),
        changed=(
            "is repeated for each value of $v; here it stands once, for all that is chosen",
            "compares $v by =, which nothing equals where several or all values are chosen",
        ),
    ),
    "a repeated row": Case(
        classic(row("Node $v", 0, repeat="v"), panel(y=1)),
        {"Node": ["P = lines range of up"]},
        changed=("is repeated for each value of a variable; here it stands once",),
    ),
    "a v2 resource of rows": Case(
        resource(rows_of(("R", grid(cell("p")))), p=element("P")), {"R": ["P = lines range of up"]}
    ),
    "a v2beta1 resource with tabs of rows": Case(
        resource(
            tabs_of(("T", rows_of(("R", grid(cell("p"))))), ("U", grid(cell("q"), kind="AutoGridLayout"))),
            "v2beta1",
            p=element("P"),
            q=element("Q"),
        ),
        {"R": ["P = lines range of up"], "U": ["Q = lines range of up"]},
    ),
    "a v2alpha1 resource with the plugin in kind": Case(
        resource(
            grid(cell("p")),
            "v2alpha1",
            p={
                "kind": "Panel",
                "spec": {
                    "title": "P",
                    "vizConfig": {"kind": "stat", "spec": {}},
                    "data": {
                        "spec": {
                            "queries": [
                                {"spec": {"refId": "A", "query": {"kind": "prometheus", "spec": {"expr": "up"}}}}
                            ]
                        }
                    },
                },
            },
        ),
        NOW,
    ),
    "a v2 resource with a panel's own time, and logs": Case(
        resource(
            grid(cell("p"), cell("q", 1)),
            p=element("P", query_options={"timeFrom": "2d"}),
            q=element("Q", group="loki", expr='{a="b"}'),
        ),
        {"P": ["P = lines range of up, over 2d"]},
        left=(
            "none of its queries could be carried",
            "asks Loki for log lines, which imported looks cannot do yet",
        ),
    ),
    "a v1 resource": Case(
        {"apiVersion": "dashboard.grafana.app/v1", "kind": "Dashboard", "spec": classic(panel())}, OVER_TIME
    ),
    "a v0alpha1 resource": Case(
        {"apiVersion": "dashboard.grafana.app/v0alpha1", "kind": "Dashboard", "spec": classic(panel())}, OVER_TIME
    ),
}

VARIABLES = {
    "a namespace and its pods": Case(
        classic(
            panel("P", "timeseries", target('x{ns="$ns",pod=~"$pod"}')),
            variables=(
                looked_up("ns", "label_values(kube_pod_info, namespace)", current={"value": "shop"}),
                looked_up(
                    "pod",
                    {"query": 'label_values(kube_pod_info{namespace="$ns"}, pod)'},
                    includeAll=True,
                    multi=True,
                    allValue=".+",
                    current={"value": ["$__all"]},
                ),
            ),
        ),
        {"P": ['P = lines range of x{ns="$ns",pod=~"$pod"}']},
        variables=(
            "ns of namespace in kube_pod_info, at first shop",
            'pod of pod in kube_pod_info{namespace="$ns"}, several, every .+',
        ),
    ),
    "a node without its port": Case(
        classic(
            panel("P", "timeseries", target('x{instance=~"$node:.*"}')),
            variables=(looked_up("node", "label_values(up, instance)", regex="/([^:]+):.*/", includeAll=True),),
        ),
        {"P": ['P = lines range of x{instance=~"$node:.*"}']},
        variables=("node typed, every .*",),
        changed=("lists parts of the values of instance in the dashboard; here it is typed",),
    ),
    "a job cut out of series": Case(
        classic(
            panel("P", "timeseries", target('x{job="${job}"}')),
            variables=(looked_up("job", "query_result(count by (job) (up))", regex='/job="([^"]+)"/'),),
        ),
        {"P": ['P = lines range of x{job="${job}"}']},
        variables=("job of job in up",),
        changed=("lists what a query answers in the dashboard; here every value of the label",),
    ),
    "names of metrics": Case(
        classic(
            panel("P", "timeseries", target('{__name__="$m"}')), variables=(looked_up("m", "metrics(node_)"),)
        ),
        {"P": ['P = lines range of {__name__="$m"}']},
        variables=('m of __name__ in {__name__=~".*(?:node_).*"}',),
    ),
    "formats": Case(
        classic(
            panel("P", "timeseries", target('x{a=~"${v:pipe}",b=~"${v:regex}",c=~"[[v]]",d="${v:lucene}"}')),
            variables=(looked_up("v", "label_values(a)", multi=True),),
        ),
        {"P": ['P = lines range of x{a=~"${v:pipe}",b=~"${v:regex}",c=~"${v}",d="${v:lucene}"}']},
        variables=("v of a, several",),
        doubts=("${v:lucene} has no value here and stays as it is",),
    ),
    "a list, a text, a constant, an interval, a datasource, a filter": Case(
        classic(
            panel("P", "timeseries", target('topk($n, rate(x{a=~"$t",b="$c"}[$i]))')),
            variables=(
                {"name": "n", "type": "custom", "query": "5,10", "current": {"value": "10"}},
                {"name": "t", "type": "textbox", "query": ".*"},
                {"name": "c", "type": "constant", "query": "k"},
                {"name": "i", "type": "interval", "query": "1m,5m", "current": {"value": "5m"}},
                {"name": "ds", "type": "datasource", "query": "prometheus"},
                {"name": "f", "type": "adhoc"},
            ),
        ),
        {"P": ['P = lines range of topk($n, rate(x{a=~"$t",b="k"}[5m]))']},
        variables=("n from 5 10, at first 10", "t typed, at first .*"),
        left=("is a filter that is chosen while looking: routines have none",),
        changed=(
            "is fixed to what the dashboard opens with; it also offers 1m",
            "the look asks every source of that type",
        ),
    ),
    "inputs of an export": Case(
        classic(
            panel("P", "timeseries", target('x{a="${VAR_A}"}'), datasource="${DS_PROM}"),
            __inputs=[
                {"name": "DS_PROM", "type": "datasource", "pluginId": "prometheus"},
                {"name": "VAR_A", "type": "constant", "value": "b"},
            ],
        ),
        {"P": ['P = lines range of x{a="b"}']},
    ),
    "a name that is nobody's": Case(
        classic(panel("P", "timeseries", target('x{a="$gone"}'))),
        {"P": ['P = lines range of x{a="$gone"}']},
        doubts=("$gone has no value here and stays as it is",),
    ),
}

PERSES_LIST = {"kind": "PrometheusLabelValuesVariable", "spec": {"labelName": "a", "matchers": ["x"]}}
WRAPPED = {
    "the HTTP API's": Case({"dashboard": classic(panel()), "meta": {"slug": "d"}}, OVER_TIME),
    "a ConfigMap": Case(yaml.safe_dump(forms.config_map(classic(panel()))), OVER_TIME),
    "a ConfigMapList": Case({"kind": "ConfigMapList", "items": [forms.config_map(classic(panel()))]}, OVER_TIME),
    "the operator's json": Case(forms.operator({"json": json.dumps(classic(panel()))}), OVER_TIME),
    "the operator's gzipJson": Case(forms.operator({"gzipJson": forms.gzipped(classic(panel()))}), OVER_TIME),
    "the operator's manifest": Case(
        {"kind": "GrafanaManifest", "spec": {"template": resource(grid(cell("p")), p=element("P"))}}, OVER_TIME
    ),
    "YAML": Case(yaml.safe_dump(classic(panel())), OVER_TIME),
    "Perses, bare": Case(
        perses(
            p=perses_panel("P", "TimeSeriesChart", "up", yAxis={"format": {"unit": "bytes"}}),
            q=perses_panel("Q", "StatChart", "b", calculation="last-number"),
        ),
        {"Row": ["P = lines range of up, bytes", "Q = numbers now of b"]},
    ),
    "Perses, v1alpha2": Case(
        {
            "apiVersion": "perses.dev/v1alpha2",
            "kind": "PersesDashboard",
            "spec": {"config": perses(p=perses_panel("P", "TimeSeriesChart", "up"))["spec"]},
        },
        {"Row": ["P = lines range of up"]},
    ),
    "Perses, v1alpha1": Case(
        {
            "apiVersion": "perses.dev/v1alpha1",
            "kind": "PersesDashboard",
            "spec": perses(p=perses_panel("P", "GaugeChart", "up", thresholds={"steps": [{"value": 5}]}))["spec"],
        },
        {"Row": ["P = numbers now of up, normally below 5"]},
    ),
    "Perses with a list, a text, and a chart that is missing here": Case(
        perses(
            variables=(
                {"kind": "ListVariable", "spec": {"name": "v", "allowMultiple": True, "plugin": PERSES_LIST}},
                {"kind": "TextVariable", "spec": {"name": "t", "value": "b"}},
            ),
            p=perses_panel("P", "TimeSeriesChart", 'x{a=~"$v",b="$t"}'),
            q=perses_panel("Q", "FlameChart", "y"),
        ),
        {"Row": ['P = lines range of x{a=~"$v",b="$t"}']},
        variables=("v of a in x, several", "t typed, at first b"),
        left=("is of type FlameChart, which has no drawing here", "its panel was not carried"),
    ),
}

CASES = {**PANELS, **QUERIES, **AROUND, **LAYOUTS, **VARIABLES, **WRAPPED}
