"""When the URL names no vista, or one that is not here: say so, and offer the way on."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboards import first_looks, process
from dashboards.places import Place
from dashboards.state import VISTA, id_in_url, parameter
from vistas.errors import VistaNotFound
from vistas.vista import Vista


def vista_in_url(what_for: str) -> Vista:
    """The vista that the URL names, as its viewer may see it now.

    Where there is none the page ends here with a way on.
    """
    vista_id = id_in_url()
    if vista_id is None:
        title = "That link is not whole." if parameter(VISTA) else "Which morning?"
        _end(title, f"There is no vista to {what_for} in this link.")
    try:
        return first_looks.shown(process.workspace().store.vista(vista_id))
    except VistaNotFound:
        elsewhere = "It may have been thrown away, or it lives in somebody else's store: ask for its .vista file."
        _end("This morning is not here.", elsewhere)


def _end(title: str, says: str) -> NoReturn:
    st.title(title, anchor=False)
    st.markdown(says)
    with st.container(horizontal=True, gap="medium"):
        st.page_link(Place.MORNING.value, label="Start a walk", icon=":material/wb_twilight:")
        st.page_link(Place.LIBRARY.value, label="Look through the library", icon=":material/arrow_forward:")
    st.stop()
