"""A decision table made in a session."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import decisions_view, process, words
from dashboards.room import Room
from dashboards.state import now, zone
from vistas.practice.session import Activity
from vistas.practice.session_entries import Attached


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
    else:
        decisions_view.draw(activity.about)


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001
    return decisions_view.watched(activity.about) if activity.about else ()


def _begin(room: Room, activity: Activity) -> None:
    notebook = process.notebooks().decisions
    st.markdown(
        "Somebody tells of one hard night, the others ask. What made a decision hard, by which signs it was made "
        "and what goes wrong easily: each decision becomes a row."
    )
    if st.button("Begin a table", type="primary", icon=":material/table_rows:", key=f"begin-{activity.id}"):
        journal = notebook.begin(activity.title, by=room.me, at=now())
        room.write(Attached(activity=activity.id, about=journal))
        st.rerun()
    earlier = {head.id: head for head in notebook.find()}
    if not earlier:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            "Or go on with one that is there",
            list(earlier),
            index=None,
            placeholder="Choose a table",
            format_func=lambda each: (
                f"{earlier[each].title} · {words.when(earlier[each].changed_at, now(), zone())}"
            ),
            width=420,
            key=f"earlier-{activity.id}",
        )
        if st.button("Take it up", disabled=chosen is None, key=f"take-up-{activity.id}") and chosen:
            room.write(Attached(activity=activity.id, about=chosen))
            st.rerun()
