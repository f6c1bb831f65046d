"""The app's pages and how to get to them."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn
from uuid import UUID

import streamlit as st


class Place(StrEnum):
    """Page scripts, named relative to streamlit_app.py as Streamlit wants them."""

    MORNING = "dashboards/pages/morning.py"
    WALK = "dashboards/pages/walk.py"
    WRAP_UP = "dashboards/pages/wrap_up.py"
    LIBRARY = "dashboards/pages/library.py"
    REPLAY = "dashboards/pages/replay.py"
    SOURCES = "dashboards/pages/sources.py"
    SESSION = "dashboards/pages/session.py"
    KNOWLEDGE = "dashboards/pages/knowledge.py"


def pages() -> list[st.Page]:
    """Replay and wrap-up are reached through a vista, so they are not in the navigation."""
    return [
        st.Page(
            Place.MORNING, title="Morning Vistas", url_path="morning", icon=":material/wb_twilight:", default=True
        ),
        st.Page(Place.WALK, title="Walk", url_path="walk"),
        st.Page(Place.SESSION, title="Session", url_path="session"),
        st.Page(Place.LIBRARY, title="Library", url_path="library"),
        st.Page(Place.KNOWLEDGE, title="Knowledge", url_path="knowledge"),
        st.Page(Place.SOURCES, title="Sources", url_path="sources"),
        st.Page(Place.REPLAY, title="Replay", url_path="replay", visibility="hidden"),
        st.Page(Place.WRAP_UP, title="Wrap-up", url_path="wrap-up", visibility="hidden"),
    ]


def go(place: Place, vista: UUID | None = None, **parameters: str) -> NoReturn:
    """Turn to a page, about a vista where one is given."""
    about = {"vista": str(vista)} if vista else {}
    st.switch_page(place.value, query_params={**about, **parameters})
