"""A dependency matrix taken elsewhere, as CSV: one line for each cell of which there is something to say."""

from __future__ import annotations

import csv
from io import StringIO

from vistas.practice.decisions_export import harmless
from vistas.practice.matrix import Cell, Hardness, Matrix
from vistas.practice.matrix_observed import NOTHING, Observed


def write_csv(matrix: Matrix, observed: Observed = NOTHING) -> str:
    """How many marked what, and no names. A spreadsheet takes none of it for a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(["Row", "needs column", *(how.value for how in Hardness), "Observed", "Notices"])
    for cell in matrix.cells():
        line = _line(matrix, cell, observed)
        if any(line):
            names = (matrix.names[each] for each in cell)
            writer.writerow([harmless(each) for each in (*names, *line)])
    return buffer.getvalue()


def _line(matrix: Matrix, cell: Cell, observed: Observed) -> list[str]:
    spread = dict(matrix.spread(cell))
    notices = [notice.text for notice in matrix.notices if notice.cell == cell]
    counts = [str(spread[how]) if how in spread else "" for how in Hardness]
    return [*counts, ", ".join(observed.through(cell)), "\n".join(notices)]
