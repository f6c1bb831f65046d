"""The agenda of a room: what is planned, what is waiting, and making up something on the spot."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboards.room import pivoting
from dashboards.room.improvising import activity_form
from dashboards.room.kinds import KINDS, PLANNED_AHEAD
from dashboards.room.room import Room
from dashboards.state import place
from dashboards.ui.plain import plain
from vistas.practice.session import Activity, Session
from vistas.practice.session.entries import Planned, Unplanned

MARKS: Final = {"done": "check", "parked": "pause"}
"""Icons that say how an activity stands, in place of that of its kind."""


def rail(room: Room, shown: Activity | None) -> None:
    """One button an activity: opening one is for oneself, and moves nobody else."""
    with st.container(horizontal=True, key="agenda", gap="small", vertical_alignment="center"):
        for number, activity in enumerate(room.session.agenda, start=1):
            stands = standing(room.session, activity, shown)
            st.button(
                plain(activity.title),
                icon=f":material/{MARKS.get(stands, KINDS[activity.kind].icon)}:",
                key=f"agenda-{stands}-{number}",
                type="tertiary",
                wrap=False,
                on_click=_open,
                args=(room, activity),
            )
        with st.container(horizontal=True, width="content", gap="small", wrap=False, key="on-agenda"):
            door = f"add-{len(room.session.agenda)}"
            box = st.popover("Add", icon=":material/add:", type="tertiary", key=door, on_change="rerun")
            with box:
                made = activity_form("plan", "Add to the agenda", PLANNED_AHEAD) if box.open else None
                if made:
                    room.write(Planned(activity=made))
                    st.rerun()
            if room.hosting and room.session.agenda:
                _arrange(room)


def _arrange(room: Room) -> None:
    """Another order, or off the agenda; nothing that was written in an activity is lost by it."""
    agenda = room.session.agenda
    with st.popover("Arrange", icon=":material/swap_vert:", type="tertiary", key="arrange-agenda"):
        for number, activity in enumerate(agenda):
            with st.container(horizontal=True, vertical_alignment="center", key=f"arrange-{activity.id}"):
                st.text(activity.title, width="stretch")
                st.button(
                    "Move up",
                    icon=":material/arrow_upward:",
                    type="tertiary",
                    disabled=number == 0,
                    key=f"earlier-{activity.id}",
                    on_click=room.write,
                    args=(Planned(activity=activity, before=agenda[number - 1].id),),
                )
                st.button(
                    "Remove",
                    icon=":material/remove:",
                    type="tertiary",
                    disabled=activity.id == room.session.current,
                    key=f"take-off-{activity.id}",
                    on_click=room.write,
                    args=(Unplanned(activity=activity.id),),
                )


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
    st.header("Nothing has started yet.", anchor=False)
    if not room.hosting:
        st.markdown("Look around if you like; the host will start when people are here.")
        return
    st.markdown("Start when people are here. You can change the agenda at any time.")
    if first is None:
        st.markdown("*Add* puts something on it for later; *Switch to something else* starts it now.")
    else:
        st.button(
            f"Start with {plain(first.title)}",
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
