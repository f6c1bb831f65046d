"""First look yourself: for a chosen minute everybody sees only what they themselves notice at a stop.

Every page that shows a vista's notices asks `shown_to`, so that none gives away what another keeps back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vistas.notice import Notice
from vistas.practice.notebook import Notebook
from vistas.practice.session import FirstLook, Session
from vistas.practice.session_entries import SessionEntry
from vistas.vista import Vista

SPANS: Final = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5))
RECENT: Final = 200
"""Sessions that are looked through for first looks; those of today are among the ones written in last."""


def lasting(session: Session, vista: UUID, now: datetime) -> Mapping[str, FirstLook]:
    """The first looks under way upon a vista in one session, by stop; of two at one stop, the longer."""
    walks = {each.id for each in session.agenda if each.about == vista}
    found: dict[str, FirstLook] = {}
    for (activity, stop), look in session.first_looks.items():
        if activity in walks and look.hides(now):
            found[stop] = _longer(found.get(stop), look)
    return found


def lasting_anywhere(
    sessions: Notebook[Session, SessionEntry], vista: UUID, now: datetime
) -> Mapping[str, FirstLook]:
    """The same over all sessions in which something was written lately enough for one to last still."""
    found: dict[str, FirstLook] = {}
    for head in sessions.find(limit=RECENT):
        if now - head.changed_at > SPANS[-1]:
            continue
        for stop, look in lasting(sessions.read(head.id), vista, now).items():
            found[stop] = _longer(found.get(stop), look)
    return found


def visible(
    notices: Iterable[Notice], viewer: str, looks: Mapping[str, FirstLook], now: datetime
) -> tuple[Notice, ...]:
    """What a viewer may see: all, but at stops where a first look lasts only what they wrote themselves."""
    hidden = {stop for stop, look in looks.items() if look.hides(now)}
    return tuple(notice for notice in notices if notice.stop not in hidden or notice.author == viewer)


def shown_to(vista: Vista, viewer: str, looks: Mapping[str, FirstLook], now: datetime) -> Vista:
    """The vista as a viewer may see it now."""
    return replace(vista, notices=visible(vista.notices, viewer, looks, now))


def _longer(one: FirstLook | None, other: FirstLook) -> FirstLook:
    return other if one is None or one.until < other.until else one
