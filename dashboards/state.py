"""Every session-state key and every URL parameter, typed, in one place.

The truth lives in the store and the position in the URL; a session holds who is looking and what they last did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

VISTA, STOP, WALK, STEP = "vista", "stop", "walk", "step"
ROOM, ACTIVITY, JOURNAL = "room", "activity", "journal"
VERSION, EVIDENCE = "version", "evidence"


@dataclass(slots=True)
class Play:
    """A replay running by itself: where it was when the clock was last set, and how fast it goes."""

    playing: bool = False
    position: float = 0.0
    since: float = 0.0
    speed: float = 20.0


@dataclass(slots=True)
class Session:
    """What one browser's session holds. `walks` are this person's own walks, by vista."""

    name: str = ""
    walks: dict[UUID, UUID] = field(default_factory=dict)
    revisions: dict[UUID, int] = field(default_factory=dict)
    standing: tuple[UUID, str] | None = None
    last_walk: UUID | None = None
    removed: tuple[UUID, UUID] | None = None
    thrown_away: UUID | None = None
    revealed: set[tuple[UUID, str]] = field(default_factory=set)
    saved: dict[str, int] = field(default_factory=dict)
    play: Play = field(default_factory=Play)
    new_here: bool | None = None
    """Whether one has said so; None before."""
    following: bool = True
    """Whether one goes along with the host of a session."""
    room: UUID | None = None
    """The session that one is in, or was in last."""
    seen: dict[str, Mapping[UUID, int]] = field(default_factory=dict)
    """Change counters as they were when the page was drawn, by who watches them."""
    answered: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """What became of what components sent, by component and item; None where it was kept."""
    noticed: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """The newest notice that a component sent, by its id, and what became of it in the same way."""
    linking: tuple[UUID, UUID] | None = None
    """The decision table and its row that one is linking evidence to."""


def session() -> Session:
    """This session's state; made the first time it is asked for."""
    found = st.session_state.get("morning_vistas")
    if not isinstance(found, Session):
        found = Session()
        st.session_state["morning_vistas"] = found
    return found


def parameter(name: str) -> str:
    """A URL parameter, or an empty text."""
    return str(st.query_params.get(name, ""))


def id_in_url(name: str = VISTA) -> UUID | None:
    """The id in the URL; None when there is none or when it is not one."""
    try:
        return UUID(parameter(name))
    except ValueError:
        return None


def place(**parameters: str) -> None:
    """Put where one is into the URL, so that it can be sent to a teammate; an empty value takes it out."""
    for name, value in parameters.items():
        if not value:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def now() -> datetime:
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The viewer's time zone as their browser says it; UTC where it does not."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
