"""A page that looks by itself, every so often, whether it is to be drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def draw_anew_once(due: Callable[[], bool], *, every: float) -> None:
    """Ask `due` each `every` seconds, and draw the page anew where it says so.

    Never within the page's own run: what comes further down in it would not hear of the click that it came with.
    """
    with_page = True

    @st.fragment(run_every=every)
    def tick() -> None:
        if not with_page and due():
            st.rerun()

    tick()
    with_page = False
