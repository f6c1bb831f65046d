"""The queries of a panel, drawn together where they can be; states, times and words of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vistas.importing.small import Tree, bring, changed, dashboard, look, panel, routine
from vistas.importing import Thing
from vistas.routine import Unit


def several(*legends: str, kind: str = "timeseries", **rest: Any) -> Tree:
    targets = [
        {"refId": chr(ord("A") + number), "expr": f"m{number}", "legendFormat": legend}
        for number, legend in enumerate(legends)
    ]
    return panel(kind, targets=targets, **rest)


def names(tree: Tree) -> list[str]:
    return [each.name for each in look(dashboard(tree)).queries]


def test_queries_of_a_panel_are_drawn_together() -> None:
    one = look(dashboard(several("in", "{{device}} out")))
    assert one.query == ()
    assert [(each.name, each.query) for each in one.queries] == [("in", "m0"), ("{{device}} out", "m1")]
    assert one.name is None


def test_each_query_has_a_name_of_its_own() -> None:
    """Its legend; its metric where there is none; and its letter where two have the same."""
    assert names(several("", "__auto")) == ["m0", "m1"]
    assert names(several("x", "x", "y")) == ["x (A)", "x (B)", "y"]
    twins = [{"refId": "A", "expr": "m", "legendFormat": "x"} for _ in range(3)]
    assert names(panel(targets=twins)) == ["x (A)", "x (A 2)", "x (A 3)"]
    assert names(panel(targets=[{"expr": "1"}, {"expr": "2"}])) == ["query", "query (2)"]


def test_numbers_and_bars_stand_side_by_side() -> None:
    assert len(look(dashboard(several("a", "b", kind="stat"))).queries) == 2
    assert len(look(dashboard(several("a", "b", kind="bargauge"))).queries) == 2


def test_tables_and_heatmaps_are_a_look_each() -> None:
    tree = dashboard(several("a", "{{b}}", kind="table"))
    assert [each.title for _, each in routine(tree).looks()] == ["One (a)", "One (B)"]
    assert changed(tree) == [
        "asks over the time range; here it is how things are at its end",
        "shows 2 answers at once; here in 2 looks",
    ]
    assert len(list(routine(dashboard(several("a", "b", kind="heatmap"))).looks())) == 2


def test_moments_and_stretches_of_time_are_apart() -> None:
    targets = [
        {"refId": "A", "expr": "a"},
        {"refId": "B", "expr": "b"},
        {"refId": "C", "expr": "c", "instant": True},
    ]
    tree = dashboard(panel(targets=targets))
    over_time, now = (each for _, each in routine(tree).looks())
    assert (over_time.take, len(over_time.queries), over_time.title) == ("range", 2, "One (over time)")
    assert (now.take, now.query, now.title) == ("instant", ("c",), "One (C)")
    assert "asks for a moment and over time; here in 2 looks" in changed(tree)


def test_units_are_apart() -> None:
    properties = [{"id": "unit", "value": "bytes"}]
    overrides = [{"matcher": {"id": "byFrameRefID", "options": "B"}, "properties": properties}]
    tree = dashboard(several("a", "b", "c", fieldConfig={"defaults": {"unit": "s"}, "overrides": overrides}))
    one, two = (each for _, each in routine(tree).looks())
    assert (one.unit, [each.name for each in one.queries], one.title) == (
        Unit.SECONDS,
        ["a", "c"],
        "One (seconds)",
    )
    assert (two.unit, two.query, two.title) == (Unit.BYTES, ("m1",), "One (b)")
    assert changed(tree) == ["has several units; here in 2 looks"]


def test_query_that_is_left_keeps_nobody_from_the_others() -> None:
    tree = dashboard(panel(targets=[{"expr": "a"}, {"expr": "b", "hide": True}, {"expr": "c"}]))
    assert names(tree["panels"][0]) == ["a", "c"]
    assert bring(tree).report.carried[Thing.QUERY] == 2


MAPPED = [
    ([{"type": "value", "options": {"0": {"text": "down"}, "1": {"text": "up"}}}], {"0": "down", "1": "up"}),
    (
        [{"type": 1, "value": "2", "text": "odd"}, {"id": 0, "op": "=", "value": "null", "text": "N/A"}],
        {"2": "odd"},
    ),
    ([{"type": "range", "options": {"from": 3, "to": 3, "result": {"text": "three"}}}], {"3": "three"}),
    ([{"type": 2, "from": "0.50", "to": "0.50", "text": "half"}], {"0.5": "half"}),
    ([{"type": "value", "options": {"1": {"text": "up"}, "x": {"text": "?"}}}], {"1": "up"}),
]


@pytest.mark.parametrize(("mappings", "states"), MAPPED)
@pytest.mark.parametrize("kind", ["state-timeline", "status-history"])
def test_words_for_values_are_states(kind: str, mappings: Any, states: dict[str, str]) -> None:
    one = look(dashboard(panel(kind, fieldConfig={"defaults": {"mappings": mappings}})))
    assert (one.take, one.draw, one.states) == ("range", "states", states)


def test_states_without_words_are_a_heatmap() -> None:
    tree = dashboard(panel("state-timeline", fieldConfig={"defaults": {"mappings": [{"type": "special"}]}}))
    assert look(tree).draw == "heatmap"
    assert changed(tree)[0].startswith("shows states over time, without words for them")


def test_words_for_ranges_of_values_are_told() -> None:
    mappings = [
        {"type": "value", "options": {"0": {"text": "down"}}},
        {"type": "range", "options": {"from": 1, "to": 9, "result": {"text": "up"}}},
    ]
    tree = dashboard(panel("state-timeline", fieldConfig={"defaults": {"mappings": mappings}}))
    assert look(tree).states == {"0": "down"}
    assert changed(tree) == ["words in place of values are not carried"]


def test_words_for_no_value_are_nothing_to_tell() -> None:
    """Every old panel has them."""
    old = [{"op": "=", "text": "N/A", "value": "null"}]
    nothing = [{"from": "null", "text": "N/A", "to": "null"}]
    assert changed(dashboard(panel("singlestat", valueName="current", valueMaps=old, rangeMaps=nothing))) == []


TIMES = [
    ({"timeFrom": "7d"}, 7 * 24, None),
    ({"timeFrom": "now-1h"}, 1, None),
    ({"timeShift": "1w"}, None, 7 * 24),
    ({"timeFrom": "2h", "timeShift": "1d"}, 2, 24),
]


@pytest.mark.parametrize(("rest", "window", "offset"), TIMES)
def test_time_range_of_a_panel_is_that_of_its_look(rest: Tree, window: float | None, offset: float | None) -> None:
    tree = dashboard(panel(**rest))
    one = look(tree)
    hours = [each and each.total_seconds() / 3600 for each in (one.window, one.offset)]
    assert hours == [window, offset]
    assert changed(tree) == []


def test_macros_are_worked_out_for_the_panels_own_time() -> None:
    """For a moment there is no window, and what is worked out for it stays right."""
    instant = {"expr": "increase(x[$__range])", "instant": True}
    one = look(dashboard(panel("stat", targets=[instant], timeFrom="7d")))
    assert (one.query, one.window) == (("increase(x[604800s])",), None)


def test_each_panel_says_at_its_look_what_it_shows() -> None:
    """Where only one says anything, it is why one stops there."""
    both = routine(dashboard(panel(title="P", description="First."), panel(title="Q", description="Second.")))
    (stop,) = both.stops
    assert [each.text for each in stop.looks] == ["First.", "Second."]
    assert stop.why == "P: First."
    (stop,) = routine(dashboard(panel(title="P"), panel(title="Q", description="Second."))).stops
    assert [each.text for each in stop.looks] == [None, None]
    assert stop.why == "Q: Second."
    alerts = panel("alertlist", title="Firing", description="What rings." * 300, targets=[])
    (stop,) = routine(dashboard(panel(description="First."), alerts)).stops
    assert (stop.looks[1].text or "").startswith("What rings.")
