"""A dependency matrix in the browser, marked cell by cell by several people at once.

A mark lives in the browser until the server has it: it is sent again until it was answered, and one that comes
twice is kept once. What others mark meanwhile moves no focus and takes no words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from dashboards.components import outbox, packaged
from vistas.practice.landscape.dependencies import LookReference
from vistas.practice.matrix import Cell, CellNotice, Element, Hardness, Matrix
from vistas.practice.matrix.entries import CellEntry
from vistas.practice.matrix.observed import NOTHING, Observed

ENTRIES: Final = TypeAdapter(tuple[CellEntry, ...])

OnMark = Callable[[tuple[CellEntry, ...]], None]


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element in its place; `cycle` numbers the cycle it is in, None where it is in none."""

    element: Element
    cycle: int | None = None


def matrix_grid(
    matrix: Matrix,
    rows: Sequence[ElementRow],
    *,
    key: str,
    me: str,
    when: Callable[[CellNotice], str],
    observed: Observed = NOTHING,
    asked: Collection[Cell] = (),
    opens: Callable[[LookReference], str] = lambda _: "",
    on_mark: OnMark | None = None,
) -> None:
    """Draw what `me` may see of `matrix` (`Matrix.seen_by`), its elements in the order of `rows`.

    `asked` are the cells with a question open; `opens` gives the address at which evidence is seen. `on_mark` is
    called once for each thing done; a `VistasError` it raises is shown. Without it the matrix is to read only.
    """
    packaged.show(
        "practice/matrix/grid.js",
        key=key,
        on={"wrote": outbox.taking(key, ENTRIES, on_mark)},
        data={
            "key": key,
            "me": me,
            "writable": on_mark is not None,
            "blind": matrix.blind,
            "kinds": [how.value for how in Hardness],
            "people": sorted(matrix.beliefs),
            "rows": [{"id": str(row.element.id), "name": row.element.name, "cycle": row.cycle} for row in rows],
            "cells": _cells(matrix, observed, asked, opens, when),
            "answers": outbox.answers(key),
        },
    )


def _cells(
    matrix: Matrix,
    observed: Observed,
    asked: Collection[Cell],
    opens: Callable[[LookReference], str],
    when: Callable[[CellNotice], str],
) -> dict[str, dict[str, Any]]:
    """Only cells of which there is something to say."""
    said = {
        cell: {
            "who": [[person, how.value] for person, how in sorted(matrix.marks(cell).items())],
            "observed": list(observed.through(cell)),
            "evidence": _evidence(observed, cell, opens),
            "notices": [_notice(each, when) for each in matrix.notices if each.cell == cell],
            "asked": cell in asked,
        }
        for cell in matrix.cells()
    }
    return {f"{needs}/{needed}": data for (needs, needed), data in said.items() if any(data.values())}


def _evidence(observed: Observed, cell: Cell, opens: Callable[[LookReference], str]) -> list[dict[str, str]]:
    found = dict.fromkeys(each for one in observed.cells.get(cell, ()) for each in one.evidence)
    addresses = {each: opens(each) for each in found}
    return [{"says": f"{each.look} · {each.source}", "opens": to} for each, to in addresses.items() if to]


def _notice(notice: CellNotice, when: Callable[[CellNotice], str]) -> dict[str, str]:
    return {"id": str(notice.id), "by": notice.by, "when": when(notice), "text": notice.text}
