"""Compares two versions of a matrix: what was added, what was removed, which needs became harder or softer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vistas.practice.matrix.state import RANKS, Cell, Hardness, Matrix


class ChangeKind(StrEnum):
    """Its value is what it is called where changes are listed."""

    APPEARED = "added"
    WENT = "removed"
    HARDENED = "stronger"
    SOFTENED = "weaker"


@dataclass(frozen=True, slots=True)
class MatrixChange:
    """`cell` is None where it is about an element as a whole. `text` is the change in words."""

    sort: ChangeKind
    text: str
    cell: Cell | None = None


def compare(before: Matrix, after: Matrix) -> tuple[MatrixChange, ...]:
    """Element by element and cell by cell, by the hardest that anybody marked; appeared first, then gone."""
    found = [*_elements(before, after), *_cells(before, after)]
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda each: order.index(each.sort)))


def _elements(before: Matrix, after: Matrix) -> Iterator[MatrixChange]:
    old, new = before.names, after.names
    for element_id in (each for each in new if each not in old):
        yield MatrixChange(ChangeKind.APPEARED, f"{new[element_id]} was added")
    for element_id in (each for each in old if each not in new):
        yield MatrixChange(ChangeKind.WENT, f"{old[element_id]} was removed")


def _cells(before: Matrix, after: Matrix) -> Iterator[MatrixChange]:
    names = {**before.names, **after.names}
    for cell in dict.fromkeys((*after.cells(), *before.cells())):
        was = before.hardest(cell) if before.is_open(cell) else None
        now = after.hardest(cell) if after.is_open(cell) else None
        a, b = names[cell[0]], names[cell[1]]
        if was == now:
            continue
        if was is None:
            yield MatrixChange(ChangeKind.APPEARED, f"{a} needs {b}: {now}", cell)
        elif now is None:
            yield MatrixChange(ChangeKind.WENT, f"{a} needs {b}: no longer “{was}”", cell)
        else:
            sort = ChangeKind.HARDENED if _rank(now) > _rank(was) else ChangeKind.SOFTENED
            yield MatrixChange(sort, f"{a} needs {b}: “{was}” became “{now}”", cell)


def _rank(how: Hardness) -> int:
    return RANKS.get(how, 0)
