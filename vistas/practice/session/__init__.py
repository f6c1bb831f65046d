"""A session: people together, an agenda of activities, a host, and a stack of pivots."""

from __future__ import annotations

from vistas.practice.session.entries import SessionEntry
from vistas.practice.session.state import Activity, ActivityKind, FirstLook, OneLine, Pivot, Session

__all__ = ["Activity", "ActivityKind", "FirstLook", "OneLine", "Pivot", "Session", "SessionEntry"]
