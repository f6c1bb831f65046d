"""How a walk in a room begins: a new gathering, one as somebody walked before, or an existing morning."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import variables
from dashboards.library import changeable, choose_again
from dashboards.room import Room, attach
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import words
from dashboards.ui.choosing import one_of
from dashboards.ui.plain import plain
from dashboards.writing import begin_walk, begin_walk_through
from vistas.practice.session import Activity
from vistas.routine import Routine
from vistas.store import Search
from vistas.vista import Vista

MORNINGS = 30


def draw(room: Room, activity: Activity) -> None:
    st.header("Which path shall we walk?", anchor=False)
    st.markdown("One consistent picture is gathered from your tools; then everyone looks at it, stop by stop.")
    routines = {each.routine: each for each in process.workspace().routines()}
    planned = routines.get(activity.routine)
    with st.container(horizontal=True, gap="small", key="walk-paths"):
        for routine in [planned] if planned else routines.values():
            _path(room, activity, routine, is_planned=routine is planned)
    _as_somebody_did(room, activity)
    _existing(room, activity)


def _path(room: Room, activity: Activity, routine: Routine, *, is_planned: bool) -> None:
    """A button, below what is chosen for the routine's variables where it has any."""
    key = f"room-{activity.id}-{routine.routine}"
    with st.container(gap="small", width="stretch" if routine.variables else "content", key=f"path-{key}"):
        chosen = variables.draw(routine, key=key, alone=False)
        goes = st.button(
            f"{plain(routine.title)} · {words.count(len(routine.stops), 'stop')}",
            type="primary" if is_planned else "secondary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key=f"walk-path-{routine.routine}",
        )
    if goes and variables.is_ready(routine, chosen, key=key):
        attach(room, activity, begin_walk(routine, chosen=chosen).id)


def _as_somebody_did(room: Room, activity: Activity) -> None:
    """Today, through the eyes of anybody who walked or noticed something on a saved morning."""
    store = process.workspace().store
    found = store.library(Search(limit=MORNINGS)).vistas
    walkers = (
        ((str(each.id), person), f"{person} · {each.name} · {words.when(each.begun_at, now(), zone())}")
        for each in found
        for person in each.people
    )
    label, key = "Or today, as somebody walked before", f"walk-as-{activity.id}"
    chosen = one_of(label, walkers, key=key, placeholder="choose whose walk to follow")
    if chosen:
        vista, person = chosen
        _follow(room, activity, store.vista(UUID(vista)), person)


def _follow(room: Room, activity: Activity, earlier: Vista, person: str) -> None:
    """At once; where the routine has variables, with what they chose or something else."""
    if (routine := changeable(earlier)) is None:
        attach(room, activity, begin_walk_through(earlier, person).id)
        return
    key = f"room-as-{activity.id}-{earlier.id}"
    chosen = choose_again(earlier, routine, key=key)
    label = f"Walk today as {plain(person)} did"
    if st.button(label, icon=":material/visibility:", key=f"follow-{activity.id}") and variables.is_ready(
        routine, chosen, key=key
    ):
        attach(room, activity, begin_walk_through(earlier, person, chosen).id)


def _existing(room: Room, activity: Activity) -> None:
    found = process.workspace().store.library(Search(saved_only=False, limit=MORNINGS)).vistas
    mornings = ((str(each.id), f"{each.name} · {words.when(each.begun_at, now(), zone())}") for each in found)
    key = f"walk-earlier-{activity.id}"
    chosen = one_of("Or an existing one", mornings, key=key, placeholder="choose a morning")
    if chosen:
        attach(room, activity, UUID(chosen))
