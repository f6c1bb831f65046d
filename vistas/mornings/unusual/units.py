"""How numbers of each unit are compared: their smallest step, and whether differences or ratios count."""

from __future__ import annotations

from typing import Final

from vistas.routine import Unit

BY_RATIO: Final = frozenset(
    {
        Unit.NUMBER,
        Unit.MICROSECONDS,
        Unit.MILLISECONDS,
        Unit.SECONDS,
        Unit.BYTES_PER_SECOND,
        Unit.BITS_PER_SECOND,
        Unit.PER_SECOND,
        Unit.REQUESTS_PER_SECOND,
    }
)
"""Counts, rates of counts and latencies: twice as much is as far from usual as half."""
_STEPS: Final = {
    Unit.RATIO: 0.001,
    Unit.PERCENT: 0.1,
    Unit.MICROSECONDS: 1000.0,
    Unit.MILLISECONDS: 1.0,
    Unit.SECONDS: 0.001,
    Unit.HOURS: 0.25,
    Unit.DAYS: 0.25,
    Unit.BYTES: 2.0**20,
    Unit.BYTES_PER_SECOND: 2.0**10,
    Unit.BITS_PER_SECOND: 8000.0,
    Unit.REQUESTS_PER_SECOND: 0.1,
    Unit.CORES: 0.01,
}
_WHOLE: Final = 1.0
_FRACTION: Final = 0.01


def smallest_step(unit: Unit, *, whole: bool) -> float:
    """The least difference that means anything. `whole` says that a series has whole numbers only."""
    return _STEPS.get(unit, _WHOLE if whole else _FRACTION)
