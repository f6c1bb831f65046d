"""All routines that can be walked here, and their versions: built in, in files, and kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from vistas.errors import JournalMoved, RoutineError
from vistas.practice.routines.entries import NOBODY, Histories, VersionKept, journal_of, notebook
from vistas.practice.routines.family import Family, family_of
from vistas.practice.routines.state import History, Origin, Version
from vistas.routine import Ancestor, Routine
from vistas.routine.file import built_in_routines, survey
from vistas.routine.slugs import Slugs
from vistas.store import Journals

MOST = 2000
"""Routines of one store."""


class Routines:
    """A routine's file in one of `folders` counts; else what was kept here last; else what is built in.

    `mask` is the redactor's: what would be masked is refused, since a routine is kept as it is asked.
    """

    def __init__(
        self, journals: Journals, folders: Sequence[Path] = (), mask: Callable[[str], str] = lambda text: text
    ) -> None:
        self._histories: Histories = notebook(journals)
        self._folders, self._mask = tuple(folders), mask

    # --- reading

    def all(self) -> tuple[Routine, ...]:
        """The newest version of each, read anew; the one to start with first."""
        return tuple(self._newest(self._kept()).values())

    def mistakes(self) -> tuple[RoutineError, ...]:
        """What keeps files in the folders from being walked."""
        return survey(self._folders)[1]

    def find(self, slug: str) -> Routine:
        """RoutineError where there is none of that name."""
        known = {routine.routine: routine for routine in self.all()}
        if slug not in known:
            raise RoutineError(f"there is no routine called {slug!r}; there are {', '.join(sorted(known))}")
        return known[slug]

    def versions(self, slug: str) -> tuple[Version, ...]:
        """Oldest first, at least one. RoutineError where there is no such routine."""
        return self._versions(self.find(slug), self._histories.read(journal_of(slug)))

    def version(self, slug: str, number: int) -> Version:
        """RoutineError where there is none of that number."""
        versions = self.versions(slug)
        if not 1 <= number <= len(versions):
            raise RoutineError(f"{slug} has {len(versions)} versions, and no version {number}")
        return versions[number - 1]

    def walked(self, routine: Routine) -> Version | None:
        """The version that a vista's routine was walked as; None where it is not known here."""
        kept = self._histories.read(journal_of(routine.routine)).with_digest(routine.digest)
        if kept:
            return kept
        known = next((each for each in self.all() if each.routine == routine.routine), None)
        if known is None:
            return None
        versions = self.versions(routine.routine)
        return next((each for each in reversed(versions) if each.routine.digest == routine.digest), None)

    def family(self, slug: str) -> Family:
        """RoutineError where there is no such routine."""
        kept = self._kept()
        newest = self._newest(kept)
        histories = {each: self._versions(routine, kept.get(each, History())) for each, routine in newest.items()}
        if slug not in histories:
            self.find(slug)
        return family_of(slug, histories)

    # --- writing

    def save(
        self, routine: Routine, *, because: str, by: str, at: datetime, origin: Origin = Origin.SAVED
    ) -> Routine:
        """The next version, with its number. The given routine's own says what it was changed from.

        RoutineError where somebody saved another meanwhile: it says who and which; nothing is written then.
        """
        before = self.versions(routine.routine)
        newest = before[-1]
        if routine.version not in {newest.number, newest.routine.version}:
            raise RoutineError(_meanwhile(newest, routine.version))
        number = newest.number + 1
        changed = self._checked(
            routine.model_copy(update={"version": number, "by": by, "because": because or None})
        )
        self._append(routine.routine, before, VersionKept(routine=changed, origin=origin), by=by, at=at)
        return changed

    def keep(
        self, routine: Routine, *, by: str, at: datetime, because: str = "", origin: Origin = Origin.SAVED
    ) -> Routine:
        """A routine that is new here, as version 1; under another name where its own is taken."""
        named = Slugs(self._taken()).give(routine.routine, "routine")
        update = {"routine": named, "version": 1, "by": by, "because": because or None}
        new = self._checked(routine.model_copy(update=update))
        self._append(named, (), VersionKept(routine=new, origin=origin), by=by, at=at)
        return new

    def fork(self, routine: Routine, *, title: str, by: str, at: datetime, because: str = "") -> Routine:
        """A routine of one's own, made from a version of another, whose credit stays."""
        walked = self.walked(routine)
        ancestor = Ancestor(
            routine=routine.routine,
            version=walked.number if walked else routine.version,
            title=routine.title,
            by=routine.by,
        )
        named = Slugs(self._taken()).give(title, "routine")
        own = routine.model_copy(update={"routine": named, "title": title, "after": ancestor})
        return self.keep(own, by=by, at=at, because=because, origin=Origin.FORKED)

    def go_back(self, slug: str, number: int, *, by: str, at: datetime) -> Routine:
        """The next version, which looks at what version `number` looked at."""
        earlier, newest = self.version(slug, number), self.versions(slug)[-1]
        again = earlier.routine.model_copy(update={"version": newest.number})
        return self.save(again, because=f"Back to version {number}.", by=by, at=at, origin=Origin.GONE_BACK)

    def note_walked(self, routine: Routine, *, at: datetime) -> None:
        """Keep what a file says as a version, so that a vista knows exactly what it was walked with."""
        if not self._is_file(routine):
            return
        history = self._histories.read(journal_of(routine.routine))
        newest = history.newest
        if newest is None or newest.routine.digest != routine.digest:
            entry = VersionKept(routine=routine.masked(self._mask), origin=Origin.FILE)
            self._write(routine.routine, len(history.versions), entry, by=NOBODY, at=at)

    # --- how it is kept

    def _kept(self) -> dict[str, History]:
        heads = self._histories.find(limit=MOST)
        return {head.title: self._histories.read(head.id) for head in heads}

    def _taken(self) -> frozenset[str]:
        return frozenset({*(each.routine for each in self.all()), *self._kept()})

    def _newest(self, kept: Mapping[str, History]) -> dict[str, Routine]:
        known = {routine.routine: routine for routine in survey(self._folders)[0]}
        built_in = set(map(id, built_in_routines()))
        for slug, history in kept.items():
            if history.newest and (slug not in known or id(known[slug]) in built_in):
                known[slug] = history.newest.routine
        return known

    def _is_file(self, routine: Routine) -> bool:
        """Whether the routine stands in one of the folders."""
        if not self._folders:
            return False
        built_in = set(map(id, built_in_routines()))
        found = survey(self._folders)[0]
        return any(each.routine == routine.routine and id(each) not in built_in for each in found)

    def _versions(self, current: Routine, history: History) -> tuple[Version, ...]:
        """Those that are kept; and the current one where it is not among them yet."""
        newest = history.newest
        if newest is not None and newest.routine.digest == current.digest:
            return history.versions
        origin = Origin.FILE if self._is_file(current) else Origin.BUILT_IN
        if newest is not None and origin is Origin.BUILT_IN:
            return history.versions
        return (*history.versions, Version(len(history.versions) + 1, current, origin, current.by))

    def _append(self, slug: str, before: Sequence[Version], entry: VersionKept, *, by: str, at: datetime) -> None:
        kept = self._histories.read(journal_of(slug)).versions
        missing = [
            VersionKept(routine=each.routine.masked(self._mask), origin=each.origin)
            for each in before[len(kept) :]
        ]
        try:
            self._write(slug, len(kept), *missing, entry, by=by, at=at)
        except JournalMoved as moved:
            newest = self._histories.read(journal_of(slug)).versions[-1]
            raise RoutineError(_meanwhile(newest, len(before))) from moved

    def _write(self, slug: str, expected: int, *entries: VersionKept, by: str, at: datetime) -> None:
        journal = self._histories.begin(slug, by=by, at=at, journal=journal_of(slug))
        self._histories.write(journal, *entries, by=by, at=at, expected_revision=expected)

    def _checked(self, routine: Routine) -> Routine:
        """RoutineError where a look holds a secret."""
        for stop, look in routine.looks():
            if look.masked(self._mask) != look:
                raise RoutineError(
                    f"{stop.stop}/{look.look} holds what looks like a password or token: give it to the source "
                    "in vistas.toml, so that it is not kept with the routine"
                )
        return routine


def _meanwhile(newest: Version, based_on: int) -> str:
    who = newest.by or NOBODY
    return f"{who} saved version {newest.number} of it meanwhile; yours was changed from version {based_on}"
