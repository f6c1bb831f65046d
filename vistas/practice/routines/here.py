"""What there is of all routines at one moment: in files, kept in the store, and built in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vistas.practice.routines.state import History, Origin, Version
from vistas.routine import Routine
from vistas.routine.file import Survey, built_in_routines


@dataclass(frozen=True, slots=True)
class Here:
    """All by slug. A file counts before what was kept, and that before what is built in."""

    built_in: Mapping[str, Routine]
    files: Mapping[str, Routine]
    places: Mapping[str, Path]
    kept: Mapping[str, History]
    wrong: Mapping[str, Path]
    """The files that are wrong now, and stand at most for what they said before."""

    @classmethod
    def look(cls, found: Survey, kept: Mapping[str, History]) -> Here:
        built_in = {routine.routine: routine for routine in built_in_routines()}
        files = {each.routine: each for each in found.routines if each.routine in found.places}
        return cls(built_in, files, found.places, kept, found.wrong)

    def slugs(self) -> tuple[str, ...]:
        """What is built in first, and of that the one to start with."""
        kept = (slug for slug, history in sorted(self.kept.items()) if history.versions)
        return tuple(dict.fromkeys((*self.built_in, *self.files, *kept)))

    def newest(self, slug: str) -> Routine | None:
        """With the number that it has here, whatever its file says; None as well where its file was taken away."""
        versions = self.versions(slug)
        if not versions or self.is_gone(slug):
            return None
        number, routine = versions[-1].number, versions[-1].routine
        return routine if routine.version == number else routine.model_copy(update={"version": number})

    def place(self, slug: str) -> Path | None:
        """Its file, be that wrong or not; None where it has none."""
        return self.places.get(slug) or self.wrong.get(slug)

    def is_filed(self, slug: str) -> bool:
        """Whether its file counts, even where that was taken away and nothing else is there of its name."""
        if self.place(slug) is not None:
            return True
        versions = self.versions(slug)
        return bool(versions) and versions[-1].is_filed and slug not in self.built_in

    def is_gone(self, slug: str) -> bool:
        """Whether it was kept in a file that was taken away since."""
        return self.is_filed(slug) and self.place(slug) is None

    def versions(self, slug: str) -> tuple[Version, ...]:
        """Those that are kept; and what is built in or in a file where that is not kept yet."""
        versions, origin, current = self._known(slug), Origin.FILE, self.files.get(slug)
        if current is None and versions and versions[-1].is_filed and slug not in self.wrong:
            origin, current = Origin.BUILT_IN, self.built_in.get(slug)
        if current is None:
            return versions
        if versions and versions[-1].routine.digest == current.digest:
            return (*versions[:-1], _as_asked(versions[-1], current))
        if slug in self.wrong and any(each.routine.digest == current.digest for each in versions):
            return versions
        is_filed = origin is Origin.FILE
        return (*versions, Version(len(versions) + 1, current, origin, current.by, is_filed=is_filed))

    def walked_as(self, slug: str, number: int, digest: str) -> Version | None:
        """The version that a vista was walked with, by the number and the digest that its routine has.

        Of several that look at the same that of the number, else the newest; None where it is not known here.
        """
        same = [each for each in self.versions(slug) if each.routine.digest == digest]
        return next((each for each in same if each.number == number), same[-1] if same else None)

    def number_kept(self, slug: str) -> int:
        return len(self.kept[slug].versions) if slug in self.kept else 0

    def _known(self, slug: str) -> tuple[Version, ...]:
        history = self.kept.get(slug)
        if history and history.versions:
            return history.versions
        built_in = self.built_in.get(slug)
        return (Version(1, built_in, Origin.BUILT_IN),) if built_in else ()

    def shipped_since(self, slug: str) -> Routine | None:
        """What comes with the project now, where the versions here began with an earlier one of it."""
        built_in, versions = self.built_in.get(slug), self.versions(slug)
        began = any(each.origin is Origin.BUILT_IN for each in versions)
        known = {each.routine.digest for each in versions}
        return built_in if built_in and began and built_in.digest not in known else None


def _as_asked(version: Version, current: Routine) -> Version:
    """With the looks of its file, which may have been masked where they are kept."""
    signed = {key: getattr(version.routine, key) for key in ("version", "by", "because", "after")}
    return replace(version, routine=current.model_copy(update=signed))
