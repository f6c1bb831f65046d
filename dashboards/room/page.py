"""The page of a room: who is here, what is planned, and what the room is busy with, drawn by its own module."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NoReturn
from uuid import UUID

import streamlit as st

from dashboards import live, samples, viewer
from dashboards.room import agenda, people, pivoting
from dashboards.room.activities import drawing
from dashboards.room.room import Room
from dashboards.shared import news, process
from dashboards.shared.presences import this_browser
from dashboards.state import ACTIVITY, ROOM, id_in_url, place, session
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.errors import JournalNotFound
from vistas.practice.session import Activity
from vistas.practice.session.entries import Joined

NO_ROOM: Final = UUID(int=0)


def draw() -> None:
    room = _room_in_url()
    _step_in(room)
    _watch(room)
    room = room.again()
    shown = _shown(room)
    _head(room)
    agenda.rail(room, shown)
    live.part("host-away", lambda: people.offer_to_pick_up(room.again()))
    _away(room, shown)
    activity = shown.id if shown else None
    with st.container(key=f"activity-{activity or 'none'}"):
        live.part("activity", lambda: _draw_activity(room.again(), activity))
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
    st.markdown("The link may be incomplete.")
    links.draw(Place.SESSION, "All sessions", ":material/groups:")
    st.stop()


def _watch(room: Room) -> None:
    live.watch(
        {
            live.PAGE: lambda: (news.frame(room.id),),
            "people": lambda: (news.people(room.id),),
            "host-away": lambda: (news.people(room.id),),
            "activity": lambda: _changing(room.again()),
        },
        alive=lambda: process.presences().here(room.id, viewer.name(), this_browser()),
    )


def _changing(room: Room) -> Iterable[object]:
    """What the activity is drawn of."""
    shown = _shown(room)
    return (news.inside(room.id), *(drawing(shown.kind).watched(room, shown) if shown else ()))


def _draw_activity(room: Room, shown: UUID | None) -> None:
    activity = room.session.activity(shown)
    if activity is None:
        agenda.nothing_yet(room)
    else:
        drawing(activity.kind).draw(room, activity)


def _step_in(room: Room) -> None:
    """Into the room, once a name is known; the first time, that is kept."""
    if not viewer.is_known():
        st.title(plain(room.title), anchor=False)
        st.markdown("Welcome. Nothing is expected of you; teammates just like to know who is here.")
        said = viewer.ask_name("join-who")
        if st.button("Join", type="primary", key="come-in") or said:
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
                samples.draw_badge(room.id)
                people.invitation(room)
                viewer.change_name()
        live.part("people", lambda: people.presence(room.again()))


def _away(room: Room, shown: Activity | None) -> None:
    """One click back to the others, for whoever looks elsewhere."""
    current = room.session.busy_with
    elsewhere = shown is not None and shown.id != room.session.current
    if not elsewhere and (room.hosting or session().following):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="away"):
        where = f"The room is on **{plain(current.title)}**." if current else "The room has not started yet."
        st.markdown(f"You are looking around on your own. {where}", width="content")
        back = "Back to the room" if room.hosting else "Back to the host"
        if st.button(back, icon=":material/undo:", key="come-back"):
            session().following = True
            place(activity="")
            st.rerun()
        if elsewhere and shown and room.hosting:
            st.button(
                "Bring everyone here",
                type="primary",
                icon=":material/groups:",
                key="turn-here",
                on_click=pivoting.turn,
                args=(room, shown),
            )
