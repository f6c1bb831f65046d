"""Turning the room to something else and back: the old activity waits on a stack, and the turn is on record."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import words
from dashboards.kinds import KINDS
from dashboards.making_up import make_up
from dashboards.plain import plain
from dashboards.room import Room
from dashboards.state import now, place, session, zone
from vistas.practice.session import Activity, ActivityKind, Pivot
from vistas.practice.session_entries import Finished, Planned, Returned, SessionEntry, Turned
from vistas.vista import new_id


def turn(room: Room, activity: Activity, because: str = "") -> None:
    """Everybody turns to an activity; what the room was busy with waits, unless it was over."""
    current = room.session.current
    parks = current is not None and current not in room.session.finished
    _together()
    room.write(*_planned(room, activity), Turned(activity=activity.id, park=parks, because=because))


def go_on(room: Room, activity: Activity) -> None:
    """The next one, with the last one over."""
    over = [Finished(activity=room.session.current)] if room.session.current else []
    _together()
    room.write(*over, *_planned(room, activity), Turned(activity=activity.id))


def go_back(room: Room) -> None:
    """Back to what was parked last."""
    _together()
    room.write(Returned(to=room.session.parked[-1]))


def foot(room: Room, shown: Activity | None) -> None:
    """What the host can do next, and what waits."""
    if shown is None and not room.session.agenda and not room.hosting:
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="room-foot"
    ):
        _waiting(room)
        if room.hosting:
            with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
                _turn_box(room)
                _onwards(room)


def _waiting(room: Room) -> None:
    parked = [room.session.activity(each) for each in reversed(room.session.parked)]
    titles = [plain(each.title) for each in parked if each]
    if not titles:
        st.space("small")
        return
    st.markdown(f":gray[Parked: {' · '.join(titles)}]", width="content")


def _turn_box(room: Room) -> None:
    current = room.session.current
    key = f"turn-{current}-{len(room.session.pivots)}"
    with st.popover("Turn to something else", icon=":material/alt_route:", key=key):
        because = ""
        if current:
            because = st.text_input("Why? If you like", max_chars=400, key=f"because-{current}")
        kinds = (ActivityKind.TOPIC, *(kind for kind in ActivityKind if kind is not ActivityKind.TOPIC))
        made = make_up(f"pivot-{current}", "Turn the room", kinds)
        if made:
            turn(room, made, because)
            st.rerun()


def _onwards(room: Room) -> None:
    session_ = room.session
    if session_.parked:
        back = session_.activity(session_.parked[-1])
        if back:
            st.button(
                f"Return to {plain(back.title)}",
                type="primary",
                icon=":material/undo:",
                key="return",
                on_click=go_back,
                args=(room,),
            )
        return
    following = next_up(room)
    if session_.current and following:
        st.button(
            f"Next: {plain(following.title)}",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="go-on-with",
            on_click=go_on,
            args=(room, following),
        )


def next_up(room: Room) -> Activity | None:
    """The first after the current one that was neither done nor parked."""
    agenda = room.session.agenda
    places = [number for number, each in enumerate(agenda) if each.id == room.session.current]
    later = agenda[places[0] + 1 :] if places else agenda
    taken = room.session.finished | set(room.session.parked)
    return next((each for each in later if each.id not in taken), None)


def offer_pivot(room: Room, why: str, options: Sequence[Activity]) -> None:
    """A card for when something outside fails: what the room could turn to instead. The host turns it.

    `why` says what failed, in a line. An option is on the agenda already, or is put there when it is chosen.
    """
    with st.container(key="offer-pivot", gap="small"):
        st.markdown("**This does not answer. Something else meanwhile?**")
        st.text(why)
        with st.container(horizontal=True, gap="small", key="offer-options"):
            for number, activity in enumerate(options):
                st.button(
                    plain(activity.title),
                    icon=f":material/{KINDS[activity.kind].icon}:",
                    key=f"offer-{number}",
                    disabled=not room.hosting,
                    on_click=turn,
                    args=(room, activity, why[:400]),
                )
        if not room.hosting:
            st.markdown(f":small[:gray[{plain(room.session.host)} can turn the room.]]")


def timeline(room: Room) -> None:
    """The turns that the session took, as part of its record."""
    pivots = room.session.pivots
    if not pivots:
        return
    with st.expander(f"{words.count(len(pivots), 'turn')} so far", type="compact", icon=":material/route:"):
        for number, pivot in enumerate(pivots):
            with st.container(key=f"pivot-{number}", gap=None):
                st.text(told(room, pivot))


def told(room: Room, pivot: Pivot) -> str:
    """One turn in a line, such as `09:14 Ana turned from “Walk” to “A page came in”: pager. Back at 09:31.`"""
    left, towards = (room.session.activity(each) for each in (pivot.left, pivot.towards))
    names = [f"“{each.title}”" if each else "something taken off the agenda" for each in (left, towards)]
    because = f": {pivot.because}" if pivot.because else ""
    back = f" Back {words.when(pivot.back_at, now(), zone())}." if pivot.back_at else ""
    at = words.when(pivot.at, now(), zone())
    return f"{at} · {pivot.by} turned from {names[0]} to {names[1]}{because}.{back}"


def unplanned(title: str) -> Activity:
    """A topic nobody had planned."""
    return Activity(id=new_id(), kind=ActivityKind.TOPIC, title=title)


def _planned(room: Room, activity: Activity) -> list[SessionEntry]:
    return [] if room.session.activity(activity.id) else [Planned(activity=activity)]


def _together() -> None:
    session().following = True
    place(activity="")
