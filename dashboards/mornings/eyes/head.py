"""Whose eyes a vista is seen through, and which morning of theirs."""

from __future__ import annotations

import streamlit as st

from dashboards.mornings.eyes.day import of_now
from dashboards.shared import process
from dashboards.state import VISTA, now, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.errors import VistaNotFound
from vistas.vista import Eyes, Vista


def draw(vista: Vista) -> None:
    """Nothing for a vista that follows nobody."""
    if vista.eyes is None:
        return
    day = of_now(vista, now(), zone())
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="eyes-head"):
        st.header(
            f":material/visibility: {day.alone}, through {plain(vista.eyes.walker)}'s eyes",
            anchor=False,
            width="content",
        )
        _their_morning(vista.eyes)


def _their_morning(eyes: Eyes) -> None:
    """A link where it is in this library."""
    said = f"following {plain(eyes.name)} · {words.when(eyes.begun_at, now(), zone())}"
    if _is_here(eyes):
        links.draw(Place.REPLAY, said, parameters={VISTA: eyes.vista})
    else:
        st.markdown(f":gray[{said}]", width="content")


def _is_here(eyes: Eyes) -> bool:
    try:
        process.workspace().store.begun(eyes.vista)
    except VistaNotFound:
        return False
    return True
