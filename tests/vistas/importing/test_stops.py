"""Rows, or bands of panels, as stops that one can walk."""

from __future__ import annotations

from typing import Any

from tests.vistas.importing import forms
from tests.vistas.importing.small import Tree, bring, changed, dashboard, panel, routine
from vistas.importing import Thing
from vistas.routine.file import read_routine, write_routine


def placed(y: int, x: int = 0, **rest: Any) -> Tree:
    return panel(title=f"P{y}.{x}", gridPos={"y": y, "x": x}, **rest)


def row(y: int, title: str, **rest: Any) -> Tree:
    return {"type": "row", "title": title, "gridPos": {"y": y, "x": 0}, **rest}


def shape(tree: Tree) -> list[tuple[str, list[str]]]:
    return [(stop.title, [look.title for look in stop.looks]) for stop in routine(tree).stops]


def test_places_decide_the_order_and_what_stands_before_the_first_row() -> None:
    tree = dashboard(row(5, "Row"), placed(6), placed(0, 12), placed(0, 0))
    assert shape(tree) == [("P0.0", ["P0.0", "P0.12"]), ("Row", ["P6.0"])]


def test_without_rows_bands_are_put_together_to_stops() -> None:
    """Four looks are enough, six the most; what stands side by side stays together."""
    wide = [placed(y, x) for y in (0, 8, 16) for x in (0, 8, 16)]
    assert [len(looks) for _, looks in shape(dashboard(*wide))] == [6, 3]
    assert [len(looks) for _, looks in shape(dashboard(*[placed(y) for y in range(10)]))] == [4, 4, 2]


def test_long_row_is_cut_evenly() -> None:
    tree = dashboard(row(0, "A rather long title of a row"), *[placed(1, x) for x in range(27)])
    assert [(title, len(looks)) for title, looks in shape(tree)] == [
        ("A rather long title of…", 9),
        ("A rather long title… 2", 9),
        ("A rather long title… 3", 9),
    ]


def test_panel_with_many_queries_is_cut_too() -> None:
    targets = [{"refId": f"Q{place}", "expr": "up"} for place in range(30)]
    tree = dashboard(row(0, "R"), placed(1, targets=targets))
    (stop,) = routine(tree).stops
    assert [len(look.queries) for look in stop.looks] == [12, 12, 6]
    assert [look.title for look in stop.looks] == ["P1.0 (Q0 to Q11)", "P1.0 (Q12 to Q23)", "P1.0 (Q24 to Q29)"]
    table = dashboard(row(0, "R"), placed(1, type="table", targets=targets))
    assert [len(looks) for _, looks in shape(table)] == [12, 12, 6]
    assert bring(tree).report.carried == {Thing.PANEL: 1, Thing.QUERY: 30}


def test_dashboard_of_many_rows_becomes_several_routines() -> None:
    rows = [each for y in range(50) for each in (row(10 * y, f"Row {y}"), placed(10 * y + 1))]
    one, two = bring(dashboard(*rows)).routines
    assert (len(one.stops), len(two.stops)) == (40, 10)
    assert (one.routine, two.routine) == ("d", "d-2")
    assert (one.title, two.title) == ("D (part 1 of 2)", "D (part 2 of 2)")


def test_routine_is_never_longer_than_a_file_may_be() -> None:
    """Long queries make more parts before there are too many stops."""
    heavy = [placed(y, expr="x" * 2000) for y in range(450)]
    routines = bring(dashboard(*heavy)).routines
    assert sum(len(list(each.looks())) for each in routines) == 450
    assert all(read_routine(write_routine(each), "x") == each for each in routines[:1])


def test_words_go_to_the_next_stop_where_theirs_has_nothing_to_look_at() -> None:
    words = {"type": "text", "title": "T", "options": {"content": "Read me."}, "gridPos": {"y": 1, "x": 0}}
    tree = dashboard(row(0, "Intro"), words, row(2, "CPU"), placed(3))
    (stop,) = routine(tree).stops
    assert (stop.title, stop.plainly) == ("CPU", "Read me.")
    assert bring(tree).report.carried[Thing.PANEL] == 2


def test_stop_is_honest_about_what_the_dashboard_does_not_say() -> None:
    (stop,) = routine(dashboard(panel())).stops
    assert stop.question == "What does “One” show this morning?"
    assert stop.why.startswith("The dashboard “D” shows this, but does not say why.")
    assert stop.normal.startswith("The dashboard does not say.")
    assert stop.plainly.startswith("This shows One.")


def test_long_description_is_cut_and_that_is_told() -> None:
    tree = dashboard(panel(description="word " * 1000))
    assert len(routine(tree).stops[0].why) <= 2000
    assert changed(tree) == ["its words are cut: a stop takes 2,000 letters"]


def test_repeated_row_stands_once() -> None:
    copy = row(4, "Copy", repeatPanelId=1, repeatIteration=5, panels=[placed(5)])
    tree = dashboard(row(0, "Node $node", repeat="node"), placed(1), copy)
    assert shape(tree) == [("Node", ["P1.0"])]
    assert changed(tree) == ["is repeated for each value of a variable; here it stands once"]
    assert bring(tree).report.came_in(Thing.PANEL) == 2


def test_old_rows_without_headings_are_cut_by_bands() -> None:
    """Where no row is folded, shows its title or repeats, Grafana shows no headings."""
    rows = [{"title": "New row", "panels": [panel(span=6), panel(span=6)]} for _ in range(3)]
    assert [len(looks) for _, looks in shape({"title": "D", "rows": rows})] == [4, 2]
    rows[0]["collapse"] = True
    assert [title for title, _ in shape({"title": "D", "rows": rows})] == ["New row"] * 3


def test_time_range_is_the_window() -> None:
    assert routine(dashboard(panel(), time={"from": "now-7d", "to": "now"})).window.days == 7
    tree = dashboard(panel(), time={"from": "now/d", "to": "now"})
    assert changed(tree) == ["has a time range that means nothing here (now/d); here it is 12h"]


def element(title: str) -> Tree:
    asked = {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": 'up{a=~"$v"}'}}
    query = {"kind": "PanelQuery", "spec": {"refId": "A", "query": asked}}
    shown = {"kind": "VizConfig", "group": "timeseries", "spec": {}}
    return {"kind": "Panel", "spec": {"title": title, "data": {"spec": {"queries": [query]}}, "vizConfig": shown}}


def cell(name: str, y: int = 0, **rest: Any) -> Tree:
    return {"kind": "GridLayoutItem", "spec": {"y": y, "element": {"name": name}, **rest}}


def grid(*cells: Tree, kind: str = "GridLayout") -> Tree:
    return {"kind": kind, "spec": {"items": list(cells)}}


def second(layout: Tree, *names: str) -> Tree:
    return {"title": "D", "elements": {name: element(name) for name in names}, "layout": layout}


def test_tabs_hold_rows_and_each_row_is_a_stop() -> None:
    rows = [{"spec": {"title": f"R{n}", "layout": grid(cell(f"p{n}"))}} for n in range(2)]
    tabs = [
        {"spec": {"title": "First", "layout": {"kind": "RowsLayout", "spec": {"rows": rows}}}},
        {"spec": {"title": "Second", "layout": grid(cell("p2"), kind="AutoGridLayout")}},
    ]
    tree = second({"kind": "TabsLayout", "spec": {"tabs": tabs}}, "p0", "p1", "p2")
    assert shape(tree) == [("R0", ["p0"]), ("R1", ["p1"]), ("Second", ["p2"])]


def test_row_of_an_early_grid_is_a_stop() -> None:
    early = {"kind": "GridLayoutRow", "spec": {"y": 5, "title": "R", "elements": [cell("p1")]}}
    assert shape(second(grid(early, cell("p0")), "p0", "p1")) == [("p0", ["p0"]), ("R", ["p1"])]


def test_what_a_row_does_with_its_panels_is_told_and_its_variables_count() -> None:
    every = {"kind": "QueryVariable", "spec": {"name": "v", "includeAll": True}}
    condition = {"conditionalRendering": {"spec": {"items": [{}]}}}
    row_of = {"title": "R", "repeat": {"value": "v"}, "variables": [every], **condition, "layout": grid(cell("p"))}
    tree = second({"kind": "RowsLayout", "spec": {"rows": [{"spec": row_of}]}}, "p")
    assert [each.variable for each in routine(tree).variables] == ["v"]
    assert bring(tree).report.carried[Thing.VARIABLE] == 1
    assert changed(tree)[:2] == [
        "is repeated for each value of a variable; here it stands once",
        "is shown under a condition only; here always",
    ]


def test_element_that_the_layout_misses_or_lacks_is_left() -> None:
    """Also what is named twice is taken once."""
    tree = second(grid(cell("p"), cell("p", 1), cell("gone", 2)), "p", "lost")
    report = bring(tree).report
    assert report.came_in(Thing.PANEL) == 3
    assert sorted(each.reason for each in report.left if each.thing is Thing.PANEL) == [
        "is named by the layout, but is not among the elements",
        "stands nowhere in the layout",
    ]


def test_perses_panel_that_the_layout_misses_or_lacks_is_left() -> None:
    tree = forms.perses()
    tree["spec"]["layouts"][0]["spec"]["items"][0]["content"]["$ref"] = "#/spec/panels/none"
    report = bring(tree).report
    assert report.came_in(Thing.PANEL) == 5
    assert report.came_in(Thing.QUERY) == 4
    assert report.carried[Thing.PANEL] == 3
