"""The room as one browser sees it: the session as it is now, who is looking, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import session
from dashboards.writing import signed
from vistas.practice.session import Activity, Session
from vistas.practice.session.entries import SessionEntry, Stood


@dataclass(frozen=True, slots=True)
class Room:
    """`present` are those whose browsers were heard of lately; `session.people` are all who ever came.

    `revision` is that of the session's journal.
    """

    id: UUID
    title: str
    session: Session
    revision: int
    me: str
    present: tuple[str, ...]

    @classmethod
    def enter(cls, room: UUID) -> Room:
        """The room as of now. JournalNotFound where there is none."""
        sessions = process.notebooks().sessions
        title = sessions.head(room).title
        revision, found = sessions.read_at(room)
        return cls(room, title, found, revision, viewer.name(), process.presences().of(room))

    def again(self) -> Room:
        """As of now."""
        revision, found = process.notebooks().sessions.read_at(self.id)
        present = process.presences().of(self.id)
        return replace(self, session=found, revision=revision, me=viewer.name(), present=present)

    @property
    def hosting(self) -> bool:
        return bool(self.me) and self.session.host == self.me

    @property
    def host_is_here(self) -> bool:
        return self.session.host in self.present

    @property
    def following(self) -> bool:
        """Whether what is seen here goes along with the host; nobody follows themselves."""
        return session().following and not self.hosting

    def write(self, *entries: SessionEntry) -> None:
        """Into the session's journal, as oneself; on the disk when it returns."""
        process.notebooks().sessions.write(self.id, *entries, **signed())

    def stand(self, activity: Activity, **place: str) -> None:
        """The host tells where in an activity they stand; from anybody else it is not asked."""
        if self.hosting and self.session.host_at.get(activity.id) != place:
            self.write(Stood(activity=activity.id, place=place))

    def led_to(self, activity: Activity) -> Mapping[str, str]:
        """Where the host stands, for one who follows; empty for the host and for who wanders."""
        return self.session.host_at.get(activity.id, {}) if self.following else {}

    def wander(self) -> None:
        """Look elsewhere than the host, until one comes back by the door that the page then shows."""
        session().following = False
