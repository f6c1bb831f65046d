"""The map of expertise: for each part of the system who can show it, where to look, and whom to ask.

One per store, and nobody's in particular: anybody adds to it, says it better, or takes out what is no longer so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel import PlaceInVista


class LineKind(StrEnum):
    """What a line of the map is about; its value heads the column."""

    SHOW = "can show it"
    LOOK = "where to look"
    ASK = "whom to ask"


@dataclass(frozen=True, slots=True)
class MapLine:
    """`place` is the stop that showed it, of lines that say where to look. `by` wrote it last."""

    id: UUID
    part: Part
    kind: LineKind
    text: str
    by: str
    at: datetime
    place: PlaceInVista | None = None


@dataclass(frozen=True, slots=True)
class KnownPart:
    """All that is known about one part, in the order in which it was told."""

    part: Part
    lines: tuple[MapLine, ...]

    def lines_of(self, kind: LineKind) -> tuple[MapLine, ...]:
        return tuple(line for line in self.lines if line.kind is kind)

    @property
    def words(self) -> str:
        places = (line.place.title for line in self.lines if line.place)
        return "\n".join((self.part.name, self.part.sort.value, *(line.text for line in self.lines), *places))


@dataclass(frozen=True)
class Expertise:
    lines: Mapping[UUID, MapLine] = field(default_factory=dict)

    @cached_property
    def by_part(self) -> Mapping[Part, KnownPart]:
        told: dict[Part, list[MapLine]] = {}
        for line in self.lines.values():
            told.setdefault(line.part, []).append(line)
        return {part: KnownPart(part, tuple(lines)) for part, lines in told.items()}

    @property
    def parts(self) -> tuple[KnownPart, ...]:
        """By sort, then by name."""
        order = list(PartKind)
        known = sorted(self.by_part, key=lambda part: (order.index(part.sort), part.name.casefold()))
        return tuple(self.by_part[part] for part in known)

    @property
    def words(self) -> str:
        return "\n".join(known.words for known in self.parts)

    def of(self, part: Part) -> KnownPart:
        """With no lines where nothing is told of it."""
        return self.by_part.get(part, KnownPart(part, ()))

    def find(self, text: str = "", sort: PartKind | None = None) -> tuple[KnownPart, ...]:
        """The parts of which every word of `text` is told somewhere."""
        sought = text.casefold().split()
        return tuple(
            known
            for known in self.parts
            if sort in (None, known.part.sort) and all(word in known.words.casefold() for word in sought)
        )

    def with_line(self, line: MapLine) -> Expertise:
        """A new line, or an old one (same id) said better; what is told already is not told twice."""
        if any(_same(each, line) for each in self.lines.values() if each.id != line.id):
            return self
        return replace(self, lines={**self.lines, line.id: line})

    def without_line(self, line_id: UUID) -> Expertise:
        return replace(self, lines={key: line for key, line in self.lines.items() if key != line_id})


def who_knows(expertise: Expertise, parts: Iterable[Part]) -> tuple[KnownPart, ...]:
    """What the map tells of these parts, in their order; those it tells nothing of are left out."""
    found = (expertise.of(part) for part in dict.fromkeys(parts))
    return tuple(known for known in found if known.lines)


def unknown_parts(expertise: Expertise, parts: Iterable[Part]) -> tuple[Part, ...]:
    """Those of these parts that nobody has told anything of yet."""
    return tuple(part for part in dict.fromkeys(parts) if part not in expertise.by_part)


def _same(one: MapLine, other: MapLine) -> bool:
    return (one.part, one.kind, one.text.casefold(), one.place) == (
        other.part,
        other.kind,
        other.text.casefold(),
        other.place,
    )
