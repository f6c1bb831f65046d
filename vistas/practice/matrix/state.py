"""A dependency matrix (design structure matrix): what a team believes needs what, and how hard.

Rows need columns: a mark in row A and column B says that A needs B. In a sequence in which what is needed comes
first, marks below the diagonal are what one expects, and those above it are feedback. That is the convention
"inputs in rows, feedback above the diagonal" (IR/FAD; Eppinger & Browning, "Design Structure Matrix Methods and
Applications", MIT Press 2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Cell = tuple[UUID, UUID]
"""The element that needs, and the one that is needed: row and column."""
MOST_ELEMENTS: Final = 80
"""Beyond these nobody can look through a matrix."""


class Hardness(StrEnum):
    """What it means to us when the needed one is gone."""

    STOPS = "stops us"
    DEGRADES = "degrades us"
    SLOWS = "only slows us"
    UNSURE = "don't know"


RANKS: Final[Mapping[Hardness, int]] = {Hardness.STOPS: 3, Hardness.DEGRADES: 2, Hardness.SLOWS: 1}
"""How hard; who does not know says nothing about it."""


@dataclass(frozen=True, slots=True)
class Element:
    """A removed one keeps its place and its marks."""

    id: UUID
    name: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class CellNotice:
    """A few words on a cell."""

    id: UUID
    cell: Cell
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pin:
    """A version that got a name: the matrix as it was after entry `number`."""

    name: str
    number: int
    by: str
    at: datetime


Marks = Mapping[Cell, Hardness]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`beliefs` are the marks of each person who has marked anything, by name.

    While it is `blind`, a page shows what `seen_by` gives, and nothing else. `observed` is the vista with which
    the beliefs are compared.
    """

    elements: tuple[Element, ...] = ()
    beliefs: Mapping[str, Marks] = field(default_factory=dict)
    notices: tuple[CellNotice, ...] = ()
    blind: bool = False
    observed: UUID | None = None
    pins: tuple[Pin, ...] = ()

    @property
    def shown(self) -> tuple[Element, ...]:
        return tuple(each for each in self.elements if not each.removed)

    @property
    def names(self) -> Mapping[UUID, str]:
        """Of the elements that are shown."""
        return {each.id: each.name for each in self.shown}

    def element(self, element_id: UUID) -> Element | None:
        return next((each for each in self.elements if each.id == element_id), None)

    def is_open(self, cell: Cell) -> bool:
        """Whether it can be marked: both elements are shown, and it is not on the diagonal."""
        names = self.names
        return cell[0] != cell[1] and cell[0] in names and cell[1] in names

    def cells(self) -> Iterator[Cell]:
        """Row by row, without the diagonal."""
        ids = [each.id for each in self.shown]
        return ((needs, needed) for needs in ids for needed in ids if needs != needed)

    def seen_by(self, person: str) -> Matrix:
        """What this person may see: while it is blind only what is their own, and nothing observed."""
        if not self.blind:
            return self
        return replace(
            self,
            beliefs={person: self.beliefs[person]} if person in self.beliefs else {},
            notices=tuple(each for each in self.notices if each.by == person),
            observed=None,
        )

    def marks(self, cell: Cell) -> Mapping[str, Hardness]:
        """Who marked what there."""
        return {person: marks[cell] for person, marks in self.beliefs.items() if cell in marks}

    def spread(self, cell: Cell) -> tuple[tuple[Hardness | None, int], ...]:
        """How many marked what, the hardest first; None is how many of those who marked anything left it empty."""
        counted = Counter(self.marks(cell).values())
        empty = len(self.beliefs) - counted.total()
        said = [(how, counted[how]) for how in Hardness if counted[how]]
        return (*said, (None, empty)) if said and empty else tuple(said)

    def hardest(self, cell: Cell) -> Hardness | None:
        """The hardest that anybody marked; None where nobody did."""
        marked = set(self.marks(cell).values())
        return next((how for how in Hardness if how in marked), None)

    def needs(self) -> tuple[Cell, ...]:
        """The cells in which somebody marked a need that they know of."""
        return tuple(cell for cell in self.cells() if self.hardest(cell) in RANKS)

    @property
    def words(self) -> str:
        """The words it is found by; what is still blind is not told."""
        notices = () if self.blind else (each.text for each in self.notices)
        return "\n".join((*self.names.values(), *notices, *(pin.name for pin in self.pins)))
