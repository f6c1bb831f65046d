"""The agenda of a room: what is planned, what is waiting, and making up something on the spot."""

from __future__ import annotations

import streamlit as st

from dashboards import pivoting
from dashboards.kinds import KINDS
from dashboards.making_up import make_up
from dashboards.plain import plain
from dashboards.room import Room
from dashboards.state import place
from vistas.practice.session import Activity, Session
from vistas.practice.session_entries import Planned


def rail(room: Room, shown: Activity | None) -> None:
    """One button an activity: opening one is for oneself, and moves nobody else."""
    with st.container(horizontal=True, key="agenda", gap="small", vertical_alignment="center"):
        for number, activity in enumerate(room.session.agenda, start=1):
            st.button(
                f"{number} {plain(activity.title)}",
                icon=f":material/{KINDS[activity.kind].icon}:",
                key=f"agenda-{standing(room.session, activity, shown)}-{number}",
                type="tertiary",
                on_click=_open,
                args=(room, activity),
            )
        with st.popover("Add", icon=":material/add:", type="tertiary", key=f"add-{len(room.session.agenda)}"):
            made = make_up("plan", "Put it on the agenda")
            if made:
                room.write(Planned(activity=made))
                st.rerun()


def standing(session: Session, activity: Activity, shown: Activity | None) -> str:
    """What the rail says about an activity by its looks."""
    if shown is not None and activity.id == shown.id:
        return "here" if activity.id == session.current else "looked-at"
    if activity.id == session.current:
        return "room"
    if activity.id in session.parked:
        return "parked"
    return "done" if activity.id in session.finished else "next"


def nothing_yet(room: Room) -> None:
    """The room before it is busy with anything."""
    first = next((each for each in room.session.agenda if each.id not in room.session.finished), None)
    st.subheader("Nothing has begun yet.", anchor=False)
    if not room.hosting:
        st.markdown("Look around if you like; the host begins when people are there.")
        return
    st.markdown("Begin when people are there. The agenda can be changed at any time.")
    if first:
        st.button(
            f"Begin with {plain(first.title)}",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="begin-first",
            on_click=pivoting.turn,
            args=(room, first),
        )


def _open(room: Room, activity: Activity) -> None:
    """For oneself; with what the room is busy with one is back among the others."""
    place(activity="" if activity.id == room.session.current else str(activity.id))
