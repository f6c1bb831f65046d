"""The dependency matrix in a room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards.practice.matrix import view
from dashboards.room import Room, attach, choose_existing
from dashboards.shared import process
from dashboards.writing import signed
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import Planned
from vistas.vista import new_id

_LONGEST = 200


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about,) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
    else:
        view.draw(activity.about, on_ask=partial(_ask, room))


def _ask(room: Room, question: str) -> None:
    """Onto the agenda, once."""
    title = question if len(question) <= _LONGEST else f"{question[: _LONGEST - 1]}…"
    if all(each.title != title for each in room.session.agenda):
        room.write(Planned(activity=Activity(id=new_id(), kind=ActivityKind.QUESTION, title=title)))
    st.toast("Added to the agenda.", icon=":material/forum:")


def _begin(room: Room, activity: Activity) -> None:
    st.markdown(
        "What needs what, and how badly? Everyone marks what they believe, blind if you like; then look at where "
        "you differ, from each other and from what is observed."
    )
    matrices = process.notebooks().matrices
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if st.button("Start a matrix", type="primary", icon=":material/grid_on:", key="matrix-begin"):
            attach(room, activity, matrices.begin(activity.title, **signed()))
        choose_existing(room, activity, matrices)
