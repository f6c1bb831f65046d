"""The built-in routines: that they fit the sources, and that people can read them."""

from __future__ import annotations

import re
from importlib.metadata import entry_points

import pytest

from vistas.routine import Look, Routine, Stop
from vistas.routine.file import built_in_routines, read_routine, write_routine
from vistas.source import ENTRY_POINTS

ROUTINES = built_in_routines()
STOPS = [pytest.param(stop, id=f"{routine.routine}/{stop.stop}") for routine in ROUTINES for stop in routine.stops]
LOOKS = [
    pytest.param(look, id=f"{routine.routine}/{stop.stop}/{look.look}")
    for routine in ROUTINES
    for stop, look in routine.looks()
]

JARGON = re.compile(
    r"\b(pods?|nodes?|kubernetes|prometheus|ingress|upstreams?|backends?|latency|percentiles?|p9[59]|quantiles?|cpu"
    r"|http|5xx|4xx|oom|crashloop\w*|container\w*|namespaces?|replicas?|scrape\w*|metrics?|quer(y|ies)|api|slo|tls"
    r"|ssl|rollouts?|cluster|kubelet|throttl\w+|cardinality|cache|endpoints?|deployments?|hpa|pvc)\b",
    re.IGNORECASE,
)


def test_the_ones_a_team_needs_are_there() -> None:
    assert {routine.routine for routine in ROUTINES} == {
        "landscape",
        "front-door",
        "ground",
        "workloads",
        "room-to-grow",
        "trust-the-view",
        "promises",
        "moving-house",
        "critical-path",
    }


def test_the_one_to_start_with_is_short_and_asks_every_kind_of_tool() -> None:
    """First in the list, at most eight stops, and metrics, cluster and logs all in it."""
    landscape = ROUTINES[0]
    assert landscape.routine == "landscape"
    assert len(landscape.stops) <= 8
    assert {look.source for _, look in landscape.looks()} == {"prometheus", "kubernetes", "ingress"}


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_can_be_taken(look: Look) -> None:
    """Its source is a type of source that this project has, and that type knows what to take."""
    (entry,) = entry_points(group=ENTRY_POINTS, name=look.source)
    assert look.take in entry.load().takes
    assert bool(look.query) == (look.take in {"range", "instant"})


@pytest.mark.parametrize("stop", STOPS)
def test_plain_words_are_plain(stop: Stop) -> None:
    """Nobody should have to run servers to follow: no term of the trade where it says things plainly."""
    assert not JARGON.findall(stop.plainly)
    assert len(stop.plainly.split()) >= 20


@pytest.mark.parametrize("stop", STOPS)
def test_question_is_a_question(stop: Stop) -> None:
    assert stop.question.endswith("?")
    assert len({stop.why, stop.normal, stop.plainly}) == 3


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.routine)
def test_forked_routine_is_the_same_routine(routine: Routine) -> None:
    """What the app writes when somebody forks a built-in one reads back as it was."""
    assert read_routine(write_routine(routine), "fork.yaml") == routine
