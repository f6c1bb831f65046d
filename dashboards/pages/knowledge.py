"""Knowledge: what sessions brought forth and what the team can say about its landscape."""

from __future__ import annotations

import streamlit as st

from dashboards import samples
from dashboards.knowledge import SECTIONS, section
from dashboards.state import SECTION


def show() -> None:
    st.title("What we know", anchor=False)
    chosen = st.pills(
        "What",
        list(SECTIONS),
        default=next(iter(SECTIONS), None),
        required=True,
        label_visibility="collapsed",
        bind="query-params",
        key=SECTION,
    )
    if chosen:
        section(chosen).draw()
    samples.draw(mornings=False)


show()
