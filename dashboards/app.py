"""The frame around every page: its dress, the navigation, and who is looking."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import explaining, places, process, theme, viewer
from vistas.errors import VistasError

ICON = Path(__file__).parent.parent / "static" / "sun.png"


def run() -> None:
    """One run of the browser app's script."""
    st.set_page_config(page_title="Morning Vistas", page_icon=str(ICON), layout="wide")
    theme.dress()
    page = st.navigation(places.pages(), position="top")
    try:
        process.workspace()
        viewer.introduce()
        explaining.draw()
        page.run()
    except VistasError as problem:
        _stuck(problem)


def _stuck(problem: VistasError) -> None:
    """Wrong settings, a wrong routine file, a store that cannot be read: one plain line, never a stack trace."""
    st.title("The door is stuck.", anchor=False)
    st.text(str(problem))
    st.markdown("Mend it, then reload this page. `vistas check` says the same on the command line, and more.")
