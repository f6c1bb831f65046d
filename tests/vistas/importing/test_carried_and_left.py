"""In = carried + left, whatever the dashboard; what is carried is read back; what is kept parses."""

from __future__ import annotations

import json
from typing import Any

import promql_parser
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.vistas.importing.small import Tree, choosing
from vistas.importing import Imported, Thing, import_dashboards
from vistas.routine.file import read_routine, write_routine

KINDS = [
    "timeseries",
    "graph",
    "stat",
    "gauge",
    "table",
    "text",
    "logs",
    "heatmap",
    "piechart",
    "polystat",
    "alertlist",
    "state-timeline",
    "",
]
words = st.text(max_size=40)
plain = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
operators = st.sampled_from(["=", "=~", "!=", "!~"])
values = plain | st.sampled_from(["$v", "${w}", "$x", "${v:pipe}", "[[w:regex]]"])
selectors = st.builds('{}{{a{}"{}"}}'.format, plain, operators, values)
spans = st.sampled_from(["5m", "$__rate_interval", "$__interval", "$i"])
queries = st.one_of(
    selectors,
    st.builds("sum by (a) (rate({}[{}]))".format, selectors, spans),
    st.builds("topk($n, {})".format, selectors),
    st.builds("{} / on (a) {}".format, selectors, selectors),
    words,
)
targets = st.one_of(
    st.fixed_dictionaries(
        {"refId": st.sampled_from("ABC"), "expr": queries},
        optional={
            "hide": st.booleans(),
            "instant": st.booleans(),
            "legendFormat": words,
            "datasource": st.sampled_from([{"type": "loki"}, {"type": "prometheus"}, {"uid": "$ds"}, "x", None]),
        },
    ),
    st.none() | st.integers() | words,
)
panels = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(KINDS), "title": words},
        optional={
            "description": words,
            "targets": st.lists(targets, max_size=4),
            "options": st.fixed_dictionaries({"content": words}),
            "mappings": st.lists(
                st.fixed_dictionaries({"type": st.just(1), "value": words, "text": words}), max_size=2
            ),
            "timeFrom": words | st.just("7d"),
            "timeShift": words | st.just("1w"),
            "gridPos": st.fixed_dictionaries({"x": st.integers(0, 23), "y": st.integers(0, 50)}),
            "repeatPanelId": st.integers(),
            "links": st.lists(st.none(), max_size=2),
        },
    ),
    st.none() | words,
)
rows = st.fixed_dictionaries(
    {"type": st.just("row"), "title": words},
    optional={"panels": st.lists(panels, max_size=3), "gridPos": st.fixed_dictionaries({"y": st.integers(0, 50)})},
)
variables = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["v", "w", "n", "i", "ds", ""]),
        "type": st.sampled_from(["query", "custom", "constant", "interval", "textbox", "datasource", "adhoc"]),
    },
    optional={
        "multi": st.booleans(),
        "includeAll": st.booleans(),
        "query": words | st.sampled_from(["5m,1h", "prometheus", 'label_values(up{a="$w"}, b)', "metrics(a.*)"]),
        "regex": words | st.sampled_from(["/a(b)/", '/x="([^"]*)"/']),
        "options": st.lists(st.fixed_dictionaries({"value": words, "text": words}), max_size=3),
        "current": st.fixed_dictionaries({"value": words | st.lists(words, max_size=3)}),
        "allValue": words,
    },
)
dashboards = st.fixed_dictionaries(
    {
        "title": words,
        "panels": st.lists(panels | rows, max_size=12),
        "templating": st.fixed_dictionaries({"list": st.lists(variables, max_size=4)}),
    }
)


def bring(tree: Tree) -> Imported:
    (one,) = import_dashboards(json.dumps(tree), "x").dashboards
    return one


def came_in(tree: Tree) -> dict[Thing, int]:
    """Counted in the dashboard itself, knowing nothing of how it is imported."""
    flat: list[Any] = []
    for each in tree["panels"]:
        is_row = isinstance(each, dict) and each["type"] == "row"
        flat += each.get("panels", []) if is_row else [each]
    asked = [each.get("targets", []) for each in flat if isinstance(each, dict)]
    return {
        Thing.PANEL: len(flat),
        Thing.QUERY: sum(map(len, asked)),
        Thing.VARIABLE: len(tree["templating"]["list"]),
    }


@examples(150)
@given(dashboards)
def test_all_that_came_in_is_carried_or_left(tree: Tree) -> None:
    """Each panel, query and variable once; what is left with a reason; each query that is carried in a look."""
    one = bring(tree)
    for thing, number in came_in(tree).items():
        assert one.report.came_in(thing) == number
    assert all(each.reason and each.where for each in one.report.left)
    asked = [query for routine in one.routines for _, look in routine.looks() for query in look.asked]
    assert len(asked) == one.report.carried[Thing.QUERY]


@examples(100)
@given(dashboards)
def test_what_is_carried_is_read_back_as_it_is(tree: Tree) -> None:
    for routine in bring(tree).routines:
        assert read_routine(write_routine(routine), "x") == routine


@examples(150)
@given(st.lists(queries, min_size=1, max_size=4), st.lists(variables, max_size=4))
def test_query_that_is_kept_parses_or_is_doubted(written: list[str], given_variables: list[Tree]) -> None:
    """A query of which nothing is said is one that a Prometheus would understand, unless it never was."""
    panel = {"type": "timeseries", "targets": [{"refId": str(n), "expr": expr} for n, expr in enumerate(written)]}
    one = bring({"title": "", "panels": [panel], "templating": {"list": given_variables}})
    doubted = {each.after for each in one.report.unchecked}
    for routine in one.routines:
        for (_, written_as), (_, walked) in zip(routine.looks(), choosing(routine).looks(), strict=True):
            for written_query, query in zip(written_as.asked, walked.asked, strict=True):
                if written_query not in doubted:
                    promql_parser.parse(query)
