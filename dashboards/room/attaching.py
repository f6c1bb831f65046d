"""What an activity of a room works on: attached once somebody has begun it, or chosen one that is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from dashboards.room.room import Room
from dashboards.state import now, zone
from dashboards.ui import words
from dashboards.ui.choosing import one_of
from vistas.practice import Notebook
from vistas.practice.session import Activity
from vistas.practice.session.entries import Attached

NEWEST = 20


def attach(room: Room, activity: Activity, about: UUID) -> None:
    room.write(Attached(activity=activity.id, about=about))
    st.rerun()


def choose_existing(room: Room, activity: Activity, notebook: Notebook[Any, Any]) -> None:
    """The newest of a notebook to choose from; nothing where it is empty."""
    there = (
        (head.id, f"{head.title} · {words.when(head.changed_at, now(), zone())}")
        for head in notebook.find(limit=NEWEST)
    )
    key = f"go-on-with-{activity.id}"
    chosen = one_of("Or continue an existing one", there, key=key, placeholder="choose one", width=420)
    if chosen:
        attach(room, activity, chosen)
