"""From the records and odd lines of one block to its summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from connectors.ingress.attempts import LISTS, each_attempt, total_seconds
from connectors.ingress.folding import fold_patterns, fold_routes
from connectors.ingress.parsing import OddLine, Parsed
from connectors.ingress.records import TIME
from connectors.ingress.summary import (
    CLIENTS,
    MINUTES,
    PATTERNS,
    PLACE,
    ROUTES,
    UPSTREAMS,
    Counts,
    Summary,
    pick_slowest,
    slowest_slot,
)
from vistas.requests_summary import bucket_numbers
from vistas.snapshot import Window

SAMPLE = 1_000
"""How many characters of a sample line are kept."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which requests count: those in the window (None: all) whose route begins with `route`."""

    window: Window | None = None
    route: str = ""


def summarise(parsed: Parsed, scope: Scope) -> Summary:
    """Requests of other routes than the scope's are left out of the tables, though not out of the counts."""
    records = parsed.records
    inside = records if scope.window is None else records.filter(_within(scope.window))
    counts = Counts(
        lines=parsed.lines,
        requests=inside.height,
        outside_window=records.height - inside.height,
        unparsed=parsed.unparsed,
        set_aside=parsed.set_aside,
        dialects=parsed.dialects,
        oldest=_edge(records["time"].min()),
        newest=_edge(records["time"].max()),
    )
    tables = {**_request_tables(_prepared(inside, scope.route)), "patterns": _patterns(parsed.odd, scope.window)}
    return Summary(counts, tables)


def _within(window: Window) -> pl.Expr:
    return pl.col("time").is_between(window.start, window.end, closed="left")


def _edge(time: object) -> datetime | None:
    return time if isinstance(time, datetime) else None


def _prepared(records: pl.DataFrame, route: str) -> pl.DataFrame:
    """The columns that the tables need, worked out once."""
    requests = records.with_columns(
        fold_routes(records["target"]).alias("route"),
        bucket_numbers(records["seconds"]).alias("bucket"),
        pl.col("time").dt.truncate("1m").alias("minute"),
        total_seconds(records["upstream_seconds"]).alias("slowest_upstream_seconds"),
        pl.col("seconds").alias("slowest_seconds"),
        pl.col("time").alias("slowest_at"),
    )
    return requests.filter(pl.col("route").str.starts_with(route)) if route else requests


def _request_tables(requests: pl.DataFrame) -> dict[str, pl.DataFrame]:
    count = pl.len().cast(pl.UInt64).alias("requests")
    routes = (
        requests.with_columns(_slot=slowest_slot("seconds"))
        .lazy()
        .group_by(list(ROUTES.keys))
        .agg(
            count,
            pl.col("response_bytes").sum(),
            pl.col("time").min().alias("first"),
            pl.col("time").max().alias("last"),
            pl.col("_slot").max(),
        )
    )
    lazy = requests.lazy()
    minutes, routed, clients = pl.collect_all(
        [
            lazy.group_by(list(MINUTES.keys)).agg(count),
            routes,
            lazy.group_by(list(CLIENTS.keys)).agg(count),
        ]
    )
    return {
        "minutes": minutes,
        "routes": pick_slowest(routed, requests).select(*ROUTES.schema),
        "upstreams": _upstreams(requests),
        "clients": clients,
    }


def _upstreams(requests: pl.DataFrame) -> pl.DataFrame:
    if requests["upstreams"].null_count() == requests.height:
        return UPSTREAMS.empty()
    attempts = each_attempt(requests.select(*PLACE, *LISTS))
    buckets = bucket_numbers(attempts["attempt_seconds"]).alias("bucket")
    return (
        attempts.with_columns(buckets)
        .group_by(list(UPSTREAMS.keys))
        .agg(
            pl.len().cast(pl.UInt64).alias("attempts"),
            pl.col("retried").sum().cast(pl.UInt64),
        )
    )


def _patterns(odd: Sequence[OddLine], window: Window | None) -> pl.DataFrame:
    if not odd:
        return PATTERNS.empty()
    lines = pl.DataFrame(
        {
            "kind": [line.kind for line in odd],
            "sample": [line.text[:SAMPLE] for line in odd],
            "time": [line.time for line in odd],
        },
        schema={"kind": pl.String, "sample": pl.String, "time": TIME},
    )
    if window is not None:
        lines = lines.filter(pl.col("time").is_null() | _within(window))
    rows = lines.select(
        "kind",
        fold_patterns(lines["sample"]).alias("pattern"),
        pl.lit(1, dtype=pl.UInt64).alias("lines"),
        pl.col("time").alias("first"),
        pl.col("time").alias("last"),
        "sample",
    )
    return PATTERNS.add_up(rows)
