"""Requests by route, or by what else tells them apart: how many, how they went, how long they took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from connectors.ingress.aggregation.looks import timed
from connectors.ingress.aggregation.summary import Summary
from vistas.requests.summary import percentiles, totals

NOT_SAID = "(not said)"
READ: Mapping[str, frozenset[str]] = {
    "service": frozenset({"service"}),
    "host": frozenset({"host"}),
    "upstream": frozenset({"upstreams", "upstream_statuses", "upstream_seconds"}),
    "status": frozenset(),
}
"""Which fields of a dialect are read besides, for what requests are told apart by."""
_NOTHING = pl.DataFrame(
    schema={
        "name": pl.String,
        "requests": pl.UInt64,
        "errors_4xx": pl.UInt64,
        "errors_5xx": pl.UInt64,
        "p95": pl.Float64,
        "slowest": pl.Float64,
    }
)


def by_route(summary: Summary) -> pl.DataFrame:
    return _counted(summary.tables["routes"], ["method", "route"])


def grouped(summary: Summary, by: str) -> pl.DataFrame:
    """By `name`. For upstreams each attempt at one is counted, with the status and time that it had."""
    if not by:
        return _NOTHING
    if by == "upstream":
        attempts = (
            summary.tables["upstreams"]
            .drop("status")
            .rename({"attempts": "requests", "upstream_status": "status"})
        )
        cells = attempts.with_columns(slowest_seconds=pl.lit(None, pl.Float64))
    else:
        cells = summary.tables["routes"]
    name = pl.col(by).cast(pl.String)
    return _counted(cells.with_columns(name=pl.when(name == "").then(pl.lit(NOT_SAID)).otherwise(name)), ["name"])


def _counted(cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    key = list(keys)
    counted = totals(cells, key).drop("error_ratio")
    slow = percentiles(timed(cells), (0.95,), key)
    slowest = cells.group_by(key).agg(pl.col("slowest_seconds").max().alias("slowest"))
    return (
        counted.join(slow, on=key, how="left", nulls_equal=True)
        .join(slowest, on=key, how="left", nulls_equal=True)
        .sort("requests", *key, descending=[True, *(False for _ in key)])
    )
