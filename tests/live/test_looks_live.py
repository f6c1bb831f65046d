"""What a look can say, asked of a real Prometheus: several queries, a window of its own, states, and choices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.prometheus import PrometheusSource
from tests.servers import Prometheus
from vistas.charts.prepared import label_sets
from vistas.charts.states import states_of
from vistas.choices import choices
from vistas.formatting.values import series_names
from vistas.gathering.gather import gather
from vistas.redaction import Redactor
from vistas.routine import Look, Routine, Variable
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

REDACTOR = Redactor(b"k" * 32)
PATIENCE = timedelta(seconds=60)
HOUR = timedelta(hours=1)


def asked(
    prometheus: Prometheus, window: Window, *looks: dict[str, Any], **chosen: tuple[str, ...]
) -> list[Snapshot]:
    """Each look's answer, the routine walked with what is chosen for $instance."""
    words = {"stop": "s", "title": "S", "question": "q", "why": "w", "normal": "n", "plainly": "p"}
    named = [
        {"look": f"l{place}", "title": "L", "source": "shop", "take": "range", **look}
        for place, look in enumerate(looks)
    ]
    variables = [{"variable": "instance", "several": True, "every": ".*"}]
    routine = Routine.model_validate(
        {"routine": "r", "title": "R", "about": "a", "variables": variables, "stops": [{**words, "looks": named}]}
    )
    source = PrometheusSource.from_settings("shop", {"url": prometheus.url}, REDACTOR)
    taken = gather(routine.choosing(chosen), [source], window, deadline=Deadline(PATIENCE), redactor=REDACTOR)
    return list(taken)


def test_several_queries_come_as_one_and_name_their_series(prometheus: Prometheus) -> None:
    """What a value chosen says stands in them; one without a metric is said."""
    queries = [
        {"name": "load of {{instance}}", "query": 'node_load1{instance=~"$instance"}'},
        {"name": "rooms", "query": "count(temperature_celsius)"},
        {"name": "nothing", "query": "no_such_metric_total"},
    ]
    window = Window.ending(datetime.now(UTC), HOUR)
    [taken] = asked(prometheus, window, {"queries": queries}, instance=("node-1", "node-2"))
    assert taken.frame is not None, taken
    assert series_names(label_sets(taken.frame.data)) == ["load of node-1", "load of node-2", "rooms"]
    assert taken.provenance.warnings == (
        "Missing in this window: no_such_metric_total. So “nothing” is not shown.",
    )


def test_a_look_has_a_window_of_its_own(prometheus: Prometheus) -> None:
    """Half an hour, an hour earlier; and the same look without either looks at the walk's."""
    window = Window.ending(datetime.now(UTC) - timedelta(minutes=2), HOUR)
    query = {"query": "node_load1{instance='node-1'}"}
    own, plain = asked(prometheus, window, {**query, "window": "30m", "offset": "1h"}, query)
    assert own.provenance.asked == Window.ending(window.end - HOUR, HOUR / 2)
    assert plain.provenance.asked == window
    for taken in (own, plain):
        assert taken.frame is not None, taken
        times = taken.frame.data["times"][0]
        assert taken.provenance.asked.start <= times[0] <= times[-1] < taken.provenance.asked.end
    assert own.frame is not None
    assert len(own.frame.data["times"][0]) == 120


def test_states_are_told_from_numbers(prometheus: Prometheus) -> None:
    states = {"draw": "states", "states": {"0": "calm", "1": "busy"}, "name": "{{instance}}"}
    query = "node_load1{instance=~'node-.'} > bool 0.4"
    window = Window.ending(datetime.now(UTC) - timedelta(minutes=2), HOUR)
    [taken] = asked(prometheus, window, {**states, "query": query})
    assert taken.frame is not None, taken
    look = Look.model_validate(
        {"look": "l", "title": "L", "source": "s", "take": "range", "query": query, **states}
    )
    found = states_of(look, taken.frame, taken.provenance.asked)
    told = {row.name: row for row in found.rows}
    assert told["node-2"].last == "busy"
    assert set(told) == {"node-1", "node-2"}
    assert set(found.words) <= {"calm", "busy"}


def test_what_there_is_to_choose_from_is_asked_of_the_tool(prometheus: Prometheus) -> None:
    source = PrometheusSource.from_settings("shop", {"url": prometheus.url}, REDACTOR)
    variable = Variable(variable="instance", label="instance", of="node_load1{instance=~'node-.'}", source="shop")
    now = datetime.now(UTC)
    of = variable.of or ""
    found = choices(variable, of, [source], now=now, deadline=Deadline(PATIENCE), redactor=REDACTOR)
    assert (found.values, found.note) == (("node-1", "node-2"), "")
    wrong = choices(variable, "{", [source], now=now, deadline=Deadline(PATIENCE), redactor=REDACTOR)
    assert wrong.values == ()
    assert wrong.note
