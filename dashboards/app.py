"""The frame around every page: its dress, the navigation, and who is looking."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import viewer
from dashboards.glossary import on_every_page
from dashboards.shared import process
from dashboards.ui import doubts, places, theme
from dashboards.ui.plain import error_text
from vistas.errors import VistasError

ICON = Path(__file__).parent.parent / "static" / "sun.png"


def run() -> None:
    """One run of the browser app's script."""
    st.set_page_config(page_title="Morning Vistas", page_icon=str(ICON), layout="wide")
    theme.dress()
    page = st.navigation(places.pages(), position="top")
    try:
        process.workspace()
        viewer.introduce(page.url_path)
        on_every_page.draw()
        asked = doubts.ask() or viewer.ask_who()
        page.run()
        if not asked:
            _ = doubts.ask() or viewer.ask_who()
    except VistasError as problem:
        _stuck(problem)


def _stuck(problem: VistasError) -> None:
    """Wrong settings, a wrong routine file, a store that cannot be read: one plain line, never a stack trace."""
    st.title("This page cannot be shown.", anchor=False)
    st.text(error_text(problem))
    st.markdown("Fix this, then reload the page. `vistas check` shows the same on the command line, and more.")
