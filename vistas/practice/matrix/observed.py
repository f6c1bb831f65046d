"""Observed dependencies as cells of a matrix.

An element stands for an observed part with the same name, or with the same last part of its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from vistas.practice.landscape import Dependency
from vistas.practice.matrix.state import Cell, Matrix


@dataclass(frozen=True, slots=True)
class Observed:
    """`cells` says what was seen in each; `elements` are those of which anything was seen at all."""

    cells: Mapping[Cell, tuple[Dependency, ...]]
    elements: frozenset[UUID]

    def through(self, cell: Cell) -> tuple[str, ...]:
        """The witnesses' names, each once."""
        return tuple(dict.fromkeys(str(each) for one in self.cells.get(cell, ()) for each in one.through))


NOTHING = Observed({}, frozenset())


def match(matrix: Matrix, dependencies: Iterable[Dependency]) -> Observed:
    """Each dependency in the cells of the elements that its names mean; a name that means several means none."""
    called = _called(matrix)
    cells: defaultdict[Cell, list[Dependency]] = defaultdict(list)
    elements: set[UUID] = set()
    for one in dependencies:
        needs, needed = _meant(called, one.needs), _meant(called, one.needed)
        elements |= {each for each in (needs, needed) if each is not None}
        if needs is not None and needed is not None and needs != needed:
            cells[needs, needed].append(one)
    return Observed({cell: tuple(found) for cell, found in cells.items()}, frozenset(elements))


def _called(matrix: Matrix) -> Mapping[str, frozenset[UUID]]:
    called: defaultdict[str, set[UUID]] = defaultdict(set)
    for element in matrix.shown:
        called[element.name.casefold()].add(element.id)
    return {name: frozenset(meant) for name, meant in called.items()}


def _meant(called: Mapping[str, frozenset[UUID]], name: str) -> UUID | None:
    """`shop/checkout` is the element of that name, or else the one called `checkout`."""
    whole = name.casefold()
    for tried in (whole, whole.rpartition("/")[2]):
        meant = called.get(tried, frozenset())
        if len(meant) == 1:
            return next(iter(meant))
    return None
