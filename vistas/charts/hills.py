"""Where the hills and the sun stand in a vista's picture. The renderers only draw what is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_BANDS = ((0.42, 0.80), (0.28, 0.62), (0.14, 0.44), (0.04, 0.25))
"""How high each hill lies and rises, far to near, as shares of the picture's height."""

_PLAIN: tuple[tuple[float, ...], ...] = ((0.5, 0.5), (0.35, 0.6), (0.6, 0.3))
"""The land before anything was gathered: calm slopes."""


@dataclass(frozen=True, slots=True)
class Hills:
    """`slopes` are far to near, each a line from the left edge to the right in shares of the picture's height.

    `hollow` is where the farthest ridge is lowest, away from the edges: how far along and how high, from 0 to 1.
    """

    slopes: tuple[tuple[float, ...], ...]
    hollow: tuple[float, float]


def hills(ridges: Sequence[Sequence[float]]) -> Hills:
    """Up to four hills of ridges that are scaled to 0…1, far to near; never none."""
    layers = [ridge for ridge in ridges if len(ridge) > 1][: len(_BANDS)] or list(_PLAIN)
    bands = _BANDS[len(_BANDS) - len(layers) :] if len(layers) < 3 else _BANDS  # noqa: PLR2004 - few hills lie near
    slopes = (_slope(ridge, *band) for ridge, band in zip(layers, bands, strict=False))
    return Hills(tuple(slopes), _hollow(layers[0]))


def _slope(ridge: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    return tuple(low + _clamped(height) * (high - low) for height in ridge)


def _hollow(ridge: Sequence[float]) -> tuple[float, float]:
    margin = len(ridge) // 10
    lowest = min(range(margin, len(ridge) - margin), key=lambda place: _clamped(ridge[place]))
    return lowest / (len(ridge) - 1), _clamped(ridge[lowest])


def _clamped(height: float) -> float:
    return min(max(height, 0.0), 1.0) if math.isfinite(height) else 0.0
