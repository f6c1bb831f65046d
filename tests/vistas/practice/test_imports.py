"""A dashboard that was brought, while one looks through it: nothing is lost, and every change can be undone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.vistas.importing.small import Tree, bring, dashboard, panel
from vistas.importing import Thing
from vistas.practice import Notebooks
from vistas.practice.imports import (
    DefaultChosen,
    Import,
    ImportEntry,
    PutAway,
    Retitled,
    RoutineKept,
    StopChosen,
    StopCut,
    StopJoined,
    StopMoved,
    StopReworded,
    Undone,
    as_routine,
    unfinished,
)
from vistas.practice.imports.bringing import brought
from vistas.practice.notebook import Stamp
from vistas.routine.file import read_routine, write_routine
from vistas.store import Store

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def a_dashboard(rows: int = 4) -> Tree:
    panels = []
    for number in range(rows):
        title, top = f"R{number}", {"y": 10 * number}
        panels.append({"type": "row", "title": title, "gridPos": top, "collapsed": number == 3})
        panels += [
            panel(title=f"{title}.{place}", expr='x{a="$v"}', gridPos={"y": 10 * number + 1}) for place in (0, 1)
        ]
    folded = [each for each in panels if each["gridPos"]["y"] == 31]
    top_level = [
        {**each, "panels": folded} if each.get("collapsed") else each for each in panels if each not in folded
    ]
    variable = {"name": "v", "type": "query", "query": "label_values(x, a)"}
    return dashboard(*top_level, panel("logs", title="Logs"), variables=[variable])


def opened(tree: Tree | None = None) -> Import:
    return brought(bring(tree or a_dashboard()), str).apply(Import(), Stamp(1, AT, "mira"))


def after(state: Import, *entries: ImportEntry) -> Import:
    for number, entry in enumerate(entries, 2):
        state = entry.apply(state, Stamp(number, AT + timedelta(minutes=number), "mira"))
    return state


def walk(state: Import) -> list[str]:
    return [stop.title for stop in state.walk]


def test_it_opens_with_what_is_proposed() -> None:
    state = opened()
    assert walk(state) == ["R0", "R1", "R2"]
    assert [stop.title for stop in state.later] == ["R3"]
    assert state.title == "D"


def test_what_was_carried_is_told_folded() -> None:
    telling = opened().telling
    assert telling is not None
    assert {each.thing: (each.carried, each.came_in) for each in telling.tallies}[Thing.PANEL] == (8, 9)
    assert [(each.times, each.places) for each in telling.left if "log lines" in each.reason] == [
        (1, ("panel “Logs”",))
    ]


def test_stop_is_left_for_later_and_comes_back_to_its_place() -> None:
    state = after(opened(), StopChosen(stop="r1", chosen=False))
    assert (walk(state), [stop.title for stop in state.later]) == (["R0", "R2"], ["R1", "R3"])
    assert walk(after(state, StopChosen(stop="r1", chosen=True))) == ["R0", "R1", "R2"]
    assert walk(after(state, StopMoved(stop="r0", to=1), StopChosen(stop="r1", chosen=True))) == ["R2", "R0", "R1"]


def test_stop_is_cut_joined_moved_and_reworded() -> None:
    state = after(opened(), StopCut(stop="r1", at=1))
    assert walk(state) == ["R0", "R1", "R1.1", "R2"]
    state = after(state, StopMoved(stop="r1-1", to=0), StopJoined(stop="r1-1"))
    assert walk(state) == ["R1.1", "R1", "R2"]
    assert [look.title for look in state.walk[0].looks] == ["R1.1", "R0.0", "R0.1"]
    state = after(state, StopReworded(stop="r1-1", title="Disks", question="Are they full?"))
    assert (state.walk[0].title, state.walk[0].question) == ("Disks", "Are they full?")
    state = after(state, Undone(), Undone(), Undone(), Undone())
    assert state.walk == opened().walk


def test_stop_that_is_left_can_be_cut_too() -> None:
    state = after(opened(), StopCut(stop="r3", at=1), StopChosen(stop="r3-1", chosen=True))
    assert (walk(state), [stop.title for stop in state.later]) == (["R0", "R1", "R2", "R3.1"], ["R3"])


NOTHING = [
    StopChosen(stop="none", chosen=True),
    StopChosen(stop="r0", chosen=True),
    StopMoved(stop="r3", to=0),
    StopMoved(stop="r0", to=0),
    StopCut(stop="none", at=1),
    StopCut(stop="r0", at=2),
    StopJoined(stop="r2"),
    StopJoined(stop="r3"),
    StopReworded(stop="none", title="x", question="x"),
    Undone(),
]


@pytest.mark.parametrize("entry", NOTHING)
def test_what_cannot_be_done_changes_nothing(entry: ImportEntry) -> None:
    """Two who click at once see each other's clicks: none of them breaks anything."""
    state = after(opened(), entry)
    assert (state.walk, state.later, state.before) == (opened().walk, opened().later, ())


names = st.sampled_from(["r0", "r1", "r2", "r3", "r0-1", "r1-1", "r0-0"])
entries = st.one_of(
    st.builds(StopChosen, stop=names, chosen=st.booleans()),
    st.builds(StopMoved, stop=names, to=st.integers(0, 5)),
    st.builds(StopCut, stop=names, at=st.integers(1, 3)),
    st.builds(StopJoined, stop=names),
    st.builds(StopReworded, stop=names, title=st.text(max_size=30), question=st.text(max_size=30)),
    st.just(Undone()),
)


@examples(60)
@given(st.lists(entries, max_size=12))
def test_no_look_is_ever_lost(done: list[ImportEntry]) -> None:
    """Whatever is done, each look stands in one stop, each stop has a name of its own, and all can be undone."""
    state = after(opened(), *done)
    stops = (*state.walk, *state.later)
    assert sorted(look.title for stop in stops for look in stop.looks) == sorted(
        look.title for stop in (*opened().walk, *opened().later) for look in stop.looks
    )
    assert sorted(stop.stop for stop in stops) == sorted(state.order)
    if state.walk:
        made = as_routine(state, ())
        assert read_routine(write_routine(made), "x") == made
    undone = after(state, *[Undone()] * len(state.before))
    assert (undone.walk, undone.later) == (opened().walk, opened().later)


def test_routine_has_what_is_walked_under_a_name_of_its_own() -> None:
    state = after(opened(), Retitled(title="Mornings"), DefaultChosen(variable="v", values=("shop", "x")))
    made = as_routine(state, {"mornings"})
    assert (made.routine, made.title, made.minutes) == ("mornings-2", "Mornings", 3)
    assert [stop.title for stop in made.stops] == ["R0", "R1", "R2"]
    assert made.variables[0].default == ("shop",)


def test_variables_that_nothing_walked_uses_are_left_out() -> None:
    tree = dashboard(
        {"type": "row", "title": "A", "gridPos": {"y": 0}},
        panel(expr="up", gridPos={"y": 1}),
        {"type": "row", "title": "B", "gridPos": {"y": 2}},
        panel(expr='x{a="$v"}', gridPos={"y": 3}),
        variables=[{"name": "v", "type": "textbox", "query": "a"}],
    )
    assert as_routine(after(opened(tree), StopChosen(stop="b", chosen=False)), ()).variables == ()


def test_nothing_to_walk_is_no_routine() -> None:
    nothing = after(opened(), *[StopChosen(stop=f"r{number}", chosen=False) for number in range(3)])
    with pytest.raises(ValueError, match="Choose a stop first"):
        as_routine(nothing, ())
    forty_one = opened(a_dashboard(45))
    everything = after(forty_one, *[StopChosen(stop=stop.stop, chosen=True) for stop in forty_one.later])
    with pytest.raises(ValueError, match="40 stops at most"):
        as_routine(everything, ())


def test_what_was_begun_is_found_again_until_it_is_kept_or_put_away(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    imports = Notebooks(store.journals).imports
    begun: list[UUID] = [
        imports.begin("D", brought(bring(a_dashboard()), str), by=by, at=AT)
        for by in ("mira", "mira", "mira", "ana")
    ]
    imports.write(begun[0], RoutineKept(routine="d", version=1), by="mira", at=AT)
    imports.write(begun[1], PutAway(), by="mira", at=AT)
    found = unfinished(imports, "mira", AT - timedelta(days=1))
    assert [key for key, _ in found] == [begun[2]]
    assert found[0][1].walk == opened().walk
    assert unfinished(imports, "mira", AT + timedelta(days=1)) == ()


def test_no_secret_is_kept() -> None:
    """A look whose query held one is kept without it, and cannot be asked until somebody writes it anew."""
    secret = "hunter2secret"
    tree = dashboard(panel("timeseries", f'x{{u="https://ann:{secret}@example.com/"}}'))
    entry = brought(bring(tree), lambda text: text.replace(secret, "[redacted]"))
    assert secret not in entry.model_dump_json()
    assert json.loads(entry.model_dump_json())["stops"]
