"""What `vistas logs --json` says; its shape is described in the guide, and only ever added to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from vistas.requests.summary import bucket_of, percentiles

if TYPE_CHECKING:
    from vistas.extensions.logs import LogOverview

QUANTILES = (0.5, 0.95, 0.99)


def outcome(overview: LogOverview, by: str, top: int | None) -> dict[str, Any]:
    statuses = overview.cells.group_by("status").agg(pl.col("requests").sum()).sort("status")
    slow = percentiles(overview.cells, QUANTILES)
    percentile = slow.row(0, named=True) if slow.height else {"p50": None, "p95": None, "p99": None}
    return {
        "lines": overview.lines,
        "requests": overview.requests,
        "set_aside": sum(overview.set_aside.values()),
        "set_aside_by_kind": dict(overview.set_aside),
        "unparsed": overview.unparsed,
        "dialects": dict(overview.dialects),
        "window": {
            "from": overview.first.isoformat() if overview.first else None,
            "to": overview.last.isoformat() if overview.last else None,
        },
        "status": {str(status): number for status, number in statuses.iter_rows()},
        "latency_seconds": percentile,
        "latency_buckets_seconds": {name: _bucket(seconds) for name, seconds in percentile.items()},
        "slowest_seconds": overview.routes["slowest"].max(),
        "routes": [*_rows(overview.routes, top)],
        **({"by": by, "groups": [*_rows(overview.groups, top)]} if by else {}),
        "samples": [*_samples(overview.samples)],
        "problems": [*overview.problems],
        "notes": [*overview.notes],
    }


def _bucket(seconds: float | None) -> list[float | None] | None:
    """Between which two bounds a percentile lies; there may be no upper one."""
    if seconds is None:
        return None
    low, high = bucket_of(seconds)
    return [low, None if math.isinf(high) else high]


def _rows(table: pl.DataFrame, top: int | None) -> Iterator[dict[str, Any]]:
    for row in table.head(table.height if top is None else top).iter_rows(named=True):
        slow, slowest = row.pop("p95"), row.pop("slowest")
        yield {**row, "p95_bucket_seconds": _bucket(slow), "slowest_seconds": slowest}


def _samples(samples: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row in samples.iter_rows(named=True):
        dialect, fits, lacks = row.pop("nearest"), row.pop("fits"), row.pop("lacks")
        yield {**row, "nearest": {"dialect": dialect, "fits_letters": fits, "lacks": lacks} if dialect else None}
