"""The value axis: where it begins and ends, and round marks on it in the look's unit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from vistas.formatting.values import format_value
from vistas.routine import Unit

_STEPS = (1, 2, 2.5, 5, 10)
_CLOCK = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400)
_TIMES = {
    Unit.MICROSECONDS: 1e-6,
    Unit.MILLISECONDS: 1e-3,
    Unit.SECONDS: 1.0,
    Unit.HOURS: 3600.0,
    Unit.DAYS: 86_400.0,
}
_HOUR, _DAY = 3600.0, 86_400.0
_NARROW, _LEVEL = 0.3, 0.02
_TINIEST, _HUGEST = 1e-200, 1e200


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    @property
    def room(self) -> int:
        """Pixels that the texts need."""
        return 10 + round(7.1 * max((len(text) for text in self.texts), default=1))


def scale(low: float, high: float, unit: Unit, marks: Iterable[float] = (), wanted: int = 4) -> Scale:
    """An axis for values from `low` to `high` that begins at zero unless that would flatten what is to be seen.

    `marks` (what normal is) are taken in as long as they do not flatten it either.
    Dates have no zero: their axis holds what there is.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        low, high = 0.0, 1.0
    low, high = _drawable(low), _drawable(high)
    for mark in () if unit is Unit.DATES else marks:
        if 0 <= mark <= 3 * max(high, 0):
            high = max(high, mark * 1.05)
    low, high = _bounds_of_dates(low, high) if unit is Unit.DATES else _bounds(low, high)
    step = _step((high - low) / wanted, unit)
    first = math.ceil(low / step - 1e-9)
    ticks = tuple(round(place * step, 12) for place in range(first, math.floor(high / step + 1e-9) + 1))
    return Scale(low, high, ticks, tuple(format_value(tick, unit) for tick in ticks))


def _drawable(level: float) -> float:
    """Levels that no arithmetic on an axis can bring to zero or to infinity."""
    return 0.0 if abs(level) < _TINIEST else min(max(level, -_HUGEST), _HUGEST)


def _bounds(low: float, high: float) -> tuple[float, float]:
    if low == high == 0:
        return 0.0, 1.0
    span = high - low
    if low > 0 and _LEVEL < span / high < _NARROW:
        return low - span * 0.15, high + span * 0.1
    return min(low * 1.06, 0.0), max(high * 1.06, 0.0)


def _bounds_of_dates(low: float, high: float) -> tuple[float, float]:
    span = max(high - low, _HOUR, 1e-9 * max(abs(low), abs(high)))
    return low - span * 0.15, high + span * 0.1


def _step(rough: float, unit: Unit) -> float:
    if unit is Unit.DATES:
        return _step_of_dates(rough)
    if unit in {Unit.BYTES, Unit.BYTES_PER_SECOND} and rough > 1:
        size = 1024 ** math.floor(math.log(rough, 1024))
        return float(size * _round_up(rough / size))
    if unit in _TIMES and 1 < rough * _TIMES[unit] < _CLOCK[-1]:
        return next(step for step in _CLOCK if step >= rough * _TIMES[unit] * 0.999) / _TIMES[unit]
    return _round_up(rough)


def _step_of_dates(rough: float) -> float:
    """By the clock, or whole days."""
    if rough < _DAY:
        return next(step for step in _CLOCK if step >= rough * 0.999)
    return math.ceil(_round_up(rough / _DAY)) * _DAY


def _round_up(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return float(next(step for step in _STEPS if step >= rough / size * 0.999) * size)
