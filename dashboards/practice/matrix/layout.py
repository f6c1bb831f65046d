"""Where the parts of a dependency graph stand: layer by layer from left to right, each cycle in a frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from vistas.practice.matrix import Cell
from vistas.practice.matrix.sequencing import Sequence

WIDE, HIGH = 150.0, 38.0
BESIDE, BELOW = 74.0, 18.0
FRAME: Final = 14.0
MARGIN: Final = 24.0


@dataclass(frozen=True, slots=True)
class Box:
    """Its upper left corner and its size, in pixels."""

    x: float
    y: float
    width: float = WIDE
    height: float = HIGH


@dataclass(frozen=True, slots=True)
class MatrixLayout:
    """`lines` are the paths from what is needed to what needs it, as SVG writes them."""

    width: float
    height: float
    parts: Mapping[UUID, Box]
    cycles: tuple[Box, ...]
    lines: Mapping[Cell, str]


def layout(found: Sequence[UUID], needs: Iterable[Cell]) -> MatrixLayout:
    """No two parts overlap; what is needed stands left of what needs it, but in a cycle, which is one column."""
    pairs = tuple(needs)
    columns: dict[int, list[tuple[UUID, ...]]] = {}
    for block in found.blocks:
        columns.setdefault(found.layers[block[0]], []).append(block)
    tallest = max((_height(blocks) for blocks in columns.values()), default=0.0)
    parts: dict[UUID, Box] = {}
    for layer in sorted(columns):
        blocks = sorted(columns[layer], key=lambda block: _desired_height(block, parts, pairs))
        parts.update(_column(blocks, layer, (tallest - _height(blocks)) / 2))
    return MatrixLayout(
        width=max((box.x + box.width for box in parts.values()), default=0.0) + MARGIN,
        height=tallest + 2 * MARGIN,
        parts=parts,
        cycles=tuple(_frame([parts[part] for part in block]) for block in found.cycles),
        lines={cell: _line(parts[cell[1]], parts[cell[0]]) for cell in pairs},
    )


def _height(blocks: list[tuple[UUID, ...]]) -> float:
    parts = sum(len(block) for block in blocks)
    frames = sum(2 * FRAME for block in blocks if len(block) > 1)
    return parts * (HIGH + BELOW) - BELOW + frames if parts else 0.0


def _desired_height(block: tuple[UUID, ...], parts: Mapping[UUID, Box], needs: tuple[Cell, ...]) -> float:
    """How high it would stand if it stood beside what carries it; what nothing carries stays where it is."""
    carriers = [parts[needed].y for needing, needed in needs if needing in block and needed in parts]
    return sum(carriers) / len(carriers) if carriers else 0.0


def _column(blocks: list[tuple[UUID, ...]], layer: int, top: float) -> dict[UUID, Box]:
    x, y = MARGIN + layer * (WIDE + BESIDE), MARGIN + top
    parts: dict[UUID, Box] = {}
    for block in blocks:
        inset = FRAME if len(block) > 1 else 0.0
        y += inset
        for part in block:
            parts[part] = Box(x, y)
            y += HIGH + BELOW
        y += inset
    return parts


def _frame(boxes: list[Box]) -> Box:
    x, y = boxes[0].x - FRAME, boxes[0].y - FRAME
    return Box(x, y, WIDE + 2 * FRAME, boxes[-1].y + HIGH + FRAME - y)


def _line(needed: Box, needs: Box) -> str:
    """From the right side of the one to the left side of the other; within a column along its right side."""
    start = (needed.x + needed.width, needed.y + HIGH / 2)
    if needed.x == needs.x:
        end = (needs.x + needs.width, needs.y + HIGH / 2)
        out = start[0] + min(BESIDE * 0.75, 16 + abs(end[1] - start[1]) / 4)
        start = (start[0], start[1] + (6 if end[1] > start[1] else -6))
        return f"M {start[0]:g} {start[1]:g} C {out:g} {start[1]:g} {out:g} {end[1]:g} {end[0] + 3:g} {end[1]:g}"
    end = (needs.x - 3, needs.y + HIGH / 2)
    bend = BESIDE * 0.6
    return (
        f"M {start[0]:g} {start[1]:g} C {start[0] + bend:g} {start[1]:g} "
        f"{end[0] - bend:g} {end[1]:g} {end[0]:g} {end[1]:g}"
    )
