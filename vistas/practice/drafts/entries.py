"""What is written into the journal of a draft. An entry about a stop that is not there changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.practice.drafts.making import Words, reworded
from vistas.practice.drafts.state import Draft, Removed, Saved, Tried
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.routine import Look, Routine, Slug, Stop
from vistas.store import Journals

KIND = "draft"
MOST_STOPS = 40
MOST_LOOKS = 12
MOST_TRIED = 500
"""Those tried first are forgotten then."""
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class BegunFrom(EntryBody):
    """With the stops of a routine; the first entry where it was not begun from nothing."""

    type: Literal["begun-from"] = "begun-from"
    routine: Routine

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        return replace(
            draft, base=self.routine, title=self.routine.title, stops=self.routine.stops, changed_at=stamp.at
        )


class LookTried(EntryBody):
    """Something was looked at; the same once more where it only is to be drawn in another way."""

    type: Literal["tried"] = "tried"
    id: UUID
    look: Look

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        others = {key: tried for key, tried in draft.tried.items() if key != self.id}
        tried = {**others, self.id: Tried(self.id, self.look, stamp.at)}
        newest = dict(list(tried.items())[-MOST_TRIED:])
        return replace(draft, tried=newest, current=self.id, changed_at=stamp.at)


class LookDropped(EntryBody):
    """What was looked at is not to be kept; it is listed with what was left out."""

    type: Literal["dropped"] = "dropped"

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        return replace(draft, current=None, changed_at=stamp.at)


class LookPickedUp(EntryBody):
    """Something that was left out is looked at again."""

    type: Literal["picked-up"] = "picked-up"
    id: UUID

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        return replace(draft, current=self.id, changed_at=stamp.at) if self.id in draft.tried else draft


class StopKept(EntryBody):
    """What was looked at became a stop, the last one."""

    type: Literal["kept"] = "kept"
    stop: Stop

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        if len(draft.stops) >= MOST_STOPS or draft.stop(self.stop.stop):
            return draft
        changed = draft.with_stops((*draft.stops, self.stop))
        return replace(changed, current=None, kept=draft.kept + 1, changed_at=stamp.at)


class LookAdded(EntryBody):
    """What was looked at became one more look of a stop."""

    type: Literal["added"] = "added"
    stop: Slug
    look: Look

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        stop = draft.stop(self.stop)
        taken = {look.look for look in stop.looks} if stop else set()
        if stop is None or len(stop.looks) >= MOST_LOOKS or self.look.look in taken:
            return draft
        changed = _instead(draft, stop.model_copy(update={"looks": (*stop.looks, self.look)}))
        return replace(changed, current=None, kept=draft.kept + 1, changed_at=stamp.at)


class LookTakenOut(EntryBody):
    """A look of a stop that has others, too."""

    type: Literal["look-taken-out"] = "look-taken-out"
    stop: Slug
    look: Slug

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        stop = draft.stop(self.stop)
        left = tuple(look for look in stop.looks if look.look != self.look) if stop else ()
        if stop is None or not left:
            return draft
        return replace(_instead(draft, stop.model_copy(update={"looks": left})), changed_at=stamp.at)


class StopReworded(EntryBody):
    """Its question and the words around it; what is empty is told honestly as unknown."""

    type: Literal["reworded"] = "reworded"
    stop: Slug
    words: Words

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        stop = draft.stop(self.stop)
        return replace(_instead(draft, reworded(stop, self.words)), changed_at=stamp.at) if stop else draft


class StopMoved(EntryBody):
    """`to` counts from 0, among the others."""

    type: Literal["moved"] = "moved"
    stop: Slug
    to: Annotated[int, Field(ge=0, le=MOST_STOPS)]

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        stop = draft.stop(self.stop)
        if stop is None:
            return draft
        others = [each for each in draft.stops if each.stop != self.stop]
        others.insert(self.to, stop)
        return replace(draft.with_stops(tuple(others)), changed_at=stamp.at)


class StopRemoved(EntryBody):
    type: Literal["removed"] = "removed"
    stop: Slug

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        stop = draft.stop(self.stop)
        if stop is None:
            return draft
        left = tuple(each for each in draft.stops if each.stop != self.stop)
        removed = (*draft.removed, Removed(stop, draft.stops.index(stop)))
        return replace(draft.with_stops(left), removed=removed, changed_at=stamp.at)


class StopRestored(EntryBody):
    """At the place where it stood."""

    type: Literal["restored"] = "restored"
    stop: Slug

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        found = next((each for each in draft.removed if each.stop.stop == self.stop), None)
        if found is None or draft.stop(self.stop) or len(draft.stops) >= MOST_STOPS:
            return draft
        stops = [*draft.stops]
        stops.insert(found.place, found.stop)
        removed = tuple(each for each in draft.removed if each is not found)
        return replace(draft.with_stops(tuple(stops)), removed=removed, changed_at=stamp.at)


class ChangeUndone(EntryBody):
    """The stops are as they were before the last change of them that was not undone yet."""

    type: Literal["undone"] = "undone"

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        if not draft.before:
            return draft
        stops = draft.before[-1]
        back = {stop.stop for stop in stops}
        removed = tuple(each for each in draft.removed if each.stop.stop not in back)
        return replace(draft, stops=stops, removed=removed, before=draft.before[:-1], changed_at=stamp.at)


class Renamed(EntryBody):
    type: Literal["renamed"] = "renamed"
    title: Title

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        return replace(draft, title=self.title, changed_at=stamp.at)


class DraftSaved(EntryBody):
    """As a version of a routine, from which it goes on: somebody else's changes may be in it, too."""

    type: Literal["saved"] = "saved"
    routine: Routine

    def apply(self, draft: Draft, stamp: Stamp) -> Draft:
        saved = Saved(self.routine.routine, self.routine.version, stamp.at)
        return replace(
            draft,
            base=self.routine,
            title=self.routine.title,
            stops=self.routine.stops,
            saved=saved,
            changed_at=stamp.at,
        )


DraftEntry: TypeAlias = Annotated[
    BegunFrom
    | LookTried
    | LookDropped
    | LookPickedUp
    | StopKept
    | LookAdded
    | LookTakenOut
    | StopReworded
    | StopMoved
    | StopRemoved
    | StopRestored
    | ChangeUndone
    | Renamed
    | DraftSaved,
    Field(discriminator="type"),
]
Drafts: TypeAlias = Notebook[Draft, DraftEntry]


def notebook(journals: Journals) -> Drafts:
    return Notebook(journals, KIND, TypeAdapter(DraftEntry), Draft(), lambda draft: draft.title)


def unfinished(drafts: Drafts, person: str, since: datetime) -> tuple[tuple[UUID, Draft, datetime], ...]:
    """One's own that hold something and were changed since, with when each was begun; changed last comes first."""
    mine = [head for head in drafts.find() if head.begun_by == person and head.changed_at >= since]
    read = ((head.id, drafts.read(head.id), head.begun_at) for head in mine)
    return tuple((key, draft, begun) for key, draft, begun in read if not draft.is_saved and not draft.is_empty)


def _instead(draft: Draft, stop: Stop) -> Draft:
    """With a stop in the place of that of its name."""
    return draft.with_stops(tuple(stop if each.stop == stop.stop else each for each in draft.stops))
