"""Finds the unit of durations whose key does not tell: decided by evidence in the values, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from connectors.ingress.dialects import Dialect

_WRITTEN = (
    r"^(?:([0-9]+)h)?(?:([0-9]+)m)?(\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r" ?(ns|us|µs|μs|ms|s|sec|secs|seconds?)?$"
)
"""`250`, `12.5ms`, or `1h2m3.5s` as programs in Go write it."""
_UNITS = {
    "ns": 1e-9,
    **dict.fromkeys(("us", "µs", "μs"), 1e-6),
    "ms": 1e-3,
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
}
_LIKE_ENVOY = r"T\d\d:\d\d:\d\d\.\d{3}Z$"
"""A time as Envoy writes it unless told otherwise, which nginx and Apache do not."""


def seconds_by_evidence(values: pl.DataFrame, dialect: Dialect, names: Sequence[str]) -> pl.Expr:
    """The first of these that says how long, in a unit that it names or that is known."""
    milliseconds = _milliseconds(values, dialect)
    read = [_seconds(values[name], dialect.key_units[name], milliseconds) for name in names]
    return pl.coalesce(*read, pl.lit(None, pl.Float64))


def _milliseconds(values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    """Whether whole numbers are milliseconds: where Envoy wrote the line."""
    told = [pl.col(name).is_not_null() for name in dialect.in_milliseconds if name in values.columns]
    times = [name for name in dialect.fields["time"] if name in values.columns]
    written = [pl.col(name).str.contains(_LIKE_ENVOY).fill_null(value=False) for name in times]
    return pl.any_horizontal(*told, *written, pl.lit(value=False))


def _seconds(written: pl.Series, unit: str, milliseconds: pl.Expr) -> pl.Expr:
    value, numbers = pl.lit(written), written.cast(pl.Float64, strict=False)
    if numbers.null_count() == written.null_count():
        known = _factor(value, pl.lit(numbers), unit, milliseconds)
        return _plausible(pl.lit(numbers) * known)
    hours, minutes, number, said = (value.str.extract(_WRITTEN, place) for place in range(1, 5))
    count = number.cast(pl.Float64, strict=False)
    before = hours.cast(pl.Float64).fill_null(0) * 3600 + minutes.cast(pl.Float64).fill_null(0) * 60
    known = _factor(number, count, unit, milliseconds)
    factor = pl.when(said.is_null()).then(known).otherwise(said.replace_strict(_UNITS, default=None))
    return _plausible(before + count * factor)


def _factor(number: pl.Expr, count: pl.Expr, unit: str, milliseconds: pl.Expr) -> pl.Expr:
    """How many seconds a number without a unit counts; null where nobody knows."""
    if unit not in ("point", "either"):
        return pl.lit(_UNITS.get(unit), pl.Float64)
    whole = ~number.str.contains("[.eE]")
    known = pl.when(~whole | (count == 0)).then(1.0)
    return known if unit == "point" else pl.when(whole & milliseconds).then(1e-3).otherwise(known)


def _plausible(seconds: pl.Expr) -> pl.Expr:
    return pl.when(seconds.is_finite() & (seconds >= 0)).then(seconds.round(9))
