"""Turning the room to something else and back: the old activity waits on a stack, and the turn is on record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid5

import streamlit as st

from dashboards.room.improvising import activity_form
from dashboards.room.kinds import KINDS
from dashboards.room.room import Room
from dashboards.state import now, place, session, zone
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.practice.session import Activity, ActivityKind, Pivot, Session
from vistas.practice.session.entries import Finished, Planned, Returned, SessionEntry, Turned
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
    """Back to what was parked last, with what came between over."""
    over = [Finished(activity=room.session.current)] if room.session.current else []
    _together()
    room.write(*over, Returned(to=room.session.parked[-1]))


def foot(room: Room) -> None:
    """What the host can do next, and what waits."""
    if not room.hosting and not room.session.parked:
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
    with st.popover("Switch to something else", icon=":material/alt_route:", key=key):
        because = ""
        if current:
            because = st.text_input("Why? (optional)", max_chars=400, key=f"because-{current}")
        kinds = (ActivityKind.TOPIC, *(kind for kind in ActivityKind if kind is not ActivityKind.TOPIC))
        made = activity_form(f"pivot-{current}", "Switch", kinds)
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
    walks = session_.busy_with is not None and session_.busy_with.kind is ActivityKind.WALK
    if session_.current and following:
        # A walk has its own next stop, which is the one step to take there.
        st.button(
            f"Next: {plain(following.title)}",
            type="secondary" if walks else "primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="go-on-with",
            on_click=go_on,
            args=(room, following),
        )


def next_up(room: Room) -> Activity | None:
    """The next on the agenda that is not over, round from the current one; at the end of all, a wrap-up."""
    session_ = room.session
    agenda = session_.agenda
    here = next((number for number, each in enumerate(agenda) if each.id == session_.current), -1)
    over = {*session_.finished, *session_.parked, session_.current}
    open_ones = (each for each in (*agenda[here + 1 :], *agenda[: here + 1]) if each.id not in over)
    if any(each.kind is ActivityKind.WRAP_UP for each in agenda):
        return next(open_ones, None)
    return next(open_ones, Activity(id=uuid5(room.id, "wrap-up"), kind=ActivityKind.WRAP_UP, title="Wrap-up"))


def offer_pivot(room: Room, why: str, options: Sequence[Activity]) -> None:
    """A card for when something outside fails: what the room could turn to instead. The host turns it.

    `why` says what failed, in a line. An option is on the agenda already, or is put there when it is chosen.
    """
    with st.container(key="offer-pivot", gap="small"):
        st.markdown("**This is not responding. Do something else in the meantime?**")
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
            st.markdown(f":small[:gray[{plain(room.session.host)}, as host, can switch to one of these.]]")


def timeline(room: Room) -> None:
    """The turns that the session took, as part of its record."""
    pivots = room.session.pivots
    if not pivots:
        return
    with (
        st.expander(
            f"{words.count(len(pivots), 'change')} of direction",
            type="compact",
            icon=":material/route:",
            key="turns",
        ),
        st.container(key="timeline"),
    ):
        for number, pivot in enumerate(pivots):
            with st.container(key=f"pivot-{number}", gap=None):
                st.text(pivot_line(room.session, pivot))
                if pivot.because:
                    with st.container(key=f"pivot-why-{number}"):
                        st.text(pivot.because)
                with st.container(key=f"pivot-at-{number}"):
                    st.text(_times(pivot))


def pivot_line(session_: Session, pivot: Pivot) -> str:
    """One turn in a line: `Ana switched from “Walk” to “The pager went”`."""
    left, towards = (session_.activity(each) for each in (pivot.left, pivot.towards))
    names = [f"“{each.title}”" if each else "something no longer on the agenda" for each in (left, towards)]
    return f"{pivot.by} switched from {names[0]} to {names[1]}"


def _times(pivot: Pivot) -> str:
    back = f", back at {words.recent_time(pivot.back_at, now(), zone())}" if pivot.back_at else ""
    return f"{words.recent_time(pivot.at, now(), zone())}{back}"


def unplanned(title: str) -> Activity:
    """A topic nobody had planned."""
    return Activity(id=new_id(), kind=ActivityKind.TOPIC, title=title)


def _planned(room: Room, activity: Activity) -> list[SessionEntry]:
    return [] if room.session.activity(activity.id) else [Planned(activity=activity)]


def _together() -> None:
    session().following = True
    place(activity="")
