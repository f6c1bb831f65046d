"""How far apart two numbers are, the same in both directions, and from where on that counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import polars as pl

from vistas.formatting.values import format_value
from vistas.routine import Unit

STEPS: Final = {
    Unit.NUMBER: 0.0,
    Unit.RATIO: 0.005,
    Unit.PERCENT: 0.5,
    Unit.MICROSECONDS: 20_000.0,
    Unit.MILLISECONDS: 20.0,
    Unit.SECONDS: 0.02,
    Unit.HOURS: 0.5,
    Unit.DAYS: 0.5,
    Unit.BYTES: 2.0**20,
    Unit.BYTES_PER_SECOND: 1024.0,
    Unit.BITS_PER_SECOND: 8000.0,
    Unit.PER_SECOND: 0.0,
    Unit.REQUESTS_PER_SECOND: 0.1,
    Unit.CORES: 0.05,
    Unit.DATES: 60.0,
}
"""A movement that is smaller than this counts nowhere."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number moved that is more than `share` away from the larger of the two, and `least` at least."""

    share: float
    least: float

    def passed(self, then: float, now: float) -> bool:
        apart, larger = abs(now - then), max(abs(then), abs(now))
        return apart > self.share * larger and apart >= self.least

    def passed_by(self, then: pl.Expr, now: pl.Expr) -> pl.Expr:
        """The same for columns; a number that appears or vanishes has passed, NaN is a number."""
        one, other = then.cast(pl.Float64), now.cast(pl.Float64)
        apart, larger = (other - one).abs(), pl.max_horizontal(one.abs(), other.abs())
        far = (apart > self.share * larger) & (apart >= self.least)
        unlike = one.is_null() | other.is_null() | ~one.is_finite() | ~other.is_finite()
        return pl.when(unlike).then(one.ne_missing(other)).otherwise(far)


def threshold_for(unit: Unit, share: float) -> Threshold:
    """Dates have no zero to be a share of: a minute counts."""
    return Threshold(0.0 if unit is Unit.DATES else share, STEPS[unit])


def distance(then: float, now: float, unit: Unit) -> float:
    """How far apart on a log scale that is even around zero, where a step of the unit is small.

    Of dates it is the time between them that is placed on that scale.
    """
    step = STEPS[unit] or 1.0
    if unit is Unit.DATES:
        return abs(math.asinh((now - then) / step))
    return abs(math.asinh(now / step) - math.asinh(then / step))


def distance_by(then: pl.Expr, now: pl.Expr, unit: Unit, step: float = 0.0) -> pl.Expr:
    """The same for columns, in the unit's step or another; what is no finite number, or not there, counts as 0.

    No column is of dates: those have a type of their own.
    """
    step = step or STEPS[unit] or 1.0
    placed = [_finite(each) / step for each in (then, now)]
    return (placed[1].arcsinh() - placed[0].arcsinh()).abs()


def _finite(values: pl.Expr) -> pl.Expr:
    numbers = values.cast(pl.Float64)
    return pl.when(numbers.is_finite()).then(numbers).otherwise(0.0)


def percent(share: float) -> str:
    return format_value(share, Unit.RATIO)
