"""Ways to a place in the app: links on a page, and addresses to send to somebody, as this browser reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import streamlit as st

from dashboards.state import JOURNAL, SECTION, STOP, VISTA, WAYS
from dashboards.ui.places import Place
from vistas.practice.session import Activity, ActivityKind

SECTIONS = {
    ActivityKind.DECISIONS: "Decisions",
    ActivityKind.MATRIX: "Matrices",
    ActivityKind.QUESTION: "Rounds",
    ActivityKind.WHEEL: "Wheels",
}
"""Where on the knowledge page the journal of an activity is opened."""
EXPERTISE: Final = "Expertise"
"""Where the map of expertise is."""

Parameters = Mapping[str, str | UUID]
"""What stands behind the `?` of an address, by names of `dashboards.state`."""


def to(place: Place, parameters: Parameters) -> str:
    """A page's whole address, with the path prefix that this browser uses."""
    here = urlsplit(str(st.context.url or ""))
    prefix = here.path.rpartition("/")[0]
    return here._replace(path=f"{prefix}/{place.path}", query=_query(parameters), fragment="").geturl()


def near(place: Place, parameters: Parameters) -> str:
    """A page's address as it is written on any other page of the app."""
    return f"{place.path}?{_query(parameters)}"


def draw(
    place: Place,
    label: str,
    icon: str | None = None,
    parameters: Parameters = MappingProxyType({}),
    *,
    icon_position: Literal["left", "right"] = "left",
) -> None:
    """A link to a page; `label` is Markdown."""
    st.page_link(
        place.value, label=label, icon=icon, icon_position=icon_position, query_params=_named(parameters) or None
    )


def stop(vista: UUID, stop: str) -> Parameters:
    """The parameters that lead to a stop of a vista."""
    return {VISTA: vista, STOP: stop}


def ways(vista: UUID) -> Parameters:
    """The parameters that lead to all walks of a vista, side by side."""
    return {VISTA: vista, WAYS: vista}


def to_activity(activity: Activity) -> str:
    """Where what it worked on can be opened later; empty for what has no place of its own."""
    if activity.about is None:
        return ""
    if activity.kind is ActivityKind.WALK:
        return to(Place.REPLAY, {VISTA: activity.about})
    section = SECTIONS.get(activity.kind)
    return to(Place.KNOWLEDGE, {SECTION: section, JOURNAL: activity.about}) if section else ""


def _query(parameters: Parameters) -> str:
    return urlencode(_named(parameters))


def _named(parameters: Parameters) -> dict[str, str]:
    return {name: str(value) for name, value in parameters.items()}
