"""The page for a URL that names no vista, or one that does not exist, with a way on."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboards.shared import process
from dashboards.state import VISTA, id_in_url, parameter
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.walk import first_look
from vistas.errors import VistaNotFound
from vistas.vista import Vista


def vista_in_url(what_for: str) -> Vista:
    """The vista that the URL names, as its viewer may see it now.

    Where there is none the page ends here with a way on.
    """
    vista_id = id_in_url()
    if vista_id is None:
        title = "That link is incomplete." if parameter(VISTA) else "Which morning?"
        _end(title, f"This link does not say which vista to {what_for}.")
    try:
        return first_look.shown(process.workspace().store.vista(vista_id))
    except VistaNotFound:
        elsewhere = "It may have been discarded, or it is in someone else's store: ask for its .vista file."
        _end("This morning could not be found.", elsewhere)


def _end(title: str, says: str) -> NoReturn:
    st.title(title, anchor=False)
    st.markdown(says)
    with st.container(horizontal=True, gap="medium"):
        links.draw(Place.MORNING, "Start a walk", ":material/wb_twilight:")
        links.draw(Place.LIBRARY, "Browse the library", ":material/arrow_forward:")
    st.stop()
