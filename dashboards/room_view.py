"""The page of a room: who is here, what is planned, and what the room is busy with, drawn by its own module."""

from __future__ import annotations

from typing import Final, NoReturn
from uuid import UUID

import streamlit as st

from dashboards import agenda, hosting, live, pivoting, process, viewer
from dashboards.activities import drawing
from dashboards.places import Place
from dashboards.plain import plain
from dashboards.presences import this_browser
from dashboards.room import Room
from dashboards.state import ACTIVITY, ROOM, id_in_url, place, session
from vistas.errors import JournalNotFound
from vistas.practice.session import Activity
from vistas.practice.session_entries import Joined

NO_ROOM: Final = UUID(int=0)


def draw() -> None:
    room = _room_in_url()
    _step_in(room)
    shown = _shown(room)
    watched = drawing(shown.kind).watched(room, shown) if shown else ()
    live.watch("room", (room.id, *watched), drawn={room.id: room.revision}, outdated=lambda: _others(room))
    _head(room)
    agenda.rail(room, shown)
    hosting.offer_to_pick_up(room)
    _away(room, shown)
    with st.container(key=f"activity-{shown.id if shown else 'none'}"):
        if shown is None:
            agenda.nothing_yet(room)
        else:
            drawing(shown.kind).draw(room, shown)
    st.space("small")
    pivoting.foot(room)
    pivoting.timeline(room)


def _room_in_url() -> Room:
    room = id_in_url(ROOM) or NO_ROOM
    if viewer.is_known():
        process.presences().here(room, viewer.name(), this_browser())
    try:
        return Room.enter(room)
    except JournalNotFound:
        _no_such_room()


def _no_such_room() -> NoReturn:
    st.title("There is no such session.", anchor=False)
    st.markdown("The link may have lost a few letters on its way.")
    st.page_link(Place.SESSION.value, label="All sessions", icon=":material/groups:")
    st.stop()


def _others(room: Room) -> bool:
    """Whether somebody came or went since the room was drawn; that it is asked is a sign of life of one's own."""
    process.presences().here(room.id, room.me, this_browser())
    return process.presences().of(room.id) != room.present


def _step_in(room: Room) -> None:
    """Into the room, once a name is known; the first time, that is kept."""
    if not viewer.is_known():
        st.title(plain(room.title), anchor=False)
        st.markdown("You are welcome here. Nothing is expected of you; teammates only like to know who came.")
        said = viewer.ask_name("join-who")
        if st.button("Come in", type="primary", key="come-in") or said:
            st.rerun()
        st.stop()
    me = session()
    if me.room != room.id:
        me.room, me.following = room.id, True
    if room.me not in room.session.people:
        room.write(Joined())
        st.rerun()


def _shown(room: Room) -> Activity | None:
    """What the URL names, for one who wanders; else what the room is busy with."""
    named = room.session.activity(id_in_url(ACTIVITY))
    if named is None or named.id == room.session.current:
        place(activity="")
        return room.session.busy_with
    room.wander()
    return named


def _head(room: Room) -> None:
    with st.container(key="room-head", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.title(plain(room.title), anchor=False, width="content")
            with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
                hosting.invitation(room)
                viewer.change_name()
        hosting.presence(room)


def _away(room: Room, shown: Activity | None) -> None:
    """One click back to the others, for whoever looks elsewhere."""
    current = room.session.busy_with
    elsewhere = shown is not None and shown.id != room.session.current
    if not elsewhere and (room.hosting or session().following):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="away"):
        where = f"The room is with **{plain(current.title)}**." if current else "The room has not begun."
        st.markdown(f"You are looking around by yourself. {where}", width="content")
        back = "Back to the room" if room.hosting else "Come back to the host"
        if st.button(back, icon=":material/undo:", key="come-back"):
            session().following = True
            place(activity="")
            st.rerun()
        if elsewhere and shown and room.hosting:
            st.button(
                "Turn everybody here",
                type="primary",
                icon=":material/groups:",
                key="turn-here",
                on_click=pivoting.turn,
                args=(room, shown),
            )
