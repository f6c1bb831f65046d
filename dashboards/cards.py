"""A vista as a card: its picture, its name, who walked it, what they noticed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import words
from dashboards.components import vista_picture
from dashboards.places import Place, go
from vistas.notice import NoticeKind
from vistas.store import VistaSummary

Tone = Literal["yellow", "blue", "orange", "green"]
TONES: dict[NoticeKind, Tone] = {
    NoticeKind.NOTICED: "yellow",
    NoticeKind.WONDERING: "blue",
    NoticeKind.SURPRISED: "orange",
    NoticeKind.NORMAL: "green",
}
"""The badge colour of each kind of notice."""


def vista_card(vista: VistaSummary, *, now: datetime, zone: ZoneInfo, key: str) -> None:
    """A card that leads to the replay, or back into the walk while it is unsaved."""
    with st.container(border=True, key=f"card-{key}", height="stretch", gap="xsmall"):
        vista_picture(vista.ridges[:3], height=74, label="", key=f"picture-{key}")
        with st.container(key=f"name-{key}"):
            st.text(vista.name, width="stretch")
        st.space("stretch")
        notices = sum(vista.notices.values())
        st.text(", ".join(vista.people) or vista.author)
        recording = " · recording" if vista.origin == "recording" else ""
        st.markdown(
            f":small[:gray[{words.when(vista.begun_at, now, zone)} · {words.count(notices, 'notice')}{recording}]]"
        )
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if vista.notices:
                kind = max(vista.notices, key=lambda each: vista.notices[each])
                st.badge(kind.value, color=TONES[kind])
            if vista.saved_at is None:
                if st.button("Go on", icon=":material/footprint:", type="tertiary", key=f"open-{key}"):
                    go(Place.WALK, vista.id)
            elif st.button("Replay", icon=":material/play_arrow:", type="tertiary", key=f"open-{key}"):
                go(Place.REPLAY, vista.id)
