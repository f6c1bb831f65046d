"""Before a room: begin a session, or join one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import streamlit as st

from dashboards import live, samples, viewer
from dashboards.room.kinds import KINDS, PLANNED_AHEAD
from dashboards.shared import news, process
from dashboards.state import now, zone
from dashboards.ui import empty, words
from dashboards.ui.places import Place, go
from dashboards.writing import signed
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Joined, Planned, SessionEntry
from vistas.store import Head
from vistas.vista import new_id

SHOWN: Final = 40
NAMED: Final = 4


def draw() -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Practise together", anchor=False, width="content")
        viewer.change_name()
    st.markdown(":gray[A session, not a meeting: come when you like, pass whenever you like. Nobody keeps score.]")
    st.space("xsmall")
    grid = st.grid(2, min_column_width=380, gap=("medium", 56))
    with grid.cell():
        _to_join()
    with grid.cell():
        _to_begin()
    samples.draw(mornings=False)


def begin(title: str, kinds: Sequence[ActivityKind]) -> UUID:
    """A session with its agenda, and oneself as its host."""
    agenda = [Activity(id=new_id(), kind=kind, title=KINDS[kind].name) for kind in kinds]
    entries: list[SessionEntry] = [Joined(), HostTaken(host=viewer.name())]
    entries += [Planned(activity=activity) for activity in agenda]
    return process.notebooks().sessions.begin(title, *entries, **signed())


def _to_begin() -> None:
    with st.container(key="begin-session", gap="small"):
        st.header("Start a session", anchor=False)
        today = now().astimezone(zone())
        usual = f"{today:%A}'s practice"
        title = st.text_input(
            "What would you like to call it?", placeholder=usual, max_chars=120, key="session-title"
        )
        kinds = st.pills(
            "What shall we do? In the order you pick; everything can be changed later.",
            PLANNED_AHEAD,
            selection_mode="multi",
            format_func=lambda kind: KINDS[kind].name,
            key="session-kinds",
        )
        name = "" if viewer.is_known() else viewer.ask_name("session-who")
        ready = viewer.is_known() or bool(name)
        icon = ":material/arrow_forward:"
        if st.button("Start", type="primary", icon=icon, disabled=not ready, key="session-begin"):
            go(Place.SESSION, room=str(begin(title.strip() or usual, kinds)))
        st.markdown(":small[:gray[You can prepare it now and come back in a week: everything is kept.]]")


def _to_join() -> None:
    sessions = process.notebooks().sessions
    with st.container(key="sessions", gap="small"):
        live.watch({live.PAGE: lambda: (news.ROOMS,)})
        lively = process.presences().rooms()
        heads = sessions.find(limit=SHOWN)
        here = [head for head in heads if head.id in lively]
        if here:
            st.header("Happening now", anchor=False)
        for head in here:
            _door(head, "Join")
        st.header("Earlier and planned", anchor=False)
        if len(heads) > len(here):
            sought = st.text_input(
                "Find a session",
                placeholder="Search by word or person",
                key="find-session",
                label_visibility="collapsed",
            ).strip()
            found = sessions.find(sought, limit=SHOWN) if sought else heads
            others = [head for head in found if head.id not in lively]
        else:
            others = []
        for head in others:
            _door(head, "Continue")
        if not others and len(heads) > len(here):
            st.markdown(":gray[No sessions match.]")
        elif not heads:
            empty.draw(
                empty.Picture.SESSIONS,
                "In a session you look at one morning together, and write down what each of you knows about it.",
                "None has been held yet.",
            )
        elif not others:
            st.markdown(":gray[None yet.]")


def _door(head: Head, into: str) -> None:
    present = process.presences().of(head.id)
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"door-{'lively' if present else 'quiet'}-{head.id}",
    ):
        with st.container(gap=None):
            with st.container(key=f"name-{head.id}"):
                st.text(head.title)
            with st.container(key=f"of-{head.id}"):
                told = (samples.mark(head.id), words.when(head.changed_at, now(), zone()))
                st.text(" · ".join(filter(None, (*told, _some(present or _all(head))))))
        if st.button(
            into, type="tertiary", icon=":material/arrow_forward:", icon_position="right", key=f"enter-{head.id}"
        ):
            go(Place.SESSION, room=str(head.id))


def _all(head: Head) -> tuple[str, ...]:
    return process.notebooks().sessions.read(head.id).people


def _some(people: Sequence[str]) -> str:
    """Names, as many as fit a line."""
    others = len(people) - NAMED
    return ", ".join(people[:NAMED]) + (f" and {words.count(others, 'other')}" if others > 0 else "")


def to_join() -> None:
    """On other pages: a line for each session that is going on just now."""
    lively = process.presences().rooms()
    if not lively:
        return
    for head in process.notebooks().sessions.find(limit=SHOWN):
        if head.id not in lively:
            continue
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"session-to-join-{head.id}"
        ):
            st.text(
                f"{head.title} is in progress, with {_some(process.presences().of(head.id))}.", width="content"
            )
            if st.button("Join", type="tertiary", icon=":material/groups:", key=f"join-{head.id}"):
                go(Place.SESSION, room=str(head.id))
