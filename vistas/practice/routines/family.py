"""Which routine was made from which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vistas.practice.routines.state import Version
from vistas.routine import Ancestor, Routine


@dataclass(frozen=True, slots=True)
class Branch:
    """One routine of a family. `forks` were made from it, or from a version of it that is not known here.

    `shipped` is what comes with the project now, where these versions began with an earlier one of that.
    """

    slug: str
    versions: tuple[Version, ...]
    forks: tuple[Branch, ...] = ()
    shipped: Routine | None = None

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def made_from(self) -> Ancestor | None:
        return self.newest.routine.after

    def forks_of(self, number: int) -> tuple[Branch, ...]:
        """Those made from that version."""
        return tuple(each for each in self.forks if each.made_from and each.made_from.version == number)

    def forks_of_others(self) -> tuple[Branch, ...]:
        """Those made from a version that is not known here."""
        numbers = {each.number for each in self.versions}
        return tuple(each for each in self.forks if each.made_from and each.made_from.version not in numbers)

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


@dataclass(frozen=True, slots=True)
class _Known:
    histories: Mapping[str, tuple[Version, ...]]
    shipped: Mapping[str, Routine]

    def branch(self, slug: str, above: frozenset[str] = frozenset()) -> Branch:
        """What was made from itself is not followed again."""
        above = above | {slug}
        forks = (self.branch(each, above) for each in sorted(self._made_of(slug)) if each not in above)
        return Branch(slug, self.histories[slug], tuple(forks), self.shipped.get(slug))

    def _made_of(self, slug: str) -> Iterable[str]:
        for each in self.histories:
            before = self.made_from(each)
            if before and before.routine == slug:
                yield each

    def made_from(self, slug: str) -> Ancestor | None:
        return self.histories[slug][-1].routine.after


def family_of(
    slug: str, histories: Mapping[str, tuple[Version, ...]], shipped: Mapping[str, Routine] = MappingProxyType({})
) -> Family:
    """The whole family of a routine that is among `histories`."""
    known = _Known(histories, shipped)
    eldest, seen = slug, {slug}
    while (before := known.made_from(eldest)) and before.routine in histories and before.routine not in seen:
        eldest = before.routine
        seen.add(eldest)
    unknown = None if before is None or before.routine in histories else before
    return Family(known.branch(eldest), unknown)
