"""From a walk that was begun in a session, or to answer a wheel, back to where it was begun."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.places import Place
from dashboards.state import ACTIVITY, JOURNAL, ROOM, id_in_url

WHEELS = {"of": "Wheels"}


def draw() -> None:
    """Nothing where the URL does not say that one came from somewhere."""
    named = {name: str(found) for name in (ROOM, ACTIVITY, JOURNAL) if (found := id_in_url(name))}
    if ROOM in named:
        _link(
            Place.SESSION, "Back to the session", {name: named[name] for name in (ROOM, ACTIVITY) if name in named}
        )
    elif JOURNAL in named:
        _link(Place.KNOWLEDGE, "Back to the wheel", {**WHEELS, JOURNAL: named[JOURNAL]})


def _link(place: Place, label: str, parameters: Mapping[str, str]) -> None:
    with st.container(key="way-back"):
        st.page_link(place.value, label=label, icon=":material/arrow_back:", query_params=dict(parameters))
