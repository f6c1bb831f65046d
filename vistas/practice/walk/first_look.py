"""*First look yourself*: for a chosen time, everybody sees only their own notices at a stop.

Every page that shows a vista's notices asks `shown_to`, so that no page reveals what another one hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vistas.practice.notebook import Notebook
from vistas.practice.session import FirstLook, Session, SessionEntry
from vistas.vista import Vista
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice

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
    return lasting_by_vista(sessions, now).get(vista, {})


def lasting_by_vista(
    sessions: Notebook[Session, SessionEntry], now: datetime
) -> Mapping[UUID, Mapping[str, FirstLook]]:
    """The first looks under way upon whatever vista, by stop."""
    found: dict[UUID, dict[str, FirstLook]] = {}
    for head in sessions.find(limit=RECENT):
        if now - head.changed_at > SPANS[-1]:
            continue
        session = sessions.read(head.id)
        for vista in {each.about for each in session.agenda if each.about is not None}:
            here = found.setdefault(vista, {})
            for stop, look in lasting(session, vista, now).items():
                here[stop] = _longer(here.get(stop), look)
    return found


def visible(
    notices: Iterable[Notice], viewer: str, looks: Mapping[str, FirstLook], now: datetime
) -> tuple[Notice, ...]:
    """What a viewer may see: all, but at stops where a first look lasts only what they wrote themselves."""
    hidden = _hidden(looks, now)
    return tuple(notice for notice in notices if notice.stop not in hidden or notice.author == viewer)


def visible_answers(
    answers: Iterable[Answer],
    notices: Iterable[Notice],
    viewer: str,
    looks: Mapping[str, FirstLook],
    now: datetime,
) -> tuple[Answer, ...]:
    """Those to the notices that a viewer may see; where a first look lasts, only what they wrote themselves."""
    hidden = _hidden(looks, now)
    stops = {notice.id: notice.stop for notice in visible(notices, viewer, looks, now)}
    seen = (answer for answer in answers if answer.notice in stops)
    return tuple(answer for answer in seen if stops[answer.notice] not in hidden or answer.author == viewer)


def shown_to(vista: Vista, viewer: str, looks: Mapping[str, FirstLook], now: datetime) -> Vista:
    """The vista as a viewer may see it now; the one that it follows is kept back likewise."""
    return replace(
        vista,
        notices=visible(vista.notices, viewer, looks, now),
        answers=visible_answers(vista.answers, vista.notices, viewer, looks, now),
        eyes=vista.eyes and vista.eyes.seeing(lambda earlier: shown_to(earlier, viewer, looks, now)),
    )


def has_looked(vista: Vista, stop: str, person: str) -> bool:
    """Whether somebody has had a look of their own: noticed something at the stop, or came there and went on."""
    steps = (step for walk in vista.walks if walk.walker == person for step in walk.steps)
    went_on = any(step.stop == stop and step.left_at is not None for step in steps)
    return went_on or any(notice.author == person for notice in vista.noticed_at(stop))


def _hidden(looks: Mapping[str, FirstLook], now: datetime) -> frozenset[str]:
    return frozenset(stop for stop, look in looks.items() if look.hides(now))


def _longer(one: FirstLook | None, other: FirstLook) -> FirstLook:
    return other if one is None or one.until < other.until else one
