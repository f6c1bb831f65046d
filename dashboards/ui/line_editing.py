"""Editing or removing one's own line."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards.ui import doubts
from vistas.practice.noted_lines import NotedLine


def draw(line: NotedLine, asks: str, write: Callable[[str], None]) -> None:
    """A door behind which it is said in other words; `write` is given them, and empty ones to remove the line."""
    with st.popover("Edit or remove", icon=":material/edit:", type="tertiary", key=f"own-{line.id}"):
        text = st.text_area(asks, line.text, key=f"say-better-{line.id}-{line.text}", max_chars=4000)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if st.button("Save", type="primary", key=f"keep-{line.id}") and text.strip():
                doubts.asking(text.strip(), write)
                st.rerun()
            if st.button("Remove", type="tertiary", icon=":material/delete:", key=f"remove-{line.id}"):
                write("")
                st.rerun()
