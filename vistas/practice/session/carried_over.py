"""What is carried over from one session to the next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from vistas.practice.notebook import Notebook
from vistas.practice.session.entries import SessionEntry
from vistas.practice.session.state import Session

LOOKED_THROUGH = 20


@dataclass(frozen=True, slots=True)
class LastTime:
    """The newest session that was begun before this one and carried something over."""

    title: str
    session: UUID
    lines: tuple[tuple[UUID, str], ...]


def from_last_time(sessions: Notebook[Session, SessionEntry], room: UUID) -> LastTime | None:
    """JournalNotFound where there is no such session; None where nothing was carried over."""
    begun_at = sessions.head(room).begun_at
    earlier = (head for head in sessions.find(limit=LOOKED_THROUGH) if head.begun_at < begun_at)
    for head in sorted(earlier, key=lambda head: head.begun_at, reverse=True):
        if carried := sessions.read(head.id).carried:
            return LastTime(head.title, head.id, tuple(carried.items()))
    return None
