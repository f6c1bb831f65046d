"""An unplanned topic: it is talked about, and what is worth keeping is noted together."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.components import keep_draft
from dashboards.components.lines import lines
from dashboards.room import topic_lines
from dashboards.room.room import Room
from dashboards.state import now, zone
from dashboards.ui import doubts
from dashboards.ui.plain import plain
from vistas.practice.session import Activity
from vistas.practice.session.words import Jotted
from vistas.vista import new_id


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - its lines are the session's own
    return ()


def draw(room: Room, activity: Activity) -> None:
    with st.container(key="talk", gap="small"):
        st.header(plain(activity.title), anchor=False)
        jotted = room.session.jotted.get(activity.id, ())
        if not jotted:
            st.markdown(":gray[Talk. What is worth keeping goes here, a line at a time; anyone can add one.]")
        lines(
            topic_lines.shown(jotted, now(), zone()),
            label="What we noted",
            key=f"lines-{activity.id}",
            revision=room.revision,
            pushed_from={"room": str(room.id), "activity": str(activity.id), "zone": str(zone())},
            on_silence=lambda: None,
        )
        said = st.chat_input("A line worth keeping", key=(box := f"jot-{activity.id}"), max_chars=4000)
        keep_draft(box)
        if said and str(said).strip():
            doubts.asking(
                str(said).strip(), lambda text: room.write(Jotted(activity=activity.id, id=new_id(), text=text))
            )
            st.rerun()
