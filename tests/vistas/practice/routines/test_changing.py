"""Changing a routine before it is saved: each change can be undone, and what cannot be is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import routines
from vistas.errors import RoutineError
from vistas.practice.routines import Changing
from vistas.routine import Routine, Unit
from vistas.routine.file import built_in_routines

GROUND = next(each for each in built_in_routines() if each.routine == "ground")
FIRST = GROUND.stops[0]
ASKING = next(look for look in FIRST.looks if look.query)


def test_a_look_is_asked_otherwise_and_back() -> None:
    begun = Changing.begin(GROUND)
    queries = [text.replace("5m", "15m") + " > 0" for text in ASKING.asked]
    changed = begun.asking(FIRST.stop, ASKING.look, queries, timedelta(days=7), Unit.BYTES)
    look = next(each for each in changed.routine.stops[0].looks if each.look == ASKING.look)
    assert (look.asked, look.window, look.unit) == (tuple(queries), timedelta(days=7), Unit.BYTES)
    assert changed.is_changed
    assert changed.undone().routine == GROUND
    assert not changed.undone().is_changed


def test_what_cannot_be_is_said_and_changes_nothing() -> None:
    begun = Changing.begin(GROUND)
    with pytest.raises(RoutineError, match=r"^Title must .*24.*\.$"):
        begun.reworded(FIRST.stop, {"title": "T" * 25})
    alone = Changing.begin(GROUND.model_copy(update={"stops": (FIRST,)}))
    with pytest.raises(RoutineError, match="one stop at least"):
        alone.without(FIRST.stop)


def test_a_stop_moves_no_further_than_the_ends() -> None:
    begun = Changing.begin(GROUND)
    assert begun.moved(FIRST.stop, -1).before == ()
    last = begun.moved(FIRST.stop, 99)
    assert last.routine.stops[-1] == FIRST
    assert last.focus == FIRST.stop


@given(routines(), st.data())
def test_everything_can_be_undone(routine: Routine, data: st.DataObject) -> None:
    changing = Changing.begin(routine)
    for _ in range(data.draw(st.integers(0, 6))):
        stop = data.draw(st.sampled_from(changing.routine.stops)).stop
        match data.draw(st.sampled_from(["word", "move", "leave"])):
            case "word":
                changing = changing.reworded(stop, {"question": data.draw(st.sampled_from(["Why?", "How?"]))})
            case "move":
                changing = changing.moved(stop, data.draw(st.sampled_from([-1, 1])))
            case _ if len(changing.routine.stops) > 1:
                changing = changing.without(stop)
    assert changing.to_save().version == routine.version
    while changing.before:
        changing = changing.undone()
    assert changing.routine == routine


def test_on_top_of_somebody_else_s_version_mine_stays_where_both_changed_something() -> None:
    ground = next(each for each in built_in_routines() if each.routine == "ground")
    first, second = ground.stops[:2]
    mine = (
        Changing.begin(ground).reworded(first.stop, {"question": "Mine?"}).reworded(second.stop, {"why": "Mine."})
    )
    theirs = Changing.begin(ground).reworded(first.stop, {"question": "Theirs?", "why": "Theirs."}).routine
    assert mine.clashes(theirs) == (f"{first.stop} · question",)
    put = mine.onto(theirs)
    assert (put.base, put.routine.stops[0].question, put.routine.stops[0].why) == (theirs, "Mine?", "Theirs.")
    assert put.routine.stops[1].why == "Mine."
    assert put.undone().routine == mine.routine
