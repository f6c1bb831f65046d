"""The link from a walk back to the session, wheel or draft that it was begun from."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.state import ACTIVITY, DRAFT, JOURNAL, ROOM, SECTION, id_in_url
from dashboards.ui import links
from dashboards.ui.places import Place
from vistas.practice.session import ActivityKind

WHEELS = links.SECTIONS[ActivityKind.WHEEL]


def draw() -> None:
    """Nothing where the URL does not say that one came from somewhere."""
    named = {name: str(found) for name in (ROOM, ACTIVITY, JOURNAL, DRAFT) if (found := id_in_url(name))}
    if ROOM in named:
        _link(
            Place.SESSION, "Back to the session", {name: named[name] for name in (ROOM, ACTIVITY) if name in named}
        )
    elif JOURNAL in named:
        _link(Place.KNOWLEDGE, "Back to the wheel", {SECTION: WHEELS, JOURNAL: named[JOURNAL]})
    elif DRAFT in named:
        _link(Place.RECORD, "Back to recording", {DRAFT: named[DRAFT]})


def _link(place: Place, label: str, parameters: Mapping[str, str]) -> None:
    with st.container(key="way-back"):
        links.draw(place, label, ":material/arrow_back:", parameters)
