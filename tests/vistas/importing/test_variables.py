"""What one chooses on a dashboard is what one chooses when a walk begins."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vistas.importing.small import (
    asked,
    bring,
    changed,
    dashboard,
    doubts,
    left,
    look,
    panel,
    routine,
    variable_of,
)
from vistas.importing import Thing

LOOKED_UP = [
    ("label_values(job)", "job", None),
    ("label_values(up, job)", "job", "up"),
    ('label_values(up{a="b", c=~"d,e"}, job)', "job", 'up{a="b", c=~"d,e"}'),
    ("label_values( up ,\n job )", "job", "up"),
    ({"query": "label_values(up, job)", "refId": "A"}, "job", "up"),
    ({"qryType": 1, "label": "job", "metric": "up", "query": "label_values(up,job)"}, "job", "up"),
    ({"kind": "DataQuery", "spec": {"__legacyStringValue": "label_values(up, job)"}}, "job", "up"),
    ("metrics(node_.*)", "__name__", '{__name__=~".*(?:node_.*).*"}'),
]


@pytest.mark.parametrize(("query", "label", "of"), LOOKED_UP)
def test_values_of_a_label_are_listed(query: Any, label: str, of: str | None) -> None:
    variable = variable_of({"type": "query", "query": query, "label": "Which?"})
    assert (variable.label, variable.of, variable.title) == (label, of, "Which?")
    assert (variable.values, variable.default, variable.several, variable.every) == ((), (), False, None)


CUT = [
    ("query_result(up)", '/instance="([^"]+)"/', "instance", "up"),
    ("query_result(count by (job) (rate(x{a='b'}[5m])) > 0)", '.*job="(.*?)".*', "job", "x{a='b'}"),
    ('up{a="b"}', '/pod="(?<value>.+)"/', "pod", 'up{a="b"}'),
    ("query_result(up)", '/code="(?<text>[^"]+)".*id="(?<value>[^"]+)"/', "id", "up"),
    ("query_result(up)", '/.*job="([^"]*).*/', "job", "up"),
    ("query_result(count(up) by (job))", r"/\"([^\"]+)\"/", "job", "up"),
    ("query_result(topk(1, max(up) by (a)))", r"/.*\"(.*)\".*/", "a", "up"),
    ("query_result(count(up) by (job, a))", '/"([^"]+)"/', None, None),
    ("query_result(a / b)", '/pod="(.+)"/', None, None),
    ("query_result(up)", "/ ([0-9]+) /", None, None),
    ("query_result(up)", '/pod="(.+)-.*"/', None, None),
    ("label_values(up, instance)", "/(.+):.*/", None, None),
    ("label_names()", "", None, None),
    ("", "", None, None),
]


@pytest.mark.parametrize(("query", "pattern", "label", "of"), CUT)
def test_whole_values_cut_from_series_are_those_of_a_label(
    query: str, pattern: str, label: str | None, of: str | None
) -> None:
    """Anything else is typed, since what would be listed is not what the queries ask for."""
    variable = variable_of({"type": "query", "query": query, "regex": pattern})
    assert (variable.label, variable.of) == (label, of)
    told = changed(
        dashboard(panel(expr='x{a="$v"}'), variables=[{"name": "v", "type": "query", "regex": pattern}])
    )
    assert len(told) == 1


def test_list_that_was_saved_is_what_there_is_to_choose() -> None:
    """Where nothing better is known."""
    options = [{"value": "$__all"}, {"value": "a"}, {"value": "b"}]
    written = {"type": "query", "query": "query_result(a / b)", "options": options, "current": {"value": "b"}}
    variable = variable_of(written)
    assert (variable.values, variable.default) == (("a", "b"), ("b",))


def test_list_that_a_pattern_filters_is_whole_here() -> None:
    written = {"name": "v", "type": "query", "query": "label_values(up, job)", "regex": "/^shop-.*/"}
    tree = dashboard(panel(expr='x{a="$v"}'), variables=[written])
    assert routine(tree).variables[0].label == "job"
    assert changed(tree) == ["lists only what matches ^shop-.* in the dashboard; here all"]


def test_one_list_depends_on_another() -> None:
    """As far as its names are known. What a list needs is carried, too."""
    variables = [
        {"name": "cluster", "type": "constant", "query": "c1"},
        {"name": "ns", "type": "query", "query": "label_values(up, namespace)"},
        {"name": "unused", "type": "query", "query": "label_values(up, x)"},
        {"name": "pod", "type": "query", "query": 'label_values(up{c="$cluster",ns="[[ns]]"}, pod)'},
        {"name": "box", "type": "query", "query": 'label_values(up{p="$gone"}, box)'},
    ]
    tree = dashboard(panel(expr='x{pod="$pod", box="$box"}'), variables=variables)
    ns, pod, box = routine(tree).variables
    assert (ns.variable, pod.of, box.of) == ("ns", 'up{c="c1",ns="${ns}"}', None)
    assert changed(tree) == ["lists only some in the dashboard, by $gone; here all"]
    assert left(tree) == [(Thing.VARIABLE, "no query that was carried could use it")]


OPENS = [
    ({"current": {"value": "b"}}, ("b",), False, None),
    ({"current": {"value": ["b", "c"]}}, ("b",), False, None),
    ({"current": {"value": ["b", "c"]}, "multi": True}, ("b", "c"), True, None),
    ({"current": {"value": ["$__all"]}, "multi": True, "includeAll": True}, (), True, ".*"),
    ({"current": {"value": "All"}, "includeAll": True, "allValue": ".+"}, (), False, ".+"),
    ({"current": {"value": "b"}, "includeAll": True}, ("b",), False, ".*"),
    ({"current": {"value": [{"value": "b", "text": "B"}]}}, ("b",), False, None),
    ({"current": {"value": "$__all"}}, (), False, None),
    ({"current": {"value": "x" * 300}}, (), False, None),
    ({"current": {}, "includeAll": True, "allValue": "$other"}, (), False, ".*"),
]


@pytest.mark.parametrize(("written", "default", "several", "every"), OPENS)
def test_it_opens_as_the_dashboard_does(
    written: dict[str, Any], default: tuple[str, ...], several: bool, every: str | None
) -> None:
    variable = variable_of({"type": "query", "query": "label_values(up, a)", **written})
    assert (variable.default, variable.several, variable.every) == (default, several, every)


LISTS = [
    ({"type": "custom", "query": "a,b"}, ("a", "b")),
    ({"type": "custom", "query": r"a\,b,c"}, ("a,b", "c")),
    ({"type": "custom", "query": "few : 5,many : 50"}, ("5", "50")),
    ({"type": "custom", "query": '[{"value": "a", "text": "A"}, "b"]'}, ("a", "b")),
    ({"type": "custom", "options": [{"value": "a"}, {"value": "b"}], "query": "c,d"}, ("a", "b")),
    ({"type": "switch", "options": [{"value": "1"}, {"value": "0"}]}, ("1", "0")),
]


@pytest.mark.parametrize(("written", "values"), LISTS)
def test_list_in_the_file_is_the_list(written: dict[str, Any], values: tuple[str, ...]) -> None:
    assert variable_of(written).values == values


def test_every_one_of_a_list_is_all_of_it() -> None:
    assert variable_of({"type": "custom", "query": "a.b,c", "includeAll": True}).every == r"(a\\.b|c)"
    assert variable_of({"type": "custom", "query": "a,b", "includeAll": True, "allValue": "x"}).every == "x"
    many = ",".join(f"value-{number}" for number in range(100))
    assert variable_of({"type": "custom", "query": many, "includeAll": True, "multi": True}).every == ".*"


def test_text_box_is_free_text() -> None:
    assert variable_of({"type": "textbox", "query": "a"}).default == ("a",)
    assert variable_of({"type": "textbox"}).default == ("",)


FIXED = [
    {"type": "custom", "query": "only"},
    {"type": "custom", "query": ",".join(f"v{number}" for number in range(300))},
    {"type": "custom", "query": "a,$__interval"},
    {"type": "textbox", "query": "x" * 300},
    {"type": "constant", "query": "a"},
    {"type": "interval", "query": "1m,5m"},
]


@pytest.mark.parametrize("written", FIXED)
def test_what_cannot_be_chosen_is_fixed(written: dict[str, Any]) -> None:
    """One value, too many, too long, or values that Grafana works out."""
    tree = dashboard(panel(expr='x{a="$v"}'), variables=[{"name": "v", **written}])
    one = bring(tree)
    assert one.routines[0].variables == ()
    assert one.report.carried[Thing.VARIABLE] == 1
    assert "$v" not in next(look for _, look in one.routines[0].looks()).query[0]


@pytest.mark.parametrize("hide", [2, "hideVariable"])
def test_hidden_variable_is_fixed_where_nothing_lists_it(hide: Any) -> None:
    """Nobody chooses it there either; what lists a label stays, since the value may be somebody else's."""
    worked_out = {"name": "v", "type": "query", "query": "query_result(vector(5))", "current": {"value": "5"}}
    tree = dashboard(panel(expr="x > $v"), variables=[{**worked_out, "hide": hide}])
    assert (routine(tree).variables, look(tree).query) == ((), ("x > 5",))
    assert changed(tree) == ["is hidden in the dashboard, so it is fixed to what that opens with"]
    listed = {**worked_out, "query": "label_values(up, a)", "hide": hide}
    assert len(routine(dashboard(panel(expr="x > $v"), variables=[listed])).variables) == 1
    assert len(routine(dashboard(panel(expr="x > $v"), variables=[{**worked_out, "hide": 1}])).variables) == 1


def test_value_that_is_given_is_for_good() -> None:
    variables = [{"name": "v", "type": "query", "query": "label_values(up, a)"}]
    tree = dashboard(panel(expr='x{a="$v"}'), variables=variables)
    assert routine(tree, v="ours").variables == ()


def test_not_more_than_a_routine_may_have() -> None:
    variables = [{"name": f"v{number}", "type": "textbox", "query": "a"} for number in range(25)]
    selector = ",".join(f'l{number}="$v{number}"' for number in range(25))
    tree = dashboard(panel(expr=f"x{{{selector}}}"), variables=variables)
    assert len(routine(tree).variables) == 20
    assert bring(tree).report.carried[Thing.VARIABLE] == 25


EVERY = {"name": "v", "type": "query", "query": "label_values(up, a)", "includeAll": True, "multi": True}


def test_every_value_under_equals_is_told() -> None:
    tree = dashboard(panel(expr='x{a="$v"}'), variables=[EVERY])
    assert changed(tree) == ["compares $v by =, which nothing equals where several or all values are chosen"]
    assert asked('x{a="$v"}', [EVERY], v="b") == 'x{a="b"}'


def test_what_is_asked_in_the_end_is_what_is_checked() -> None:
    assert doubts("sum by ($v) (x)", [EVERY]) == ["has '.', which PromQL does not know there"]
    assert doubts("sum by ($v) (x)", [{**EVERY, "current": {"value": "b"}}]) == []


def test_list_of_another_tool_is_typed() -> None:
    logs = {**EVERY, "datasource": {"type": "loki"}, "includeAll": False}
    tree = dashboard(panel(expr='x{a="$v"}'), variables=[logs])
    (variable,) = routine(tree).variables
    assert variable.asked == ""
    assert "its list asks Loki for log lines, which imported looks cannot do yet; here it is typed" in changed(
        tree
    )


def test_parts_of_a_dashboard_have_the_variables_that_they_use() -> None:
    rows: list[Any] = []
    for number in range(41):
        rows.append({"type": "row", "title": f"Row {number}", "gridPos": {"y": 2 * number}})
        rows.append(panel(expr='x{a="$v"}' if number < 40 else "up", gridPos={"y": 2 * number + 1}))
    one, two = bring(dashboard(*rows, variables=[EVERY])).routines
    assert ([each.variable for each in one.variables], two.variables) == (["v"], ())


def test_names_stand_in_words_too_but_not_in_the_rail() -> None:
    tree = dashboard(
        {"type": "row", "title": "Node $v", "gridPos": {"y": 0}},
        panel(title="Load of $v", description="How busy $v is.", expr='x{a="$v"}', gridPos={"y": 1}),
        panel(expr="y", gridPos={"y": 2}),
        variables=[EVERY],
    )
    stop = routine(tree).stops[0]
    assert (stop.title, stop.looks[0].title) == ("Node", "Load of $v")
    (walked,) = routine(tree).choosing({"v": ("n1",)}).stops
    assert walked.looks[0].title == "Load of n1"
    assert walked.why == "Load of n1: How busy n1 is."


def test_constant_stands_in_words_as_its_value() -> None:
    constant = [{"name": "v", "type": "constant", "query": "shop"}]
    assert (
        routine(dashboard(panel(title="Load of $v"), variables=constant)).stops[0].looks[0].title == "Load of shop"
    )


def test_switch_of_a_resource_is_a_choice_of_two() -> None:
    switch = {
        "kind": "SwitchVariable",
        "spec": {"name": "v", "current": "0", "enabledValue": "1", "disabledValue": "0"},
    }
    query = {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "x > $v"}}
    data = {"spec": {"queries": [{"kind": "PanelQuery", "spec": {"refId": "A", "query": query}}]}}
    element = {"kind": "Panel", "spec": {"title": "P", "data": data, "vizConfig": {"group": "timeseries"}}}
    item = {"kind": "AutoGridLayoutItem", "spec": {"element": {"name": "p"}}}
    layout = {"kind": "AutoGridLayout", "spec": {"items": [item]}}
    (variable,) = routine(
        {"title": "D", "elements": {"p": element}, "layout": layout, "variables": [switch]}
    ).variables
    assert (variable.values, variable.default) == (("1", "0"), ("0",))


PERSES = [
    ({"kind": "PrometheusLabelValuesVariable", "spec": {"labelName": "a", "matchers": ["up"]}}, ("a", "up")),
    ({"kind": "PrometheusLabelValuesVariable", "spec": {"labelName": "a"}}, ("a", None)),
    ({"kind": "PrometheusLabelValuesVariable", "spec": {"labelName": "a", "matchers": ["x", "y"]}}, ("a", None)),
    ({"kind": "PrometheusPromQLVariable", "spec": {"labelName": "a", "expr": "group by (a) (up)"}}, ("a", "up")),
    ({"kind": "PrometheusPromQLVariable", "spec": {"labelName": "a", "expr": "x / y"}}, (None, None)),
    ({"kind": "PrometheusLabelNamesVariable", "spec": {}}, (None, None)),
    ({"kind": "LokiLabelValuesVariable", "spec": {"labelName": "a"}}, (None, None)),
]


@pytest.mark.parametrize(("plugin", "listed"), PERSES)
def test_lists_of_perses(plugin: Any, listed: tuple[str | None, str | None]) -> None:
    variable = {"kind": "ListVariable", "spec": {"name": "v", "allowAllValue": True, "plugin": plugin}}
    query = {"spec": {"plugin": {"kind": "PrometheusTimeSeriesQuery", "spec": {"query": 'x{a=~"$v"}'}}}}
    spec = {"display": {"name": "P"}, "plugin": {"kind": "TimeSeriesChart", "spec": {}}, "queries": [query]}
    item = {"x": 0, "y": 0, "content": {"$ref": "#/spec/panels/p"}}
    tree = {
        "kind": "Dashboard",
        "spec": {
            "variables": [variable],
            "panels": {"p": {"kind": "Panel", "spec": spec}},
            "layouts": [{"kind": "Grid", "spec": {"items": [item]}}],
        },
    }
    (read,) = routine(tree).variables
    assert (read.label, read.of) == listed
    assert read.every == ".*"
