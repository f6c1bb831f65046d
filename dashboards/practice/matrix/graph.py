"""A dependency matrix as a graph: what carries stands left of what it carries."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from dashboards.components import packaged
from dashboards.practice.matrix.layout import layout
from vistas.practice.matrix import Cell, Matrix
from vistas.practice.matrix.observed import NOTHING, Observed
from vistas.practice.matrix.sequencing import Sequence


def matrix_graph(
    matrix: Matrix, found: Sequence[UUID], needs: tuple[Cell, ...], *, key: str, observed: Observed = NOTHING
) -> None:
    """Draw `needs`: by the hardest that anybody marked, and thin and dotted where they are only observed."""
    names, places = matrix.names, layout(found, needs)
    packaged.show(
        "practice/matrix/graph.js",
        key=key,
        data={
            "width": places.width,
            "height": places.height,
            "parts": [{"id": str(part), "name": names[part], **asdict(box)} for part, box in places.parts.items()],
            "cycles": [asdict(box) for box in places.cycles],
            "lines": [
                {
                    "needs": str(cell[0]),
                    "needed": str(cell[1]),
                    "path": path,
                    "how": str(matrix.hardest(cell) or ""),
                    "observed": cell in observed.cells,
                }
                for cell, path in places.lines.items()
            ],
        },
    )
