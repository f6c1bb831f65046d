"""Saving, renaming, discarding and restoring a walk: by whoever began it, and in a session also by the host."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from vistas.practice.notebook import Notebook
from vistas.practice.session import Session, SessionEntry
from vistas.settings import NOBODY_KNOWN
from vistas.store import Store

Sessions = Notebook[Session, SessionEntry]
RECENT: Final = 200
"""Sessions that are looked through for a walk; those of this week are among the ones written in last."""


def may_keep(store: Store, sessions: Sessions, vista_id: UUID, by: str) -> bool:
    """Whether it is theirs to keep; what nobody began by name is for anybody who has one."""
    author, begun_at = store.begun(vista_id)
    return bool(by) and (by in {author, *_hosts(sessions, vista_id, author, begun_at)} or author == NOBODY_KNOWN)


def save(store: Store, sessions: Sessions, vista_id: UUID, title: str, *, by: str, at: datetime) -> None:
    """Give it a title and close its evidence. StoreError where it is not theirs to keep."""
    store.save(vista_id, title, at, by=_on_behalf(store, sessions, vista_id, by))


def discard(store: Store, sessions: Sessions, vista_id: UUID, *, by: str) -> None:
    """Throw an unsaved walk away. StoreError where it is not theirs to keep."""
    store.discard(vista_id, _on_behalf(store, sessions, vista_id, by))


def restore(store: Store, sessions: Sessions, vista_id: UUID, *, by: str) -> None:
    """Bring back what was thrown away. StoreError where it is not theirs to keep."""
    store.restore(vista_id, by=_on_behalf(store, sessions, vista_id, by))


def _hosts(sessions: Sessions, vista_id: UUID, author: str, begun_at: datetime) -> frozenset[str]:
    """The hosts of the sessions that it was begun in, by one of their people; not of others."""
    during = (head for head in sessions.find(limit=RECENT) if head.begun_at <= begun_at <= head.changed_at)
    return frozenset(
        session.host
        for session in (sessions.read(head.id) for head in during)
        if author in session.people and any(activity.about == vista_id for activity in session.agenda)
    )


def _on_behalf(store: Store, sessions: Sessions, vista_id: UUID, by: str) -> str:
    return store.begun(vista_id)[0] if may_keep(store, sessions, vista_id, by) else by
