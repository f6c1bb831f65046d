"""The entries of a session's journal, and how each changes the session.

An entry that no longer makes sense when it is applied, such as a return with nothing to return to, has no effect.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, TypeAdapter

from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.practice.session.state import Activity, FirstLook, Pivot, Session
from vistas.practice.session.words import CarriedOver, Jotted, Learned
from vistas.store import Journals
from vistas.vista.written import Author

KIND = "session"


class Joined(EntryBody):
    type: Literal["joined"] = "joined"

    def apply(self, session: Session, stamp: Stamp) -> Session:
        return _with_person(session, stamp.by)


class HostTaken(EntryBody):
    """Handed over by the host, or picked up by anybody once the host was gone."""

    type: Literal["host-taken"] = "host-taken"
    host: Author

    def apply(self, session: Session, _: Stamp) -> Session:
        return replace(_with_person(session, self.host), host=self.host)


class Planned(EntryBody):
    """Onto the agenda; one that is there already is moved, and keeps what it works on.

    `before` None is at the end.
    """

    type: Literal["planned"] = "planned"
    activity: Activity
    before: UUID | None = None

    def apply(self, session: Session, _: Stamp) -> Session:
        others = [each for each in session.agenda if each.id != self.activity.id]
        place = next((number for number, each in enumerate(others) if each.id == self.before), len(others))
        known = session.activity(self.activity.id)
        about = self.activity.about or (known.about if known else None)
        activity = self.activity.model_copy(update={"about": about})
        return replace(session, agenda=(*others[:place], activity, *others[place:]))


class Unplanned(EntryBody):
    """Off the agenda; not what the room is busy with."""

    type: Literal["unplanned"] = "unplanned"
    activity: UUID

    def apply(self, session: Session, _: Stamp) -> Session:
        if self.activity == session.current:
            return session
        kept = tuple(each for each in session.agenda if each.id != self.activity)
        parked = tuple(each for each in session.parked if each != self.activity)
        return replace(session, agenda=kept, parked=parked)


class Turned(EntryBody):
    """The room turns to an activity. With `park`, what it was busy with waits on the stack: a pivot."""

    type: Literal["turned"] = "turned"
    activity: UUID
    park: bool = False
    because: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""

    def apply(self, session: Session, stamp: Stamp) -> Session:
        left = session.current
        if left == self.activity or session.activity(self.activity) is None:
            return session
        waiting = tuple(each for each in session.parked if each != self.activity)
        turned = replace(
            session,
            current=self.activity,
            parked=waiting,
            finished=session.finished - {self.activity},
            pivots=_back_at(session.pivots, self.activity, stamp.at),
        )
        if not self.park or left is None:
            return turned
        pivot = Pivot(left, self.activity, self.because, stamp.by or "", stamp.at)
        return replace(turned, parked=(*waiting, left), pivots=(*turned.pivots, pivot))


class Returned(EntryBody):
    """Back to what was parked last; the pivot is over.

    `to` is what whoever returned saw on top of the stack: of two who press at once, one returns.
    """

    type: Literal["returned"] = "returned"
    to: UUID | None = None

    def apply(self, session: Session, stamp: Stamp) -> Session:
        if not session.parked or self.to not in (None, session.parked[-1]):
            return session
        *rest, back = session.parked
        return replace(session, current=back, parked=tuple(rest), pivots=_back_at(session.pivots, back, stamp.at))


class Finished(EntryBody):
    type: Literal["finished"] = "finished"
    activity: UUID

    def apply(self, session: Session, _: Stamp) -> Session:
        return replace(session, finished=session.finished | {self.activity})


class Attached(EntryBody):
    """What the activity works on is there now."""

    type: Literal["attached"] = "attached"
    activity: UUID
    about: UUID

    def apply(self, session: Session, _: Stamp) -> Session:
        agenda = tuple(
            each.model_copy(update={"about": self.about}) if each.id == self.activity else each
            for each in session.agenda
        )
        return replace(session, agenda=agenda)


class Stood(EntryBody):
    """Where the host stands within an activity, for those who follow: a walk's stop, a matrix' cell, …"""

    type: Literal["stood"] = "stood"
    activity: UUID
    place: dict[str, str]

    def apply(self, session: Session, stamp: Stamp) -> Session:
        if stamp.by != session.host:
            return session
        return replace(session, host_at={**session.host_at, self.activity: self.place})


class FirstLookBegan(EntryBody):
    """Until then, or until it is revealed, nobody sees what others notice at this stop of the walk."""

    type: Literal["first-look-began"] = "first-look-began"
    activity: UUID
    stop: str
    until: AwareDatetime

    def apply(self, session: Session, stamp: Stamp) -> Session:
        begun = FirstLook(stamp.at, self.until)
        return replace(session, first_looks={**session.first_looks, (self.activity, self.stop): begun})


class Revealed(EntryBody):
    type: Literal["revealed"] = "revealed"
    activity: UUID
    stop: str

    def apply(self, session: Session, stamp: Stamp) -> Session:
        look = session.first_looks.get((self.activity, self.stop))
        if look is None:
            return session
        seen = replace(look, revealed_at=min(stamp.at, look.until))
        return replace(session, first_looks={**session.first_looks, (self.activity, self.stop): seen})


SessionEntry = Annotated[
    Joined
    | HostTaken
    | Planned
    | Unplanned
    | Turned
    | Returned
    | Finished
    | Attached
    | Stood
    | FirstLookBegan
    | Revealed
    | Learned
    | CarriedOver
    | Jotted,
    Field(discriminator="type"),
    renamed(does="type"),
]


def notebook(journals: Journals) -> Notebook[Session, SessionEntry]:
    return Notebook(journals, KIND, TypeAdapter(SessionEntry), Session(), lambda session: session.words)


def _with_person(session: Session, name: str | None) -> Session:
    if not name or name in session.people:
        return session
    return replace(session, people=(*session.people, name))


def _back_at(pivots: tuple[Pivot, ...], activity: UUID, at: datetime) -> tuple[Pivot, ...]:
    """The turns away from an activity are over once the room is back with it."""
    return tuple(
        replace(each, back_at=at) if each.left == activity and each.back_at is None else each for each in pivots
    )
