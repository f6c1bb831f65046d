"""Before a room: begin a session, or join one that is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

import streamlit as st

from dashboards import process, viewer, words
from dashboards.kinds import KINDS
from dashboards.places import Place, go
from dashboards.state import now, zone
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session_entries import HostTaken, Joined, Planned, SessionEntry
from vistas.store import Head
from vistas.vista import new_id

PLANNED_AHEAD: Final = tuple(kind for kind in ActivityKind if kind is not ActivityKind.TOPIC)
TODAY: Final = timedelta(hours=14)
"""How long after the last word a session counts as one of today, not one to resume."""


def draw() -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Practise together", anchor=False, width="content")
        viewer.change_name()
    st.markdown(
        ":gray[A session, not a meeting: come when you like, pass whenever you like. Nobody counts anything.]"
    )
    st.space("xsmall")
    grid = st.grid(2, min_column_width=380, gap=("medium", 56))
    with grid.cell():
        _to_join()
    with grid.cell():
        _to_begin()


def begin(title: str, kinds: list[ActivityKind]) -> UUID:
    """A session with its agenda, and oneself as its host."""
    agenda = [Activity(id=new_id(), kind=kind, title=KINDS[kind].name) for kind in kinds]
    entries: list[SessionEntry] = [Joined(), HostTaken(host=viewer.name())]
    entries += [Planned(activity=activity) for activity in agenda]
    return process.notebooks().sessions.begin(title, *entries, by=viewer.name(), at=now())


def _to_begin() -> None:
    with st.container(key="begin-session", gap="small"):
        st.subheader("Begin one", anchor=False)
        today = now().astimezone(zone())
        usual = f"{today:%A}'s practice"
        title = st.text_input("What shall it be called?", placeholder=usual, max_chars=120, key="session-title")
        kinds = st.pills(
            "What shall we do? In the order you choose; all of it can be changed later.",
            PLANNED_AHEAD,
            selection_mode="multi",
            format_func=lambda kind: KINDS[kind].name,
            key="session-kinds",
        )
        name = "" if viewer.is_known() else viewer.ask_name("session-who")
        ready = viewer.is_known() or bool(name)
        icon = ":material/arrow_forward:"
        if st.button("Begin", type="primary", icon=icon, disabled=not ready, key="session-begin"):
            go(Place.SESSION, room=str(begin(title.strip() or usual, list(kinds))))
        st.markdown(":small[:gray[Prepare it now and come back to it in a week: everything stays.]]")


def _to_join() -> None:
    sessions = process.notebooks().sessions
    with st.container(key="sessions", gap="small"):
        lively = process.presences().rooms()
        sought = st.text_input(
            "Find a session", placeholder="a word from it", key="find-session", label_visibility="collapsed"
        )
        heads = sessions.find(sought.strip(), limit=30)
        here = [head for head in heads if head.id in lively]
        if here:
            st.subheader("Going on now", anchor=False)
        for head in here:
            _door(head, "Join")
        st.subheader("Earlier and prepared", anchor=False)
        others = [head for head in heads if head.id not in lively]
        if not others:
            none = "Nothing is called that." if sought else "None yet. The first one is begun beside."
            st.markdown(f":gray[{none}]")
        for head in others:
            _door(head, "Go on" if now() - head.changed_at > TODAY else "Enter")


def _door(head: Head, into: str) -> None:
    state = process.notebooks().sessions.read(head.id)
    with (
        st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"door-{head.id}",
        ),
        st.container(gap=None, width="content"),
    ):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title)
        people = process.presences().of(head.id) or state.people
        some = ", ".join(people[:4]) + (" and others" if len(people) > 4 else "")  # noqa: PLR2004
        st.text(f"{words.when(head.changed_at, now(), zone())} · {some}")
    with st.container(key=f"into-{head.id}", width="content"):
        if st.button(into, type="tertiary", icon=":material/arrow_forward:", key=f"enter-{head.id}"):
            go(Place.SESSION, room=str(head.id))
