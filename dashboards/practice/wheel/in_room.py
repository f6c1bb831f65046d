"""The Wheel of Expertise in a room."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.practice.wheel import view
from dashboards.room import Room, attach, choose_existing
from dashboards.shared import process
from dashboards.state import ACTIVITY, ROOM
from vistas.practice.session import Activity


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about,) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
    else:
        view.draw(activity.about, back={ROOM: str(room.id), ACTIVITY: str(activity.id)})


def _begin(room: Room, activity: Activity) -> None:
    st.header("Who? What? Where?", anchor=False)
    st.markdown(
        "The wheel picks a part of your landscape, or one of your questions. Anyone who likes shows how they "
        "would find out, or says who they would ask. The answers become a map of who knows what."
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if st.button("Start a wheel from the landscape", type="primary", key="wheel-begin"):
            attach(room, activity, view.begin(f"{room.title}: {activity.title}"))
        choose_existing(room, activity, process.notebooks().wheels)
