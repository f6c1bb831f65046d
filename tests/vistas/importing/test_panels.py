"""Each type of panel as a look, and what is told of what a look cannot show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vistas.importing.small import Tree, bring, changed, dashboard, left, look, panel, routine
from vistas.importing import Thing
from vistas.routine import Unit

STACKED = {"fieldConfig": {"defaults": {"custom": {"stacking": {"mode": "normal"}}}}}
MEAN = {"options": {"reduceOptions": {"calcs": ["mean"]}}}
LAST = {"options": {"reduceOptions": {"calcs": ["lastNotNull"]}}}
DRAWN = [
    ("timeseries", {}, ("range", None)),
    ("timeseries", STACKED, ("range", "stacked")),
    ("graph", {"stack": True}, ("range", "stacked")),
    ("graph", {}, ("range", None)),
    ("stat", LAST, ("instant", "numbers")),
    ("stat", {}, ("instant", "numbers")),
    ("stat", MEAN, ("range", "lines")),
    ("singlestat", {"valueName": "current"}, ("instant", "numbers")),
    ("singlestat", {}, ("range", "lines")),
    ("gauge", LAST, ("instant", "numbers")),
    ("bargauge", LAST, ("instant", "bars")),
    ("piechart", {}, ("instant", "bars")),
    ("barchart", {}, ("instant", "bars")),
    ("table", {}, ("instant", "table")),
    ("table-old", {}, ("instant", "table")),
    ("heatmap", {}, ("range", "heatmap")),
    ("histogram", {}, ("range", "heatmap")),
    ("state-timeline", {}, ("range", "heatmap")),
    ("status-history", {}, ("range", "heatmap")),
]


@pytest.mark.parametrize(("kind", "rest", "drawn"), DRAWN)
def test_panel_is_drawn_as_it_was(kind: str, rest: Tree, drawn: tuple[str, str | None]) -> None:
    one = look(dashboard(panel(kind, **rest)))
    assert (one.take, one.draw) == drawn


def test_query_for_one_moment_stays_one() -> None:
    instant = {"refId": "A", "expr": "up", "instant": True}
    assert look(dashboard(panel(targets=[instant]))).take == "instant"
    assert look(dashboard(panel(targets=[{**instant, "range": True}]))).take == "range"


LEFT = [
    (panel("logs"), "log lines"),
    (panel("dashlist"), "a list of dashboards"),
    (panel("news"), "news"),
    (panel("polystat"), "is of type polystat, which has no drawing here"),
    (panel("geomap"), "is of type geomap"),
    (panel("nodeGraph"), "is of type nodeGraph"),
    (panel(targets=[]), "has no query"),
    (panel(targets={"A": 1}), "has something else than a list for targets"),
    (panel(repeatPanelId=3), "is a saved copy of a repeated panel"),
    (panel(libraryPanel={"uid": "x"}, targets=None), "is a library panel, and the file does not hold its body"),
    (panel(targets=[{"expr": "up", "hide": True}]), "none of its queries could be carried"),
    ({"type": "text", "options": {"content": "<script>alert(1)</script>"}}, "has no words in it"),
    ({"type": "text", "options": {"content": "words"}}, "has words only, and no stop follows"),
    ("no panel", "is not a panel but some other value"),
    (None, "is not a panel but some other value"),
]


@pytest.mark.parametrize(("tree", "says"), LEFT)
def test_panel_that_is_left_says_why(tree: Any, says: str) -> None:
    one = bring(dashboard(tree))
    assert one.routines == ()
    told = [each.reason for each in one.report.left if each.thing is Thing.PANEL]
    assert len(told) == 1
    assert told[0].startswith(says)
    queries = tree["targets"] if isinstance(tree, dict) and isinstance(tree.get("targets"), list) else []
    assert one.report.came_in(Thing.QUERY) == len(queries)


QUERIES_LEFT = [
    ({"expr": "up", "hide": True}, "is switched off in the dashboard"),
    ({"expr": ""}, "has no text"),
    ({}, "has no text"),
    ({"expr": {"a": 1}}, "has no text"),
    ("up", "is not a query but some other value"),
    ({"expr": "up + " * 500}, "is longer than the 2,000 letters a look takes"),
    ({"expr": "x" * 5000}, "is longer than the 2,000 letters a look takes"),
    ({"expr": '{app="a"}', "datasource": {"type": "loki"}}, "asks Loki for log lines"),
    ({"expr": '{app="a"} |= "x"'}, "asks Loki for log lines"),
    ({"rawSql": "select 1", "datasource": {"type": "mysql"}}, "asks a datasource of type mysql"),
    ({"datasource": {"type": "__expr__", "uid": "__expr__"}, "expression": "$A"}, "is worked out by Grafana"),
    ({"datasource": {"type": "datasource", "uid": "-- Dashboard --"}}, "shows another panel's answer"),
    ({"datasource": {"type": "datasource", "uid": "grafana"}}, "asks Grafana itself"),
]


@pytest.mark.parametrize(("target", "says"), QUERIES_LEFT)
def test_query_that_is_left_says_why(target: Any, says: str) -> None:
    """The panel's other query is carried all the same."""
    one = bring(dashboard(panel(targets=[{"refId": "A", "expr": "up"}, target])))
    (told,) = [each.reason for each in one.report.left if each.thing is Thing.QUERY]
    assert told.startswith(says)
    assert one.report.carried[Thing.PANEL] == one.report.carried[Thing.QUERY] == 1


def test_datasource_is_found_behind_a_variable_or_an_input() -> None:
    logs = [{"name": "ds", "type": "datasource", "query": "loki"}]
    behind = panel(datasource={"uid": "${ds}"})
    assert "asks Loki" in left(dashboard(behind, variables=logs))[0][1]
    inputs = [{"name": "DS_LOGS", "type": "datasource", "pluginId": "loki"}]
    assert "asks Loki" in left(dashboard(panel(datasource="${DS_LOGS}"), __inputs=inputs))[0][1]
    assert look(dashboard(panel(datasource="-- Mixed --"))).query == ("up",)


def test_library_panel_with_its_body_is_carried() -> None:
    placed = {"title": "Mine", "libraryPanel": {"uid": "x"}, "gridPos": {"y": 0}}
    body = {"x": {"model": panel("stat", "sum(up)")}}
    one = look(dashboard(placed, __elements=body))
    assert (one.title, one.query) == ("Mine", ("sum(up)",))


def test_alert_list_looks_at_the_alerts_of_prometheus() -> None:
    tree = dashboard({"type": "alertlist", "title": "Alerts"})
    assert look(tree).take == "alerts"
    assert changed(tree) == ["lists the alerts of Grafana; here those of Prometheus"]


CHANGED = [
    ({"transformations": [{"id": "merge"}, {"id": "organize"}]}, "afterwards (merge, organize)"),
    ({"xaxis": {"mode": "series"}}, "is drawn over something else than time"),
    ({"timeFrom": "now/d"}, "has a time range of its own that means nothing here (now/d)"),
    ({"timeFrom": "30s"}, "has a time range of its own that means nothing here (30s)"),
    ({"timeShift": "$shift"}, "is shifted back in time by what means nothing here ($shift)"),
    ({"options": {"timeCompare": "1d"}}, "compares with an earlier time (1d)"),
    ({"repeat": "node"}, "is repeated for each value of $node"),
    ({"alert": {"name": "a"}}, "its alert rule stays in Grafana"),
    ({"fieldConfig": {"defaults": {"unit": "ns"}}}, "nanoseconds are written as plain numbers"),
    ({"fieldConfig": {"defaults": {"mappings": [{"type": 1, "value": "0", "text": "down"}]}}}, "words in place"),
    ({"fieldConfig": {"defaults": {"mappings": [{"type": "range", "options": {"from": 1, "to": 5}}]}}}, "words"),
    ({"fieldConfig": {"overrides": [{"matcher": {"id": "byName"}}]}}, "of single series are not carried"),
    ({"fieldConfig": {"defaults": {"custom": {"drawStyle": "bars"}}}}, "is drawn as bars over time"),
]


@pytest.mark.parametrize(("rest", "says"), CHANGED)
def test_what_is_shown_differently_is_told(rest: Tree, says: str) -> None:
    (told,) = changed(dashboard(panel(**rest)))
    assert says in told


def test_override_of_a_whole_query_is_carried() -> None:
    properties = [{"id": "unit", "value": "bytes"}, {"id": "displayName", "value": "used"}]
    fields = {"overrides": [{"matcher": {"id": "byFrameRefID", "options": "A"}, "properties": properties}]}
    one = look(dashboard(panel(fieldConfig=fields)))
    assert (one.unit, one.name) == (Unit.BYTES, "used")


UNITS = [
    ("short", "number"),
    ("none", "number"),
    ("percent", "percent"),
    ("percentunit", "ratio"),
    ("s", "seconds"),
    ("dtdurations", "seconds"),
    ("h", "hours"),
    ("d", "days"),
    ("bytes", "bytes"),
    ("decbytes", "bytes"),
    ("Bps", "bytes/s"),
    ("µs", "microseconds"),
    ("ms", "milliseconds"),
    ("dtdurationms", "milliseconds"),
    ("bps", "bits/s"),
    ("ops", "per second"),
    ("pps", "per second"),
    ("iops", "per second"),
    ("rps", "per second"),
    ("reqps", "requests/s"),
]


@pytest.mark.parametrize(("theirs", "ours"), UNITS)
def test_unit_is_ours(theirs: str, ours: str) -> None:
    tree = dashboard(panel(fieldConfig={"defaults": {"unit": theirs}}))
    assert look(tree).unit == ours
    assert changed(tree) == []


@pytest.mark.parametrize("unit", ["ns", "m", "bits", "celsius", "dateTimeAsIso", "furlongs"])
def test_unit_that_is_not_ours_is_told(unit: str) -> None:
    (told,) = changed(dashboard(panel(fieldConfig={"defaults": {"unit": unit}})))
    assert told.endswith("are written as plain numbers")


def steps(*written: tuple[float | None, str], mode: str = "absolute", unit: str = "none") -> Tree:
    listed = [{"value": value, "color": color} for value, color in written]
    return {"fieldConfig": {"defaults": {"unit": unit, "thresholds": {"mode": mode, "steps": listed}}}}


GREEN, RED = "rgba(50, 172, 45, 0.97)", "#F2495C"
NORMAL = [
    (steps((None, "green"), (90, "red")), (90, None)),
    (steps((None, "dark-red"), (1, "semi-dark-green")), (None, 1)),
    (steps((None, GREEN), (0.5, RED)), (0.5, None)),
    (steps((None, "green"), (80, "red"), unit="percent"), (80, None)),
    (steps((None, "green")), (None, None)),
    ({"type": "graph", "thresholds": [{"value": 5, "op": "gt", "colorMode": "critical"}]}, (5, None)),
    ({"type": "graph", "thresholds": [{"value": 5, "op": "lt", "colorMode": "warning"}]}, (None, 5)),
    ({"type": "graph", "thresholds": [{"value": 5, "op": "gt", "colorMode": "ok"}]}, (None, 5)),
    ({"type": "singlestat", "valueName": "current", "thresholds": "3", "colors": [GREEN, RED, RED]}, (3, None)),
]


@pytest.mark.parametrize(("rest", "lines"), NORMAL)
def test_threshold_with_green_on_one_side_is_what_is_normal(rest: Tree, lines: tuple[Any, Any]) -> None:
    one = look(dashboard(panel(**rest)))
    assert (one.normal_below, one.normal_above) == lines


NOT_NORMAL = [
    (steps((None, "green"), (70, "orange"), (90, "red")), "2 thresholds"),
    (steps((None, "green"), (90, "red"), mode="percentage"), "thresholds in per cent"),
    (steps((None, "green"), (80, "red")), "the threshold 80 is what every new panel has"),
    (steps((None, "blue"), (9, "red")), "a threshold with green on neither side"),
    ({"thresholds": "70,90", "colors": [GREEN, RED, RED]}, "2 thresholds"),
]


@pytest.mark.parametrize(("rest", "says"), NOT_NORMAL)
def test_other_thresholds_are_told(rest: Tree, says: str) -> None:
    tree = dashboard(panel(**rest))
    assert (look(tree).normal_below, look(tree).normal_above) == (None, None)
    (told,) = changed(tree)
    assert told.startswith(says)


def test_what_routines_do_not_have_is_left() -> None:
    """Annotations and links, of the dashboard and of its panels."""
    tree = dashboard(
        panel(links=[{"url": "https://example.com"}]),
        annotations={"list": [{"builtIn": 1, "name": "Grafana's"}, {"name": "Deploys"}]},
        links=[{"title": "Home"}],
    )
    assert left(tree) == [
        (Thing.LINK, "links are not carried"),
        (Thing.ANNOTATION, "routines have no annotations"),
        (Thing.LINK, "links are not carried"),
    ]


def test_words_are_plain() -> None:
    """Never HTML, nor pictures or addresses."""
    html = "<h1>Disks &amp; pages</h1><style>p{}</style><img src=x onerror=alert(1)>\n[more](https://example.com)"
    tree = dashboard({"type": "text", "options": {"content": html}}, panel())
    assert routine(tree).stops[0].plainly == "Disks & pages\nmore"
