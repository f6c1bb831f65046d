"""Names in queries: what has a value is replaced as Grafana would, what has none stays and is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vistas.importing.small import asked, bring, changed, dashboard, doubts, left, panel, query
from vistas.importing import Thing

ALL = {"name": "v", "type": "query", "multi": True, "includeAll": True, "current": {"value": ["$__all"]}}
ONE = {"name": "v", "type": "query", "query": "label_values(up, job)", "current": {"value": "theirs"}}


def variable(kind: str, **rest: Any) -> list[Any]:
    return [{"name": "v", "type": kind, **rest}]


LISTED = [{"value": "$__all"}, {"value": "a.b"}, {"value": "c"}]
EVERY_LISTED = variable("custom", multi=True, includeAll=True, options=LISTED, current={"value": "$__all"})
RESOLVED = [
    ("rate(x[$__rate_interval])", [], "rate(x[1m15s])"),
    ("rate(x[$__interval])", [], "rate(x[1m])"),
    ("x / $__interval_ms", [], "x / 60000"),
    ("increase(x[$__range])", [], "increase(x[43200s])"),
    ("x * $__range_s / $__range_ms", [], "x * 43200 / 43200000"),
    ("rate(x[$__auto_interval_v])", [], "rate(x[1m])"),
    ("rate(x[${__rate_interval}])", [], "rate(x[1m15s])"),
    ('x{a=~"$v"}', [ALL], 'x{a=~".*"}'),
    ('x{a=~"${v}"}', [ALL], 'x{a=~".*"}'),
    ('x{a=~"${v:pipe}"}', [ALL], 'x{a=~".*"}'),
    ('x{a=~"[[v]]"}', [ALL], 'x{a=~".*"}'),
    ('x{a=~"$v:9100"}', [ALL], 'x{a=~".*:9100"}'),
    ('x{a=~"$v"}', [{**ALL, "allValue": ".+"}], 'x{a=~".+"}'),
    ('x{a="$v"}', variable("constant", query='p"q'), 'x{a="p\\"q"}'),
    ('x{a="$v"}', variable("textbox", query="p"), 'x{a="p"}'),
    ('x{a=~"$v"}', variable("textbox", current={"value": ".*"}), 'x{a=~".*"}'),
    ("topk($v, x)", variable("custom", query="5,10", current={"value": "10"}), "topk(10, x)"),
    ("topk($v, x)", variable("custom", query="5"), "topk(5, x)"),
    ("topk($v, x)", variable("custom", query="few : 5,many : 50"), "topk(5, x)"),
    ("rate(x[$v])", variable("interval", query="1m,5m", current={"value": "5m"}), "rate(x[5m])"),
    ("rate(x[$v])", variable("interval", current={"value": "$__auto_interval_v"}), "rate(x[1m])"),
    ("x > $v", variable("switch", current={"value": "1"}), "x > 1"),
    ('x{a=~"$v"}', EVERY_LISTED, 'x{a=~"(a\\\\.b|c)"}'),
    ('x{a=~"${v:regex}"}', EVERY_LISTED, 'x{a=~"(a\\\\.b|c)"}'),
    (
        'x{a=~"${v:pipe}"}',
        variable("custom", multi=True, query="a.b,c", current={"value": ["a.b", "c"]}),
        'x{a=~"a.b|c"}',
    ),
    ('x{a=~"$v"}', variable("custom", multi=True, query="c,d,e", current={"value": ["c", "d"]}), 'x{a=~"(c|d)"}'),
    ('x{a=~"$v"}', [{**ALL, "current": {"value": ["a.b", "c"]}}], 'x{a=~"(a\\\\.b|c)"}'),
    ('x{a="$v"}', [ONE], 'x{a="theirs"}'),
    ("rate(x[$v])", variable("constant", query="$__rate_interval"), "rate(x[1m15s])"),
]


@pytest.mark.parametrize(("written", "variables", "resolved"), RESOLVED)
def test_name_with_a_value_is_replaced(written: str, variables: list[Any], resolved: str) -> None:
    """For a window of twelve hours, a scrape each 15 seconds, and what the dashboard opens with."""
    assert asked(written, variables) == resolved
    assert doubts(written, variables) == []


def test_smallest_step_of_a_query_counts() -> None:
    slow = panel(targets=[{"expr": "rate(x[$__rate_interval])", "interval": "2m"}])
    assert "$__rate_interval is 8m" in changed(dashboard(slow))[0]
    panels_own = panel(expr="rate(x[$__rate_interval])", interval=">30s")
    assert "$__rate_interval is 2m" in changed(dashboard(panels_own))[0]
    assert (
        "$__rate_interval is 1m,"
        in changed(dashboard(panel(expr="rate(x[$__rate_interval])"), time={"from": "now-1h", "to": "now"}))[0]
    )


KEPT = [
    ('x{a="$unheard_of"}', [], "$unheard_of"),
    ('x{a="${unheard:of}"}', [], "${unheard:of}"),
    ('x{a="${v.path}"}', variable("constant", query="p"), "${v.path}"),
    ('x{a="${v:lucene}"}', variable("constant", query="p"), "${v:lucene}"),
    ('x{a="${v:lucene}"}', [ONE], "${v:lucene}"),
    ("x{a=~`${v:regex}`}", [ONE], "${v:regex}"),
    ('x{a="$v"}', variable("adhoc"), "$v"),
    ("x offset $__from", [], "$__from"),
]


@pytest.mark.parametrize(("written", "variables", "name"), KEPT)
def test_name_without_a_value_survives_and_is_told(written: str, variables: list[Any], name: str) -> None:
    assert query(written, variables) == written
    assert doubts(written, variables) == [f"{name} has no value here and stays as it is"]


def test_group_of_a_regular_expression_is_no_name() -> None:
    written = 'label_replace(x, "a", "$1-${2}", "b", "(.*):(.*)")'
    assert query(written) == written
    assert doubts(written) == []


def test_value_can_be_given() -> None:
    """Also an empty one, and for a name that is no variable of the dashboard."""
    assert query('x{a="$v"}', [ONE], v="") == 'x{a=""}'
    assert query('x{a="$nobodys"}', [], nobodys="ours") == 'x{a="ours"}'
    assert query('x{a="$v"}', [ONE], v="ours") == 'x{a="ours"}'
    assert query('x{a=~"$v"}', [ALL], v="ours|mine") == 'x{a=~"ours|mine"}'


def test_input_of_the_file_has_its_value() -> None:
    inputs = [{"name": "VAR_JOB", "type": "constant", "value": "node"}]
    constant = [{"name": "v", "type": "constant", "query": "${VAR_JOB}"}]
    tree = dashboard(panel(expr='x{job="$v"}'), variables=constant, __inputs=inputs)
    assert bring(tree).routines[0].stops[0].looks[0].query == ('x{job="node"}',)


VARIABLES_LEFT = [
    ({"name": "v", "type": "adhoc"}, "is a filter that is chosen while looking: routines have none"),
    ({"name": "v", "type": "constant"}, "has no value in the file: give it one"),
    (ONE, "no query that was carried could use it"),
    ({"name": "v", "type": "furlong"}, "is of a kind that is not known here: furlong"),
    ({"type": "custom", "query": "a"}, "has no name"),
    (ALL, "no query that was carried could use it"),
    ("no variable", "has no name"),
    (
        {"name": "v", "type": "datasource", "query": "mysql"},
        "whatever it stands for asks a datasource of type mysql; imported looks ask Prometheus",
    ),
]


@pytest.mark.parametrize(("written", "says"), VARIABLES_LEFT)
def test_variable_that_is_left_says_why(written: Any, says: str) -> None:
    assert left(dashboard(panel(), variables=[written])) == [(Thing.VARIABLE, says)]


def test_choice_that_is_fixed_is_told() -> None:
    tree = dashboard(panel(expr="rate(x[$v])"), variables=variable("interval", query="5m,10m,20m"))
    assert changed(tree) == ["is fixed to what the dashboard opens with; it also offers 10m, 20m"]


DOUBTFUL = [
    ("topk_max(5, x)", "uses topk_max, which is not (or no longer) PromQL"),
    ("rate(x)", "asks for a rate without saying over how long"),
    ("rate(x[5m]) keep_metric_names", "has keep_metric_names where PromQL would have an operator or its end"),
    ("rate(x[5m], 1)", "gives rate 2 values, and it takes 1"),
    ("rate(sum(x))", "gives rate an instant vector, and it takes a range vector"),
    ('{a=~".*"}', "has a selector that asks for every series there is"),
    ('x{a=~"("}', "has a regular expression that cannot be read"),
    ("(" * 900 + "1" + ")" * 900, "is nested too deep to be checked"),
    ("sum(x", "has its end where PromQL would have )"),
    ('x{a="b}', "has '\"', which PromQL does not know there"),
    ("sum(rate(x{{ .Values.window }}))", "holds a template that was not rendered"),
    ("holt_winters(x[1h], 0.5, 0.5)", "uses holt_winters"),
]


@pytest.mark.parametrize(("written", "says"), DOUBTFUL)
def test_what_may_be_no_promql_is_kept_and_told(written: str, says: str) -> None:
    assert query(written) == written
    (told,) = doubts(written)
    assert told.startswith(says)


def test_password_in_a_query_is_told() -> None:
    told = changed(dashboard(panel(expr='x{url="https://ann:hunter2secret@example.com/"}')))
    assert told == ["holds what looks like a password or token: take it out before sharing"]
