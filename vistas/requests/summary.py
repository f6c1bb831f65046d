"""Reading a `requests` frame: rates, status classes, latency percentiles. Pure functions on the documented table.

Latencies stand in buckets whose upper bounds are `BOUNDS`: ten to a decade from 1 ms to 100,000 s, rounded as
on a ruler (1, 1.25, 1.6, 2, …), and a last one without end. So a percentile is known to within 26 %, wherever
it lies, and two summaries add up row by row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from vistas.snapshot import Window

_RULER = (1.0, 1.25, 1.6, 2.0, 2.5, 3.15, 4.0, 5.0, 6.3, 8.0)
BOUNDS: tuple[float, ...] = (
    *(float(f"{step}e{decade}") for decade in range(-3, 5) for step in _RULER),
    100_000.0,
    float("inf"),
)
"""Upper bounds in seconds, inclusive, ascending."""

KEYS = ("minute", "host", "service", "status", "latency_le")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "minute": pl.Datetime("ms", "UTC"),
    "host": pl.String,
    "service": pl.String,
    "status": pl.Int16,
    "latency_le": pl.Float64,
    "requests": pl.UInt64,
}
OPTIONAL: dict[str, pl.DataType | type[pl.DataType]] = {"controller": pl.String, "retried": pl.UInt64}
"""Columns that a frame may have besides: which product answered, and how many attempts at an upstream were made
again (null where the format does not say). `controller` is a key like those of `KEYS`, `retried` adds up."""
OTHER = "(other)"
"""Stands for every host or service that was too small to be kept by its own name."""

STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 360, 1440))
_BOUNDS = pl.Series(BOUNDS[:-1], dtype=pl.Float64)


def step_for(window: Window, at_most: int = 450) -> timedelta:
    """The finest round step of which a window has at most so many; a minute at least."""
    return next((step for step in STEPS if window.span / step <= at_most), STEPS[-1])


def bucket_numbers(seconds: pl.Series) -> pl.Series:
    """The number of each latency's bucket in `BOUNDS` (UInt8); null where the latency is null or NaN."""
    numbers = _BOUNDS.search_sorted(seconds.fill_null(0.0), side="left").cast(pl.UInt8)
    return pl.select(pl.when(seconds.is_not_null() & seconds.is_not_nan()).then(numbers)).to_series()


def bucket_bounds(numbers: pl.Expr) -> pl.Expr:
    """The upper bounds in seconds of buckets given by number."""
    return numbers.replace_strict(dict(enumerate(BOUNDS)), return_dtype=pl.Float64)


def merge(cubes: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Several summaries as one: equal cells add up. Sorted by its keys; columns that one has, all have."""
    given = list(cubes)
    extra = {name: kind for name, kind in OPTIONAL.items() if any(name in cube.columns for cube in given)}
    schema = SCHEMA | extra
    keys = [*KEYS, *(name for name in extra if name == "controller")]
    together = pl.concat(
        [pl.DataFrame(schema=schema), *(with_columns_of(extra, cube).select(*schema) for cube in given)]
    )
    sums = [pl.col("requests").sum(), *(add_known(name) for name in extra if name == "retried")]
    return together.group_by(keys).agg(sums).select(*schema).sort(keys)


def with_columns_of(schema: Mapping[str, pl.DataType | type[pl.DataType]], cube: pl.DataFrame) -> pl.DataFrame:
    """The table with every column of the schema; those it lacks are null."""
    return cube.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items() if name not in cube.columns
    )


def add_known(name: str) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)


def bucket_of(seconds: float) -> tuple[float, float]:
    """The bounds of the bucket that a percentile was placed in: more of it is not known."""
    number = min(bisect_left(BOUNDS, seconds * (1 - 1e-9)), len(BOUNDS) - 1)
    return (BOUNDS[number - 1] if number else 0.0), BOUNDS[number]


def status_class(status: pl.Expr) -> pl.Expr:
    """`2xx` … `5xx`; `none` where there was no answer or no valid status."""
    hundreds = status // 100
    return pl.when(hundreds.is_between(1, 5)).then(pl.format("{}xx", hundreds)).otherwise(pl.lit("none"))


def totals(cube: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """`requests`, `errors_4xx`, `errors_5xx` (UInt64) and `error_ratio` (5xx among all), per value of `by`."""
    sums = (
        pl.col("requests").sum(),
        pl.col("requests").filter(pl.col("status").is_between(400, 499)).sum().alias("errors_4xx"),
        pl.col("requests").filter(pl.col("status").is_between(500, 599)).sum().alias("errors_5xx"),
    )
    summed = cube.group_by(by).agg(sums).sort(by) if by else cube.select(sums)
    return summed.with_columns((pl.col("errors_5xx") / pl.col("requests")).alias("error_ratio"))


def rate_per_minute(cube: pl.DataFrame, by: str = "", *, step: timedelta = timedelta(minutes=1)) -> pl.DataFrame:
    """Requests per minute over time: `time`, `name`, `per_minute`, one row a step and name, silent steps as 0.

    `by` is `host`, `service`, `status`, `class` (of the status), or empty for all together (`name` is then empty).
    A step is named by its begin; the first and the last may hold less than a whole step.
    """
    named = cube.select(
        pl.col("minute").dt.truncate(step).alias("time"), _name(by).alias("name"), pl.col("requests")
    )
    counted = named.group_by("time", "name").agg(pl.col("requests").sum())
    if counted.is_empty():
        return counted.select("time", "name", pl.lit(None, dtype=pl.Float64).alias("per_minute"))
    times = counted.select(pl.datetime_range(pl.col("time").min(), pl.col("time").max(), step).alias("time"))
    every = counted.select(pl.col("name").unique()).join(times, how="cross")
    minutes = step / timedelta(minutes=1)
    return (
        every.join(counted, on=["time", "name"], how="left")
        .select("time", "name", (pl.col("requests").fill_null(0) / minutes).alias("per_minute"))
        .sort("name", "time")
    )


def latency_over_time(
    cube: pl.DataFrame,
    quantiles: Sequence[float] = (0.5, 0.95, 0.99),
    by: str = "",
    *,
    step: timedelta = timedelta(minutes=1),
) -> pl.DataFrame:
    """Latency percentiles over time: `time`, `name`, `quantile`, `seconds`; steps without a latency are absent."""
    named = cube.with_columns(pl.col("minute").dt.truncate(step).alias("time"), _name(by).alias("name"))
    wide = percentiles(named, quantiles, ("time", "name"))
    return (
        wide.unpivot(index=["time", "name"], variable_name="quantile", value_name="seconds")
        .with_columns(pl.col("quantile").str.slice(1).cast(pl.Float64) / 100)
        .drop_nulls("seconds")
        .sort("name", "quantile", "time")
    )


def percentiles(
    cells: pl.DataFrame, quantiles: Sequence[float] = (0.5, 0.95, 0.99), by: Sequence[str] = ()
) -> pl.DataFrame:
    """One column a quantile (`p50`, `p95`, `p99`, in seconds), one row a value of `by`.

    `cells` has `latency_le` and `requests`. Within its bucket a percentile is placed evenly on a log scale;
    null where no request has a latency.
    """
    names = {quantile: f"p{quantile * 100:g}" for quantile in quantiles}
    timed = cells.filter(pl.col("latency_le").is_not_null() & (pl.col("requests") > 0))
    columns = list(by) or ["_all"]
    if not by:
        timed, cells = timed.with_columns(_all=pl.lit(0)), cells.with_columns(_all=pl.lit(0))
    summed = (
        timed.group_by(*columns, "latency_le").agg(pl.col("requests").sum().cast(pl.Float64)).sort("latency_le")
    )
    below = pl.col("requests").cum_sum().over(columns)
    counted = summed.with_columns(below=below, all=pl.col("requests").sum().over(columns))
    found = cells.select(columns).unique(maintain_order=True)
    for quantile, name in names.items():
        rank = pl.col("all") * quantile
        reached = counted.filter(pl.col("below") >= rank - 1e-9).group_by(columns, maintain_order=True).first()
        share = ((rank - (pl.col("below") - pl.col("requests"))) / pl.col("requests")).clip(0, 1)
        placed = reached.select(*columns, _within(pl.col("latency_le"), share).alias(name))
        found = found.join(placed, on=columns, how="left", nulls_equal=True)
    return found.sort(columns) if by else found.drop("_all")


def _within(upper: pl.Expr, share: pl.Expr) -> pl.Expr:
    """A latency `share` of the way through its bucket, on a log scale; the last, endless bucket is its begin."""
    lower = upper.replace_strict(
        dict(zip(BOUNDS[1:], BOUNDS[:-1], strict=True)), default=None, return_dtype=pl.Float64
    )
    inside = lower * (upper / lower) ** share
    return pl.when(upper == BOUNDS[0]).then(upper * share).when(upper.is_infinite()).then(lower).otherwise(inside)


def _name(by: str) -> pl.Expr:
    if by == "class":
        return status_class(pl.col("status"))
    if by == "status":
        return pl.col("status").cast(pl.String)
    return pl.col(by) if by else pl.lit("")
