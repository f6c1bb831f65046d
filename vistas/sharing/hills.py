"""A vista's picture as outlines: up to four ridges of its own data, far to near, and the sun behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 190

_BANDS = ((0.42, 0.80), (0.28, 0.62), (0.14, 0.44), (0.04, 0.25))
"""How high each hill lies and rises, far to near, as shares of the picture's height."""

_PLAIN: tuple[tuple[float, ...], ...] = ((0.5, 0.5), (0.35, 0.6), (0.6, 0.3))
"""The land before anything was gathered: calm slopes."""


@dataclass(frozen=True, slots=True)
class Hills:
    """`slopes` are closed outlines in a picture of `WIDTH` by `HEIGHT`; `sun` is the middle of its disc."""

    slopes: tuple[str, ...]
    sun: tuple[float, float]
    width: int = WIDTH
    height: int = HEIGHT


def hills(ridges: Sequence[Sequence[float]]) -> Hills:
    layers = [ridge for ridge in ridges if len(ridge) > 1][: len(_BANDS)] or list(_PLAIN)
    bands = _BANDS[len(_BANDS) - len(layers) :] if len(layers) < 3 else _BANDS  # noqa: PLR2004 - few hills lie near
    slopes = tuple(_slope(ridge, *band) for ridge, band in zip(layers, bands, strict=False))
    return Hills(slopes, _sun(layers[0]))


def _slope(ridge: Sequence[float], low: float, high: float) -> str:
    last = len(ridge) - 1
    points = "L".join(
        f"{place / last * WIDTH:.1f} {HEIGHT * (1 - low - _clamped(height) * (high - low)):.1f}"
        for place, height in enumerate(ridge)
    )
    return f"M{points}V{HEIGHT}H0Z"


def _sun(ridge: Sequence[float]) -> tuple[float, float]:
    """Where the farthest ridge is lowest, away from the edges."""
    inner = range(len(ridge) // 10, max(len(ridge) - len(ridge) // 10, 1))
    lowest = min(inner, key=lambda place: (_clamped(ridge[place]), place))
    return round(WIDTH * (0.1 + 0.8 * lowest / (len(ridge) - 1)), 1), HEIGHT * 0.36


def _clamped(height: float) -> float:
    return min(max(height, 0.0), 1.0) if math.isfinite(height) else 0.0
