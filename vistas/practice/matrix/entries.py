"""The entries of a matrix's journal, and how each changes the matrix.

A person's newest mark in a cell is their belief. An entry that no longer makes sense when it is applied has no
effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Discriminator, StringConstraints, TypeAdapter

from vistas.practice.matrix.state import MOST_ELEMENTS, Cell, CellNotice, Element, Hardness, Matrix, Name, Pin
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.practice.session import OneLine
from vistas.store import Journals
from vistas.vista import new_id

KIND = "matrix"
NoticeWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class ElementAdded(EntryBody):
    """At the end; a name that is there already is not added twice, and a removed one of that name comes back."""

    type: Literal["element-added"] = "element-added"
    id: UUID
    name: Name

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        known = _named(matrix, self.name)
        if known is not None:
            return _changed(matrix, replace(known, removed=False)) if _has_room(matrix) else matrix
        if matrix.element(self.id) is not None or not _has_room(matrix):
            return matrix
        return replace(matrix, elements=(*matrix.elements, Element(self.id, self.name)))


class ElementRenamed(EntryBody):
    type: Literal["element-renamed"] = "element-renamed"
    id: UUID
    name: Name

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        element, known = matrix.element(self.id), _named(matrix, self.name)
        if element is None or (known is not None and known.id != self.id):
            return matrix
        return _changed(matrix, replace(element, name=self.name))


class ElementRemoved(EntryBody):
    """Out of sight, with its marks; it comes back with them."""

    type: Literal["element-removed"] = "element-removed"
    id: UUID

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        element = matrix.element(self.id)
        return matrix if element is None else _changed(matrix, replace(element, removed=True))


class Ordered(EntryBody):
    """Elements in a new order; those that it does not name come last, as they stood."""

    type: Literal["ordered"] = "ordered"
    elements: tuple[UUID, ...]

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        named = [element for each in dict.fromkeys(self.elements) if (element := matrix.element(each))]
        rest = [each for each in matrix.elements if each not in named]
        return replace(matrix, elements=(*named, *rest))


class Believed(EntryBody):
    """One person's mark in one cell; None takes it away."""

    type: Literal["believed"] = "believed"
    needs: UUID
    needed: UUID
    how: Hardness | None

    def apply(self, matrix: Matrix, stamp: Stamp) -> Matrix:
        cell, person = (self.needs, self.needed), stamp.by
        if person is None or not matrix.is_open(cell):
            return matrix
        marks = {each: how for each, how in matrix.beliefs.get(person, {}).items() if each != cell}
        if self.how is not None:
            marks[cell] = self.how
        return replace(matrix, beliefs={**matrix.beliefs, person: marks})


class CellNoticed(EntryBody):
    """A few words on a cell; other words of the same author under the same id take their place."""

    type: Literal["cell-noticed"] = "cell-noticed"
    id: UUID
    needs: UUID
    needed: UUID
    text: NoticeWords

    def apply(self, matrix: Matrix, stamp: Stamp) -> Matrix:
        cell: Cell = (self.needs, self.needed)
        before = next((each for each in matrix.notices if each.id == self.id), None)
        if not matrix.is_open(cell) or (before is not None and before.by != stamp.by):
            return matrix
        others = tuple(each for each in matrix.notices if each.id != self.id)
        notice = CellNotice(self.id, cell, self.text, stamp.by or "", before.at if before else stamp.at)
        return replace(matrix, notices=(*others, notice))


class CellNoticeTakenBack(EntryBody):
    """By its author."""

    type: Literal["cell-notice-taken-back"] = "cell-notice-taken-back"
    id: UUID

    def apply(self, matrix: Matrix, stamp: Stamp) -> Matrix:
        kept = tuple(each for each in matrix.notices if each.id != self.id or each.by != stamp.by)
        return replace(matrix, notices=kept)


class BlindBegan(EntryBody):
    """From now on each sees only their own marks, until they are revealed."""

    type: Literal["blind-began"] = "blind-began"

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        return replace(matrix, blind=True)


class MarksRevealed(EntryBody):
    type: Literal["marks-revealed"] = "marks-revealed"

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        return replace(matrix, blind=False)


class ObservedAttached(EntryBody):
    """The vista that shows what is observed; None takes it off."""

    type: Literal["observed-attached"] = "observed-attached"
    vista: UUID | None

    def apply(self, matrix: Matrix, _: Stamp) -> Matrix:
        return replace(matrix, observed=self.vista)


class Pinned(EntryBody):
    """The matrix as it is now gets a name, to be compared with later; of one name the newest counts."""

    type: Literal["pinned"] = "pinned"
    name: OneLine

    def apply(self, matrix: Matrix, stamp: Stamp) -> Matrix:
        others = tuple(pin for pin in matrix.pins if pin.name != self.name)
        return replace(matrix, pins=(*others, Pin(self.name, stamp.number, stamp.by or "", stamp.at)))


CellEntry = Annotated[Believed | CellNoticed | CellNoticeTakenBack, Discriminator("type"), renamed(does="type")]
"""What people write on the grid itself."""

MatrixEntry = Annotated[
    ElementAdded
    | ElementRenamed
    | ElementRemoved
    | Ordered
    | Believed
    | CellNoticed
    | CellNoticeTakenBack
    | BlindBegan
    | MarksRevealed
    | ObservedAttached
    | Pinned,
    Discriminator("type"),
    renamed(does="type"),
]


def notebook(journals: Journals) -> Notebook[Matrix, MatrixEntry]:
    return Notebook(journals, KIND, TypeAdapter(MatrixEntry), Matrix(), lambda matrix: matrix.words)


def added(names: Iterable[str]) -> tuple[ElementAdded, ...]:
    """Entries that add these names, the empty ones left out."""
    return tuple(ElementAdded(id=new_id(), name=name[:80]) for name in names if name.strip())


def _named(matrix: Matrix, name: str) -> Element | None:
    return next((each for each in matrix.elements if each.name.casefold() == name.casefold()), None)


def _has_room(matrix: Matrix) -> bool:
    return len(matrix.shown) < MOST_ELEMENTS


def _changed(matrix: Matrix, element: Element) -> Matrix:
    return replace(matrix, elements=tuple(element if each.id == element.id else each for each in matrix.elements))
