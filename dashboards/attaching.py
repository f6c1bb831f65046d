"""What an activity of a room works on: attached once somebody has begun it, or chosen one that is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from dashboards import words
from dashboards.room import Room
from dashboards.state import now, zone
from vistas.practice import Notebook
from vistas.practice.session import Activity
from vistas.practice.session_entries import Attached

NEWEST = 20


def attach(room: Room, activity: Activity, about: UUID) -> None:
    room.write(Attached(activity=activity.id, about=about))
    st.rerun()


def go_on_with_another(room: Room, activity: Activity, notebook: Notebook[Any, Any]) -> None:
    """The newest of a notebook to choose from; nothing where it is empty."""
    there = {head.id: head for head in notebook.find(limit=NEWEST)}
    if not there:
        return
    chosen = st.selectbox(
        "Or go on with one that is there",
        list(there),
        index=None,
        format_func=lambda each: f"{there[each].title} · {words.when(there[each].changed_at, now(), zone())}",
        placeholder="choose one",
        width=420,
        key=f"go-on-with-{activity.id}",
    )
    if chosen:
        attach(room, activity, chosen)
