"""Whatever a file holds, it becomes routines and a report, or one line that says what is wrong; and soon."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.vistas.importing import forms
from tests.vistas.importing.small import dashboard, panel
from vistas.errors import DashboardError
from vistas.importing import Thing, import_dashboards
from vistas.routine.file import read_routine, write_routine

WRONG = [
    ("", "x is empty"),
    ("{{ .Values.dashboard }}", "x is a template: render it first"),
    ("{", "x:1: not JSON"),
    ('{"title": "a"', "x:1: not JSON"),
    ("[" * 5000, "not JSON"),
    ("[" * 200 + "]" * 200, "x is nested more than 100 deep"),
    ("a: " + "[" * 500, "x:1: nested more than 100 deep"),
    ("a: [", "not YAML"),
    ("? [a]\n: b", "x:1: a key must be text"),
    ("a: !!python/name:os.system", "x:1: tags are not allowed"),
    ("a: *b", "x:1: an alias to nothing"),
    ("a: &b [*b]", "x:1: an alias to nothing, or to what it stands in"),
    ("a: \x07", "not YAML"),
    ("a: \ud800", "x is not YAML"),
    ("hello", "x: is not a dashboard but some other value"),
    ("7", "x: is not a dashboard but some other value"),
    ("[]", "x: holds nothing"),
    ("{}", "x: has neither panels, rows nor elements"),
    ('{"kind": "Pod"}', "x: a Pod is not a dashboard"),
    ('{"kind": "P\\no\\nd"}', "x: a P o d is not a dashboard"),
    ('{"panels": {}}', "x: panels must be a list"),
    ('{"panels": 3}', "x: panels must be a list"),
    ('{"rows": "a"}', "x: rows must be a list"),
    ('{"rows": [{"panels": 1}]}', "x: rows[].panels must be a list"),
    ('{"panels": [{"type": "row", "panels": {}}]}', "x: panels[].panels must be a list"),
    ('{"panels": [], "templating": {"list": {}}}', "x: templating.list must be a list"),
    ('{"panels": [], "annotations": {"list": 1}}', "x: annotations.list must be a list"),
    ('{"elements": [], "layout": {}}', "x: elements must be a mapping"),
    ('{"elements": {}, "layout": []}', "x: layout must be a mapping"),
    ('{"elements": {}, "layout": {}, "variables": {}}', "x: variables must be a list"),
    ('{"kind": "Dashboard", "spec": {"panels": []}}', "x: spec.panels must be a mapping"),
    ('{"kind": "Dashboard", "spec": {"panels": {}, "layouts": {}}}', "x: spec.layouts must be a list"),
    ('{"apiVersion": "dashboard.grafana.app/v2", "spec": 1}', "x: elements must be a mapping"),
]


@pytest.mark.parametrize(("written", "says"), WRONG)
def test_wrong_file_is_told_in_one_line(written: str, says: str) -> None:
    with pytest.raises(DashboardError) as told:
        import_dashboards(written, "x")
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def _aliases() -> str:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(12)]
    return "\n".join(lines)


HUGE = {
    "panels": lambda: json.dumps(dashboard(*[{}] * 50_000)),
    "queries": lambda: json.dumps(dashboard(panel(targets=[{"expr": "up"}] * 50_000))),
    "nodes": lambda: json.dumps(dashboard([0] * 1_100_000)),
    "length": lambda: "x" * 20_000_001,
    "aliases": _aliases,
    "dashboards": lambda: json.dumps([dashboard()] * 50_000),
    "queries of several": lambda: json.dumps([dashboard(panel(targets=[{"expr": "up"}] * 3000))] * 4),
    "wrapped": lambda: json.dumps([[[[[[[[dashboard()]]]]]]]]),
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_file_is_refused_soon(kind: str) -> None:
    written = HUGE[kind]()
    begun = time.process_time()
    with pytest.raises(DashboardError):
        import_dashboards(written, "x")
    assert time.process_time() - begun < 10


def test_variables_cannot_make_a_query_grow() -> None:
    """Values within values within values, each used a thousand times."""
    growing = [{"name": f"v{n}", "type": "constant", "query": f"$v{n + 1} " * 400} for n in range(20)]
    begun = time.process_time()
    tree = dashboard(*[panel(expr="$v0 " * 1000) for _ in range(300)], variables=growing)
    report = import_dashboards(json.dumps(tree), "x").dashboards[0].report
    assert report.came_in(Thing.QUERY) == 300
    assert time.process_time() - begun < 10


def test_deep_layout_is_walked_as_deep_as_it_may_be() -> None:
    layout: Any = {"kind": "GridLayout", "spec": {"items": []}}
    for _ in range(15):
        layout = {"kind": "TabsLayout", "spec": {"tabs": [{"spec": {"title": "T", "layout": layout}}]}}
    spec = {"title": "D", "elements": {"a": {"kind": "Panel", "spec": {"title": "P"}}}, "layout": layout}
    (one,) = import_dashboards(json.dumps(spec), "x").dashboards
    assert [each.reason for each in one.report.left] == ["stands nowhere in the layout"]


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def paths(tree: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [so_far, *(path for key, below in children for path in paths(below, (*so_far, key)))]


def put(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    inside = dict(tree) if isinstance(tree, dict) else list(tree)
    inside[path[0]] = put(tree[path[0]], path[1:], value)
    return inside


WHOLE = [forms.modern(), forms.old(), forms.collapsed(), forms.second_resource(), forms.perses()]


@examples(80)
@given(st.sampled_from(WHOLE), st.data())
def test_anything_anywhere_raises_nothing_else(whole: Any, data: st.DataObject) -> None:
    """A good dashboard with something arbitrary in one or several of its places."""
    for _ in range(data.draw(st.integers(1, 3))):
        whole = put(whole, data.draw(st.sampled_from(paths(whole))), data.draw(trees))
    try:
        found = import_dashboards(json.dumps(whole), "x")
    except DashboardError:
        return
    for routine in (each for one in found.dashboards for each in one.routines):
        assert read_routine(write_routine(routine), "x") == routine


@examples(100)
@given(st.text(max_size=200) | trees.map(lambda tree: json.dumps(tree, allow_nan=True)))
def test_any_text_is_read_or_told(written: str) -> None:
    try:
        import_dashboards(written, "x")
    except DashboardError:
        return
