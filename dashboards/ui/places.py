"""The app's pages and how to get to them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, NoReturn
from uuid import UUID

import streamlit as st

from dashboards.state import VISTA


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
    COMPARE = "dashboards/pages/compare.py"
    ROUTINE = "dashboards/pages/routine.py"
    IMPORTING = "dashboards/pages/importing.py"
    RECORD = "dashboards/pages/record.py"

    @property
    def path(self) -> str:
        """As it stands in addresses: `wrap-up`."""
        stem = PurePosixPath(self.value).stem
        return _PATHS.get(stem) or stem.replace("_", "-")


_PATHS = {"importing": "import"}
"""Of pages whose script cannot be called as they are."""


def pages() -> list[st.Page]:
    """What is reached through a vista, a routine, home or the library is not in the navigation."""
    return [
        _page(Place.MORNING, "Morning Vistas", icon=":material/wb_twilight:", default=True),
        _page(Place.WALK, "Walk"),
        _page(Place.SESSION, "Session"),
        _page(Place.LIBRARY, "Library"),
        _page(Place.KNOWLEDGE, "Knowledge"),
        _page(Place.SOURCES, "Sources"),
        _page(Place.REPLAY, "Replay", visibility="hidden"),
        _page(Place.WRAP_UP, "Wrap-up", visibility="hidden"),
        _page(Place.COMPARE, "Compare", visibility="hidden"),
        _page(Place.ROUTINE, "Routine", visibility="hidden"),
        _page(Place.IMPORTING, "Bring a dashboard", visibility="hidden"),
        _page(Place.RECORD, "Record", visibility="hidden"),
    ]


def _page(place: Place, title: str, **how: Any) -> st.Page:
    return st.Page(place.value, title=title, url_path=place.path, **how)


def go(place: Place, vista: UUID | None = None, **parameters: str) -> NoReturn:
    """Turn to a page, about a vista where one is given."""
    about = {VISTA: str(vista)} if vista else {}
    st.switch_page(place.value, query_params={**about, **parameters})
