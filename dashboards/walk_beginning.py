"""How a walk in a room begins: a new gathering of a routine, or a morning that is there already."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import process, viewer, words
from dashboards.attaching import attach
from dashboards.plain import plain
from dashboards.room import Room
from dashboards.state import now, zone
from vistas.practice.session import Activity
from vistas.routine import Routine
from vistas.store import Search

MORNINGS = 30


def draw(room: Room, activity: Activity) -> None:
    st.subheader("Which path shall we walk?", anchor=False)
    st.markdown("One consistent picture is gathered from your tools; then everybody looks at it, stop by stop.")
    routines = {each.routine: each for each in process.workspace().routines()}
    planned = routines.get(activity.routine)
    with st.container(horizontal=True, gap="small", key="walk-paths"):
        for routine in [planned] if planned else routines.values():
            if st.button(
                f"{plain(routine.title)} · {words.count(len(routine.stops), 'stop')}",
                type="primary" if routine is planned else "secondary",
                icon=":material/arrow_forward:",
                icon_position="right",
                key=f"walk-path-{routine.routine}",
            ):
                attach(room, activity, _gather(routine))
    _there_already(room, activity)


def _there_already(room: Room, activity: Activity) -> None:
    found = process.workspace().store.library(Search(saved_only=False, limit=MORNINGS)).vistas
    titles = {str(each.id): f"{each.name} · {words.when(each.begun_at, now(), zone())}" for each in found}
    if not titles:
        return
    chosen = st.selectbox(
        "Or one that is there already",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="choose a morning",
        width=480,
        key=f"walk-earlier-{activity.id}",
    )
    if chosen:
        attach(room, activity, UUID(chosen))


def _gather(routine: Routine) -> UUID:
    workspace = process.workspace()
    window = workspace.window(now(), routine.window)
    return process.gatherings().start(workspace, routine, window=window, author=viewer.name(), now=now()).id
