"""A decision table made in a session."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import decisions_view, process
from dashboards.attaching import attach, go_on_with_another
from dashboards.room import Room
from dashboards.state import now
from vistas.practice.session import Activity


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
        attach(room, activity, notebook.begin(activity.title, by=room.me, at=now()))
    go_on_with_another(room, activity, notebook)
