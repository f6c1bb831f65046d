"""The page on which a routine is recorded. From top to bottom: look, see, keep; beside it the stops so far."""

from __future__ import annotations

import streamlit as st

from dashboards.drafts import aside, asking, continuing, keeping, kinds, saving, showing
from dashboards.drafts.desk import Desk, opened
from dashboards.state import zone
from dashboards.ui import empty, links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain


def draw() -> None:
    desk = opened()
    _bar(desk)
    saving.told(desk)
    if not kinds.live_sources():
        _nothing_to_ask()
        return
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        _look(desk)
    with grid.cell():
        aside.draw(desk)


def _bar(desk: Desk) -> None:
    draft = desk.draft
    with st.container(
        key="record-bar", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            called = f" :gray[· {plain(draft.title)}]" if draft.title else ""
            st.markdown(f"**Recording a routine**{called}", width="content")
            if draft.changed_at and desk.journal:
                st.markdown(
                    f":small[:gray[kept as you go, last at {words.clock(draft.changed_at, zone())}]]",
                    width="content",
                )
        if draft.stops:
            with st.container(horizontal=True, gap="small", width="content"):
                saving.draw(desk)


def _look(desk: Desk) -> None:
    with st.container(key="record-title"):
        st.title("Look at whatever you would look at.", anchor=False)
    asking.draw(desk)
    asking.trouble()
    tried = desk.draft.looking_at
    if tried:
        st.space("xsmall")
        showing.draw(desk, tried)
        keeping.draw(desk, tried)
    elif desk.draft.is_empty:
        continuing.draw(desk.journal)


def _nothing_to_ask() -> None:
    st.title("There is nothing here to look at yet.", anchor=False)
    empty.draw(
        empty.Picture.DRAFTS,
        "What you look at anyway becomes a routine that others can walk, one stop after the other.",
        "It is recorded by looking at your own tools, and none is connected: recordings can only show again what "
        "was asked when they were made.",
    )
    links.draw(Place.SOURCES, "Connect a tool", ":material/arrow_forward:", icon_position="right")
    continuing.draw()
