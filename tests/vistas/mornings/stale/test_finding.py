"""Looks that went stale: they answered, and then had nothing of what they ask for on several mornings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from vistas.mornings.stale import (
    Why,
    find_stale,
    guessed,
    guessed_values,
    headline,
    mendings,
    reason,
    with_look,
    without_look,
)
from vistas.routine import Routine
from vistas.snapshot import Absence, GapReason, Provenance, Window
from vistas.store import Trace, TracedMorning

NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
GONE = Absence("node_cpu")
WORDS = {"title": "Work", "question": "?", "why": "w", "normal": "n", "plainly": "p"}


def routine(query: str = "sum(rate(node_cpu[5m]))", **more: object) -> Routine:
    look = {"look": "cpu", "title": "Work done", "source": "prometheus", "take": "range", "query": query, **more}
    beside = {"look": "up", "title": "Up", "source": "prometheus", "take": "instant", "query": "up"}
    stop = {"stop": "work", **WORDS, "looks": [look, beside]}
    return Routine.model_validate({"routine": "ground", "title": "Ground", "about": "a", "stops": [stop]})


Became = tuple[int | None, GapReason | None, tuple[Absence, ...]]
ANSWERED: Became = (3, None, ())
GOOD_NEWS: Became = (0, None, ())
ABSENT: Became = (None, GapReason.NOT_HERE, (GONE,))
NO_SERVER_ERRORS: Became = (0, None, (Absence("requests_total", "status", "=~", "5.."),))
NO_ALERTS: Became = (None, GapReason.NOT_HERE, (Absence("ALERTS"),))
UNKNOWN: Became = (None, GapReason.NOT_HERE, (Absence("shop_orders_total"),))
AWAY: Became = (None, GapReason.UNREACHABLE, ())
REFUSED: Became = (None, GapReason.REFUSED, ())


def mornings(*became: Became, of: Routine | None = None) -> tuple[TracedMorning, ...]:
    """A day apart, the newest first."""
    found = []
    for days, (rows, why, absent) in enumerate(became):
        at = NOW - timedelta(days=days)
        window = Window.ending(at, timedelta(hours=12))
        provenance = Provenance("main", "prometheus", "q", window, at, timedelta(), absent=absent)
        found.append(TracedMorning(uuid4(), at, of or routine(), (Trace("work", "cpu", rows, why, provenance),)))
    return tuple(found)


def test_a_metric_gone_for_three_mornings_is_stale_since_the_first_of_them() -> None:
    (stale,) = find_stale(routine(), mornings(ABSENT, ABSENT, ABSENT, ANSWERED))
    assert (stale.stop, stale.look.look, stale.source, stale.why) == ("work", "cpu", "main", Why.METRIC)
    assert (stale.mornings, stale.since, stale.answered_last) == (
        3,
        NOW - timedelta(days=2),
        NOW - timedelta(days=3),
    )
    assert headline(stale) == "Work done has shown nothing for 3 mornings"
    assert reason(stale) == "main has no metric node_cpu any more."


@pytest.mark.parametrize(
    "became",
    [
        (ABSENT, ABSENT, ANSWERED),
        (ABSENT, ABSENT, ABSENT),
        (GOOD_NEWS, GOOD_NEWS, GOOD_NEWS, ANSWERED),
        (AWAY, AWAY, AWAY, ANSWERED),
        (ANSWERED, ABSENT, ABSENT, ABSENT, ANSWERED),
        (NO_SERVER_ERRORS,) * 9 + (ANSWERED,),
        (NO_ALERTS,) * 9 + (ANSWERED,),
        (UNKNOWN,) * 6 + (ANSWERED,),
    ],
    ids=[
        "too few",
        "it never answered",
        "good news",
        "the tool was away",
        "it is back",
        "no requests failed",
        "nothing rings",
        "a metric of which no newer name is known",
    ],
)
def test_other_mornings_make_nothing_stale(became: tuple[Became, ...]) -> None:
    assert not find_stale(routine(), mornings(*became))


def test_what_has_no_newer_name_is_stale_after_a_week() -> None:
    (stale,) = find_stale(routine(), mornings(*(UNKNOWN,) * 7, ANSWERED))
    assert (stale.mornings, stale.why) == (7, Why.METRIC)


def test_a_morning_on_which_the_tool_was_away_is_passed_over() -> None:
    (stale,) = find_stale(routine(), mornings(ABSENT, AWAY, ABSENT, ABSENT, ANSWERED))
    assert stale.mornings == 3


def test_an_error_of_its_own_is_told_as_one() -> None:
    (stale,) = find_stale(routine(), mornings(REFUSED, REFUSED, REFUSED, ANSWERED))
    assert stale.why is Why.ERROR
    assert headline(stale) == "Work done has failed for 3 mornings"


def test_what_was_asked_otherwise_then_says_nothing_of_it_now() -> None:
    mended = routine("sum(rate(node_cpu_seconds_total[5m]))")
    assert not find_stale(mended, mornings(ABSENT, ABSENT, ABSENT, ANSWERED))


def test_a_variable_chosen_is_the_same_look() -> None:
    written = Routine.model_validate(
        {**routine('node_cpu{job="$job"}').model_dump(), "variables": [{"variable": "job", "values": ["a", "b"]}]}
    )
    walked = written.choosing({"job": ("b",)})
    (stale,) = find_stale(written, mornings(ABSENT, ABSENT, ABSENT, ANSWERED, of=walked))
    assert stale.look.query == ('node_cpu{job="$job"}',)


def test_the_newer_name_mends_the_look_and_nothing_else() -> None:
    (stale,) = find_stale(routine(), mornings(ABSENT, ABSENT, ABSENT, ANSWERED))
    (mending,) = mendings(stale.look, stale.absent)
    mended = with_look(routine(), stale, mending.look)
    assert mended == routine("sum(rate(node_cpu_seconds_total[5m]))")
    assert mending.happened == "node_exporter was probably updated: since its version 0.16 it has another name."
    assert mending.renamed == "node_cpu is node_cpu_seconds_total now"


def test_where_no_table_knows_it_what_is_much_alike_is_a_guess() -> None:
    look = routine("rate(shop_orders_count[5m])").stops[0].looks[0]
    (mending,) = guessed(look, [Absence("shop_orders_count")], ["shop_orders_total", "node_load1"])
    assert mending.look.query == ("rate(shop_orders_total[5m])",)
    assert mending.is_guess


def test_a_value_that_nothing_has_is_guessed_by_those_that_there_are() -> None:
    look = routine('up{job="node-exporter"}').stops[0].looks[0]
    (mending,) = guessed_values(look, Absence("up", "job", "=", "node-exporter"), ["node_exporter", "shop"])
    assert mending.look.query == ('up{job="node_exporter"}',)
    assert mending.is_guess


def test_left_out_it_takes_its_stop_along_where_nothing_else_is_there() -> None:
    (stale,) = find_stale(routine(), mornings(ABSENT, ABSENT, ABSENT, ANSWERED))
    shorter = without_look(routine(), stale)
    assert shorter is not None
    assert [look.look for _, look in shorter.looks()] == ["up"]


def test_series_are_named_by_the_newer_names_of_their_labels() -> None:
    named = routine("sum by (pod_name) (container_memory_rss)", name="{{pod_name}}").stops[0].looks[0]
    first = next(iter(mendings(named, [Absence("container_memory_rss", "pod_name")])))
    assert (first.look.query, first.look.name) == (("sum by (pod) (container_memory_rss)",), "{{pod}}")
