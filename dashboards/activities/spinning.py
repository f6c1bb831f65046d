"""The Wheel of Expertise in a room."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import process, wheel_view
from dashboards.attaching import attach, go_on_with_another
from dashboards.room import Room
from dashboards.state import ACTIVITY, ROOM
from vistas.practice.session import Activity


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about,) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
    else:
        wheel_view.draw(activity.about, back={ROOM: str(room.id), ACTIVITY: str(activity.id)})


def _begin(room: Room, activity: Activity) -> None:
    st.subheader("Who? What? Where?", anchor=False)
    st.markdown(
        "The wheel chooses a part of your landscape, or a question of yours. Whoever likes shows how they would "
        "find out, or says whom they would ask. What is answered becomes a map of who knows what."
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if st.button("Fill a new wheel from the landscape", type="primary", key="wheel-begin"):
            attach(room, activity, wheel_view.begin(f"{room.title}: {activity.title}"))
        go_on_with_another(room, activity, process.notebooks().wheels)
