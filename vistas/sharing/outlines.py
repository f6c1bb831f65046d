"""A vista's picture as outlines for an SVG: up to four hills, far to near, and the sun behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vistas.charts.hills import hills

WIDTH, HEIGHT = 1000, 190


@dataclass(frozen=True, slots=True)
class Outlines:
    """`slopes` are closed paths in a picture of `width` by `height`; `sun` is the middle of its disc."""

    slopes: tuple[str, ...]
    sun: tuple[float, float]
    width: int = WIDTH
    height: int = HEIGHT


def outlines(ridges: Sequence[Sequence[float]]) -> Outlines:
    land = hills(ridges)
    along, _ = land.hollow
    return Outlines(
        tuple(_path(slope) for slope in land.slopes), (round(WIDTH * (0.1 + 0.8 * along), 1), HEIGHT * 0.36)
    )


def _path(slope: Sequence[float]) -> str:
    last = len(slope) - 1
    points = "L".join(
        f"{place / last * WIDTH:.1f} {HEIGHT * (1 - height):.1f}" for place, height in enumerate(slope)
    )
    return f"M{points}V{HEIGHT}H0Z"
