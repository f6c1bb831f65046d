"""A dependency matrix taken elsewhere, as CSV: one line for each cell of which there is something to say."""

from __future__ import annotations

from collections.abc import Iterator

from vistas.practice.matrix.observed import NOTHING, Observed
from vistas.practice.matrix.state import Cell, Hardness, Matrix
from vistas.sharing.escaping import as_csv


def write_csv(matrix: Matrix, observed: Observed = NOTHING) -> str:
    """How many marked what, and no names."""
    heads = ["Row", "needs column", *(how.value for how in Hardness), "Observed", "Notices"]
    return as_csv(heads, _rows(matrix, observed))


def _rows(matrix: Matrix, observed: Observed) -> Iterator[list[str]]:
    for cell in matrix.cells():
        line = _line(matrix, cell, observed)
        if any(line):
            yield [*(matrix.names[each] for each in cell), *line]


def _line(matrix: Matrix, cell: Cell, observed: Observed) -> list[str]:
    spread = dict(matrix.spread(cell))
    notices = [notice.text for notice in matrix.notices if notice.cell == cell]
    counts = [str(spread[how]) if how in spread else "" for how in Hardness]
    return [*counts, ", ".join(observed.through(cell)), "\n".join(notices)]
