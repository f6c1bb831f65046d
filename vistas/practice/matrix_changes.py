"""Two versions of a matrix, compared: what appeared, what went, what is thought to be harder or less hard now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vistas.practice.matrix import RANKS, Cell, Hardness, Matrix


class Sort(StrEnum):
    """Its value is what it is called where changes are listed."""

    APPEARED = "appeared"
    WENT = "went"
    HARDENED = "hardened"
    SOFTENED = "softened"


@dataclass(frozen=True, slots=True)
class Change:
    """`cell` is None where it is about an element as a whole. `says` is the change in words."""

    sort: Sort
    says: str
    cell: Cell | None = None


def compare(before: Matrix, after: Matrix) -> tuple[Change, ...]:
    """Element by element and cell by cell, by the hardest that anybody marked; appeared first, then gone."""
    found = [*_elements(before, after), *_cells(before, after)]
    order = list(Sort)
    return tuple(sorted(found, key=lambda each: order.index(each.sort)))


def _elements(before: Matrix, after: Matrix) -> Iterator[Change]:
    old, new = before.names, after.names
    for element_id in (each for each in new if each not in old):
        yield Change(Sort.APPEARED, f"{new[element_id]} is listed")
    for element_id in (each for each in old if each not in new):
        yield Change(Sort.WENT, f"{old[element_id]} is not listed any more")


def _cells(before: Matrix, after: Matrix) -> Iterator[Change]:
    names = {**before.names, **after.names}
    for cell in dict.fromkeys((*after.cells(), *before.cells())):
        was = before.hardest(cell) if before.is_open(cell) else None
        now = after.hardest(cell) if after.is_open(cell) else None
        a, b = names[cell[0]], names[cell[1]]
        if was == now:
            continue
        if was is None:
            yield Change(Sort.APPEARED, f"{a} needs {b}: {now}", cell)
        elif now is None:
            yield Change(Sort.WENT, f"{a} needs {b}: it was “{was}”", cell)
        else:
            sort = Sort.HARDENED if _rank(now) > _rank(was) else Sort.SOFTENED
            yield Change(sort, f"{a} needs {b}: “{was}” became “{now}”", cell)


def _rank(how: Hardness) -> int:
    return RANKS.get(how, 0)
