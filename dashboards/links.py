"""Addresses to send to somebody: a place in the app, as this browser reaches it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit
from uuid import UUID

import streamlit as st

from vistas.practice.session import Activity, ActivityKind

SECTIONS = {
    ActivityKind.DECISIONS: "Decisions",
    ActivityKind.MATRIX: "Matrices",
    ActivityKind.QUESTION: "Rounds",
    ActivityKind.WHEEL: "Wheels",
}
"""Where on the knowledge page the journal of an activity is opened."""


def to(page: str, **parameters: str | UUID) -> str:
    """The whole address of a page of ours, such as `replay`, with the path prefix that this browser uses."""
    here = urlsplit(str(st.context.url or ""))
    prefix = here.path.rpartition("/")[0]
    named = {name: str(value) for name, value in parameters.items()}
    return here._replace(path=f"{prefix}/{page}", query=urlencode(named), fragment="").geturl()


def to_activity(activity: Activity) -> str:
    """Where what it worked on can be opened later; empty for what has no place of its own."""
    if activity.about is None:
        return ""
    if activity.kind is ActivityKind.WALK:
        return to("replay", vista=activity.about)
    section = SECTIONS.get(activity.kind)
    return to("knowledge", of=section, journal=activity.about) if section else ""
