"""Which routine was made from which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vistas.practice.routines.state import Version
from vistas.routine import Ancestor


@dataclass(frozen=True, slots=True)
class Branch:
    """One routine of a family. `forks` were made from it, or from a version of it that is not known here."""

    slug: str
    versions: tuple[Version, ...]
    forks: tuple[Branch, ...] = ()

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def made_from(self) -> Ancestor | None:
        return self.newest.routine.after

    def forks_of(self, number: int) -> tuple[Branch, ...]:
        """Those made from that version."""
        return tuple(each for each in self.forks if each.made_from and each.made_from.version == number)

    def walk(self) -> Iterator[Branch]:
        """Itself and all that was made from it."""
        yield self
        for fork in self.forks:
            yield from fork.walk()


@dataclass(frozen=True, slots=True)
class Family:
    """`unknown` is what the eldest of those that are here was made from, where that is not here itself."""

    eldest: Branch
    unknown: Ancestor | None = None

    def find(self, slug: str) -> Branch | None:
        return next((branch for branch in self.eldest.walk() if branch.slug == slug), None)


def family_of(slug: str, histories: Mapping[str, tuple[Version, ...]]) -> Family:
    """The whole family of a routine that is among `histories`. What was made from itself is followed once."""
    eldest, seen = slug, {slug}
    while (before := _made_from(histories[eldest])) and before.routine in histories and before.routine not in seen:
        eldest = before.routine
        seen.add(eldest)
    unknown = None if before is None or before.routine in histories else before
    return Family(_branch(eldest, histories, frozenset()), unknown)


def _branch(slug: str, histories: Mapping[str, tuple[Version, ...]], above: frozenset[str]) -> Branch:
    above = above | {slug}
    forks = tuple(
        _branch(each, histories, above) for each in sorted(_made_of(slug, histories)) if each not in above
    )
    return Branch(slug, histories[slug], forks)


def _made_of(slug: str, histories: Mapping[str, tuple[Version, ...]]) -> Iterable[str]:
    for each, versions in histories.items():
        before = _made_from(versions)
        if before and before.routine == slug:
            yield each


def _made_from(versions: tuple[Version, ...]) -> Ancestor | None:
    return versions[-1].routine.after
