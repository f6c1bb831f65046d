"""The linked looks make a small routine that asks each of them once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.vistas.sharing.making import LOG, PODS, RATE, vista
from vistas.errors import PracticeError
from vistas.practice.decisions import Evidence, Link
from vistas.practice.decisions.recheck import look_again, stop_today
from vistas.routine import Look, Routine, Stop
from vistas.vista import Detour, new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THEN = vista()


def evidence(stop: str = "errors", look: str | None = "pods", routine: str = "landscape") -> Evidence:
    return Evidence(title="what one sees", routine=routine, stop=stop, look=look)


def link(seen: Evidence) -> Link:
    return Link(new_id(), seen, "Ada", NOW)


def find(seen: Evidence) -> Stop | None:
    return stop_today(seen, [THEN.routine], None)


def test_links_to_one_stop_share_it_and_no_look_is_asked_twice() -> None:
    links = [link(evidence(look=look)) for look in ("rate", "pods", "rate")]
    again = look_again("Roll back?", links, find)
    (stop,) = again.routine.stops
    assert [look.look for look in stop.looks] == ["rate", "pods"]
    assert again.routine.title == "Looked again: Roll back?"
    assert again.stops == {each.id: "errors" for each in links}


def test_a_whole_stop_brings_all_its_looks() -> None:
    again = look_again("t", [link(evidence(look="log")), link(evidence(look=None))], find)
    assert {look.look for look in again.routine.stops[0].looks} == {"pods", "rate", "log", "nodes"}


def test_stops_of_the_same_name_in_two_routines_stay_two() -> None:
    def anywhere(seen: Evidence) -> Stop:
        return THEN.routine.stops[0].model_copy(update={"question": f"Asked by {seen.routine}?"})

    one, two = link(evidence()), link(evidence(routine="ground"))
    again = look_again("t", [one, two], anywhere)
    assert (again.stops[one.id], again.stops[two.id]) == ("errors", "errors-2")
    assert [stop.question for stop in again.routine.stops] == ["Asked by landscape?", "Asked by ground?"]


def test_today_a_look_is_asked_as_its_routine_asks_today() -> None:
    newer = RATE.model_copy(update={"query": ("sum(rate(y[5m]))",)})
    stop = THEN.routine.stops[0].model_copy(update={"looks": (newer,)})
    today = Routine.model_validate({**THEN.routine.model_dump(), "stops": [stop]})
    asked = stop_today(evidence(look="rate"), [today], THEN)
    assert asked is not None
    assert asked.looks == (newer,)


def test_what_the_routine_does_not_ask_any_more_is_asked_as_the_vista_did() -> None:
    """A detour was never part of the routine."""
    detour = Detour("errors", LOG.model_copy(update={"look": "detour-1"}), "Maya", NOW)
    seen = vista(detours=(detour,))
    asked = stop_today(evidence(look="detour-1"), [seen.routine], seen)
    assert asked is not None
    assert asked.looks == (detour.look,)
    assert stop_today(evidence(look="pods"), [], seen) is not None
    assert stop_today(evidence(look="pods"), [], None) is None


def test_what_cannot_be_asked_any_more_is_said() -> None:
    known, lost = link(evidence()), link(evidence(stop="gone"))
    assert look_again("t", [known, lost], find).lost == (lost,)
    with pytest.raises(PracticeError, match="run any more"):
        look_again("t", [lost], find)
    with pytest.raises(PracticeError, match="No evidence"):
        look_again("t", [], find)


def test_more_than_a_stop_can_hold_is_refused() -> None:
    def one_more(seen: Evidence) -> Stop:
        look = Look(look=str(seen.look), title="t", source="prometheus", take="range")
        return THEN.routine.stops[0].model_copy(update={"looks": (look,)})

    links = [link(evidence(look=f"detour-{number}")) for number in range(13)]
    assert len(look_again("t", links[:12], one_more).routine.stops[0].looks) == 12
    with pytest.raises(PracticeError, match="More is linked"):
        look_again("t", links, one_more)


def test_the_routine_of_linked_looks_has_a_length_that_is_allowed() -> None:
    assert len(look_again("t" * 200, [link(evidence(look=PODS.look))], find).routine.title) == 200
