"""A decision table made in a session."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.practice.decisions import view
from dashboards.room import Room, attach, choose_existing
from dashboards.shared import process
from dashboards.writing import signed
from vistas.practice.session import Activity


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
    else:
        view.draw(activity.about)


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001
    return view.watched(activity.about) if activity.about else ()


def _begin(room: Room, activity: Activity) -> None:
    notebook = process.notebooks().decisions
    st.markdown(
        "Someone tells the story of one hard night; the others ask. What made a decision hard, which signs it "
        "rested on, and what easily goes wrong: each decision becomes a row."
    )
    if st.button("Start a table", type="primary", icon=":material/table_rows:", key=f"begin-{activity.id}"):
        attach(room, activity, notebook.begin(activity.title, **signed()))
    choose_existing(room, activity, notebook)
