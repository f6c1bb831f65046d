"""A vista as a card: its picture, its name, who walked it, what they noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import samples
from dashboards.components import vista_picture
from dashboards.library import as_they_did
from dashboards.ui import words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from vistas.store import VistaSummary
from vistas.vista.notice import NoticeKind

Tone = Literal["yellow", "blue", "orange", "green"]
TONES: dict[NoticeKind, Tone] = {
    NoticeKind.NOTICED: "yellow",
    NoticeKind.WONDERING: "blue",
    NoticeKind.SURPRISED: "orange",
    NoticeKind.NORMAL: "green",
}
"""The badge colour of each kind of notice."""


def vista_card(
    vista: VistaSummary,
    *,
    now: datetime,
    zone: ZoneInfo,
    key: str,
    also: Callable[[], None] = lambda: None,
    walked_with: str = "",
) -> None:
    """A card that leads to the replay, or back into the walk while it is unsaved; `also` draws at its foot.

    `walked_with` names the version of its routine, where that is not the newest.
    """
    with st.container(border=True, key=f"card-{key}", height="stretch", gap="xsmall"):
        vista_picture(vista.ridges[:3], height=74, label="", key=f"picture-{key}")
        with st.container(key=f"name-{key}"):
            st.text(vista.name, width="stretch")
        st.space("stretch")
        notices = sum(vista.notices.values())
        st.text(", ".join(vista.people) or vista.author)
        told = [words.when(vista.begun_at, now, zone), words.count(notices, "notice")]
        told += [walked_with] if walked_with else []
        told += [samples.mark(vista.id) or "recording"] if vista.origin == "recording" else []
        told += [f"through {plain(vista.seen_through)}'s eyes"] if vista.seen_through else []
        st.markdown(f":small[:gray[{' · '.join(told)}]]")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if vista.notices:
                kind = max(vista.notices, key=lambda each: vista.notices[each])
                st.badge(kind.value, color=TONES[kind])
            if vista.saved_at is None:
                if st.button("Continue", icon=":material/footprint:", type="tertiary", key=f"open-{key}"):
                    go(Place.WALK, vista.id)
            elif st.button("Replay", icon=":material/play_arrow:", type="tertiary", key=f"open-{key}"):
                go(Place.REPLAY, vista.id)
        if vista.saved_at is not None:
            _as_they_did(vista, key)
        also()


def _as_they_did(vista: VistaSummary, key: str) -> None:
    """Its author's walk where they walked, else that of whoever went furthest."""
    if st.button("Walk today as they did", icon=as_they_did.ICON, type="tertiary", key=f"as-they-did-{key}"):
        as_they_did.begin(vista.id)
