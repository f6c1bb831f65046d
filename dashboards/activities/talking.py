"""An unplanned topic: it is talked about, and what is worth keeping is noted together."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import words
from dashboards.components.lines import Line, lines
from dashboards.plain import plain
from dashboards.room import Room
from dashboards.state import now, zone
from vistas.practice.session import Activity
from vistas.practice.session_words import Jotted
from vistas.vista import new_id


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - its lines are the session's own
    return ()


def draw(room: Room, activity: Activity) -> None:
    with st.container(key="talk", gap="small"):
        st.subheader(plain(activity.title), anchor=False)
        jotted = room.session.jotted.get(activity.id, ())
        if not jotted:
            st.markdown(":gray[Talk. What is worth keeping goes here, a line at a time, by whoever likes.]")
        here, today = zone(), now()
        written = (
            Line(str(line.id), line.text, f"{line.by}, {words.lately(line.at, today, here)}") for line in jotted
        )
        lines(written, label="What was noted", key=f"lines-{activity.id}")
        said = st.chat_input("A line worth keeping", key=f"jot-{activity.id}", max_chars=4000)
        if said and str(said).strip():
            room.write(Jotted(activity=activity.id, id=new_id(), text=str(said).strip()))
            st.rerun()
