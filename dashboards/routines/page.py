"""A routine's page: its family at the left, and beside it what changed, or what is being changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from dashboards import files, live, variables, viewer
from dashboards.routines import comparing, editing, family, forking, stopped
from dashboards.routines.compared import choices, chosen
from dashboards.shared import process
from dashboards.state import ROUTINE, now, parameter, session
from dashboards.ui import links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain, prose
from dashboards.writing import begin_walk
from vistas.errors import RoutineError
from vistas.practice.routines import Branch, journal_of
from vistas.routine import Chosen, Routine

LATELY = timedelta(days=60)
WALK_KEY = "routine"

Above = Callable[[Routine], None]


def draw(above: Above) -> None:
    """`above` draws what has to be known first about the routine: it stands on top."""
    slug = parameter(ROUTINE)
    live.watch({live.PAGE: lambda: (journal_of(slug),)})
    try:
        found = process.routines().family(slug)
    except RoutineError:
        _nothing(slug)
        return
    branch = found.find(slug) or found.eldest
    known = choices(branch, found)
    then, after = chosen(known, branch)
    _head(branch)
    grid = st.grid(10, min_column_width=60, gap=("medium", 48))
    with grid.cell(column_span=3), st.container(key="routine-family", gap="small"):
        family.draw(found, slug, (then.key, after.key))
    with grid.cell(column_span=7), st.container(key="routine-main", gap="medium"):
        above(branch.newest.routine)
        changing = session().changing
        if changing and changing.base.routine == slug:
            editing.draw(changing, branch)
        else:
            comparing.draw(branch, known, then, after)
            stopped.draw(branch)


def _head(branch: Branch) -> None:
    routine = branch.newest.routine
    with st.container(key="routine-title", gap="xsmall"):
        row = st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="medium"
        )
        st.markdown(f":gray[{plain(_summary(routine))}]")
        st.markdown(prose(routine.about))
        chosen = variables.draw(routine, key=WALK_KEY)
        files.draw_file(routine)
    with row:
        st.title(plain(routine.title), anchor=False, width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            _actions(branch, chosen)
    trouble = session().routine_refused
    if trouble:
        st.warning(plain(trouble), icon=":material/info:")


def _actions(branch: Branch, chosen: Chosen) -> None:
    routine = branch.newest.routine
    if st.button(
        "Walk it", type="primary", icon=":material/arrow_forward:", icon_position="right", key="routine-walk"
    ) and variables.is_ready(routine, chosen, key=WALK_KEY):
        viewer.signing(lambda: go(Place.WALK, begin_walk(routine, chosen=chosen).id))
    with st.popover("Make it mine", icon=":material/fork_right:", key="make-it-mine"):
        forking.draw(routine)
    if st.button("Change it", icon=":material/edit:", key="routine-change"):
        editing.begin(branch)


def _summary(routine: Routine) -> str:
    """`Nine stops, about ten minutes. Four people walked it in the last two months.`"""
    stops = f"{words.spelled(len(routine.stops))} {'stop' if len(routine.stops) == 1 else 'stops'}"
    walkers = len(process.workspace().store.walkers(routine.routine, since=now() - LATELY))
    people = "" if not walkers else f" {words.spelled(walkers)} {'person' if walkers == 1 else 'people'}"
    lately = f"{people} walked it in the last two months." if walkers else " Nobody has walked it lately."
    return f"{stops}, about {routine.minutes} minutes.{lately}"


def _nothing(slug: str) -> None:
    """No routine in the address, or one that is not here: a choice of those that are."""
    st.title("Which routine?", anchor=False)
    if slug:
        st.markdown(f"There is no routine called **{plain(slug)}** here. These there are:")
    for routine in process.workspace().routines():
        links.draw(Place.ROUTINE, plain(routine.title), None, {ROUTINE: routine.routine})
