"""All routines that can be walked here, and their versions: built in, in files, and kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from vistas.errors import JournalMoved, RoutineDoubtful, RoutineError, RoutineMoved
from vistas.practice.routines import filing
from vistas.practice.routines.entries import NOBODY, Histories, VersionKept, journal_of, notebook
from vistas.practice.routines.family import Family, family_of
from vistas.practice.routines.here import Here
from vistas.practice.routines.state import History, Origin, Version
from vistas.routine import Ancestor, Routine
from vistas.routine.folder import Folders
from vistas.routine.merging import merged
from vistas.routine.slugs import Slugs
from vistas.store import Journals

MOST: Final = 2000
"""Routines of one store."""
_TRIES: Final = 3


class Routines:
    """A routine's file in one of `folders` counts; else what was kept here last; else what is built in.

    `mask` is the redactor's. What it would mask is kept as it was written, since else it could not be asked, but
    only once somebody said that it is no secret.
    """

    def __init__(
        self, journals: Journals, folders: Sequence[Path] = (), mask: Callable[[str], str] = lambda text: text
    ) -> None:
        self._histories: Histories = notebook(journals)
        self._files, self._mask = Folders(folders), mask
        self._read: dict[UUID, tuple[int, History]] = {}

    # --- reading

    def here(self) -> Here:
        """What there is at this moment, for who asks several things about it."""
        return Here.look(self._files.survey(), self._kept())

    def all(self) -> tuple[Routine, ...]:
        """The newest version of each, read anew; the one to start with first."""
        here = self.here()
        return tuple(routine for slug in here.slugs() if (routine := here.newest(slug)))

    def mistakes(self) -> tuple[RoutineError, ...]:
        """What keeps files in the folders from being walked."""
        return self._files.survey().mistakes

    def find(self, slug: str) -> Routine:
        """The newest version. RoutineError where there is none of that name."""
        here = self.here()
        found = here.newest(slug)
        if found is None:
            raise _unknown(slug, here)
        return found

    def file_of(self, slug: str) -> Path | None:
        """Where it stands, if it is kept in a file, be that wrong or not."""
        return self.here().place(slug)

    @property
    def folders(self) -> tuple[Path, ...]:
        """In which routines are kept as files."""
        return self._files.folders

    def versions(self, slug: str) -> tuple[Version, ...]:
        """Oldest first, at least one. RoutineError where there is no such routine."""
        return self._versions(self.here(), slug)

    def version(self, slug: str, number: int) -> Version:
        """RoutineError where there is none of that number."""
        versions = self.versions(slug)
        if not 1 <= number <= len(versions):
            raise RoutineError(f"{slug} has {len(versions)} versions, and no version {number}")
        return versions[number - 1]

    def walked(self, routine: Routine) -> Version | None:
        """The version that a vista's routine was walked as; None where it is not known here."""
        return self.here().walked_as(routine.routine, routine.version, routine.digest)

    def family(self, slug: str) -> Family:
        """RoutineError where there is no such routine."""
        here = self.here()
        self._versions(here, slug)
        histories = {each: here.versions(each) for each in here.slugs()}
        shipped = {each: routine for each in histories if (routine := here.shipped_since(each))}
        return family_of(slug, histories, shipped)

    # --- writing

    def save(
        self,
        routine: Routine,
        *,
        because: str,
        by: str,
        at: datetime,
        changed_from: Routine | None = None,
        origin: Origin = Origin.SAVED,
        is_sure: bool = False,
    ) -> Routine:
        """The next version, with its number; in its file, where it has one. Its own says what it was changed from.

        `changed_from` is what it was changed from, as it was shown: a file can be changed without a new number.
        RoutineMoved where somebody saved another meanwhile: it says who, when and which; RoutineConflict where it
        was in its file. RoutineDoubtful where a new look seems to hold a secret, unless one `is_sure` that it does
        not. Nothing is written then.
        """
        here = self.here()
        before = self._versions(here, routine.routine)
        newest = before[-1]
        changed = _signed(routine, number=newest.number + 1, by=by, because=because)
        is_filed = here.is_filed(routine.routine)
        if not is_filed and routine.version != newest.number:
            raise _moved(newest, routine.version)
        if not is_sure:
            self._doubt(changed, known=newest.routine)
        if not is_filed:
            self._append(here, before, VersionKept(routine=changed, origin=origin), by=by, at=at)
            return changed
        base = changed_from or next((each.routine for each in before if each.number == routine.version), None)
        filing.write_back(here.place(routine.routine), changed, changed_from=base)
        self._note(before, VersionKept(routine=changed, origin=origin, is_filed=True), by=by, at=at)
        return changed

    def keep(
        self,
        routine: Routine,
        *,
        by: str,
        at: datetime,
        because: str = "",
        origin: Origin = Origin.SAVED,
        is_sure: bool = False,
        folder: Path | None = None,
    ) -> Routine:
        """A routine that is new here, as version 1; under another name where its own is taken.

        In a new file in `folder`, if one is given. RoutineDoubtful as in `save`.
        """
        here = self.here()
        named = Slugs(frozenset(here.slugs())).give(routine.routine, "routine")
        new = _signed(routine.model_copy(update={"routine": named}), number=1, by=by, because=because)
        if not is_sure:
            self._doubt(new)
        if folder is not None:
            filing.write_new(folder, new)
        entry = VersionKept(routine=new, origin=origin, is_filed=folder is not None)
        self._append(here, (), entry, by=by, at=at)
        return new

    def fork(
        self,
        routine: Routine,
        *,
        title: str,
        by: str,
        at: datetime,
        because: str = "",
        is_sure: bool = False,
        folder: Path | None = None,
    ) -> Routine:
        """A routine of one's own, made from a version of another, whose credit stays.

        `folder` as in `keep`, RoutineDoubtful as in `save`.
        """
        walked = self.walked(routine)
        ancestor = Ancestor(
            routine=routine.routine,
            version=walked.number if walked else routine.version,
            title=routine.title,
            by=routine.by,
        )
        named = Slugs(frozenset(self.here().slugs())).give(title, "routine")
        own = routine.model_copy(update={"routine": named, "title": title, "after": ancestor})
        return self.keep(own, by=by, at=at, because=because, origin=Origin.FORKED, is_sure=is_sure, folder=folder)

    def go_back(self, slug: str, number: int, *, by: str, at: datetime) -> Routine:
        """The next version, which looks at what version `number` looked at."""
        earlier, newest = self.version(slug, number), self.versions(slug)[-1]
        again = earlier.routine.model_copy(update={"version": newest.number})
        return self.save(
            again,
            because=f"Back to version {number}.",
            by=by,
            at=at,
            changed_from=newest.routine,
            origin=Origin.GONE_BACK,
            is_sure=True,
        )

    def put_on_top(
        self,
        routine: Routine,
        *,
        changed_from: Routine,
        because: str,
        by: str,
        at: datetime,
        is_sure: bool = False,
    ) -> Routine:
        """What was changed from `changed_from`, on top of what somebody else made of it meanwhile.

        RoutineError names what both changed, and nothing is written then; otherwise as `save`.
        """
        theirs = self.find(routine.routine)
        put = merged(changed_from, routine, theirs)
        if put.clashes:
            raise RoutineError(f"both of you changed {', '.join(put.clashes)}: choose one of the two")
        return self.save(put.routine, because=because, by=by, at=at, changed_from=theirs, is_sure=is_sure)

    def note_walked(self, routine: Routine, *, at: datetime) -> None:
        """Keep what a file says as a version, so that a vista knows exactly what it was walked with."""
        slug = routine.routine
        for _ in range(_TRIES):
            here = self.here()
            versions = here.versions(slug)
            if slug not in here.files or versions[-1].routine.digest != routine.digest:
                return
            kept = here.number_kept(slug)
            missing = [self._as_kept(each) for each in versions[kept:]]
            if not missing:
                return
            try:
                self._write(slug, kept, *missing, by=NOBODY, at=at)
            except JournalMoved:
                continue
            return

    # --- how it is kept

    def _kept(self) -> dict[str, History]:
        """Only those that were written in since they were read last are read again."""
        kept: dict[str, History] = {}
        for head in self._histories.find(limit=MOST):
            revision, history = self._read.get(head.id, (-1, History()))
            if revision != head.revision:
                revision, history = self._histories.read_at(head.id)
                self._read[head.id] = (revision, history)
            kept[head.title] = history
        return kept

    def _versions(self, here: Here, slug: str) -> tuple[Version, ...]:
        versions = here.versions(slug)
        if not versions:
            raise _unknown(slug, here)
        return versions

    def _append(self, here: Here, before: Sequence[Version], entry: VersionKept, *, by: str, at: datetime) -> None:
        """After what `here` has kept, and what of `before` is not kept yet; RoutineMoved where more is by now."""
        slug = entry.routine.routine
        kept = here.number_kept(slug)
        missing = [self._as_kept(each) for each in before[kept:]]
        try:
            self._write(slug, kept, *missing, entry, by=by, at=at)
        except JournalMoved as moved:
            raise _moved(self._histories.read(journal_of(slug)).versions[-1], len(before)) from moved

    def _note(self, before: Sequence[Version], entry: VersionKept, *, by: str, at: datetime) -> None:
        """Keep what its file says by now, unless a gathering was faster; and what the file said before."""
        slug = entry.routine.routine
        for _ in range(_TRIES):
            history = self._histories.read(journal_of(slug))
            if history.newest and history.newest.routine.digest == entry.routine.digest:
                return
            missing = [self._as_kept(each) for each in before[len(history.versions) :]]
            with suppress(JournalMoved):
                self._write(slug, len(history.versions), *missing, entry, by=by, at=at)
                return

    def _as_kept(self, version: Version) -> VersionKept:
        return VersionKept(routine=version.routine.masked(self._mask), origin=version.origin)

    def _write(self, slug: str, expected: int, *entries: VersionKept, by: str, at: datetime) -> None:
        journal = self._histories.begin(slug, by=by, at=at, journal=journal_of(slug))
        self._histories.write(journal, *entries, by=by, at=at, expected_revision=expected)

    def _doubt(self, routine: Routine, *, known: Routine | None = None) -> None:
        asked = {look.question for _, look in known.looks()} if known else set()
        for stop, look in routine.looks():
            if look.question not in asked and look.masked(self._mask) != look:
                raise RoutineDoubtful(
                    f"{stop.stop}/{look.look} holds what looks like a password or token: give it to the source "
                    "in vistas.toml, so that it is not kept with the routine"
                )


def _signed(routine: Routine, *, number: int, by: str, because: str) -> Routine:
    return routine.model_copy(update={"version": number, "by": by, "because": because or None, "written_as": ""})


def _unknown(slug: str, here: Here) -> RoutineError:
    return RoutineError(f"there is no routine called {slug!r}; there are {', '.join(sorted(here.slugs()))}")


def _moved(newest: Version, based_on: int) -> RoutineMoved:
    when = f", on {newest.at.astimezone(UTC):%-d %B at %H:%M} UTC" if newest.at else ""
    return RoutineMoved(
        f"{newest.by or NOBODY} saved version {newest.number} of it meanwhile{when}; "
        f"yours was changed from version {based_on}"
    )
