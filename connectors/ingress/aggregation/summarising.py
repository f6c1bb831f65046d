"""From the records and odd lines of one block to its summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from connectors.ingress.aggregation.folding import fold_patterns, fold_routes
from connectors.ingress.aggregation.packing import NameIndex, group_by, pack
from connectors.ingress.aggregation.summary import (
    CLIENTS,
    MINUTES,
    PATTERNS,
    PLACE,
    ROUTES,
    TABLES,
    UPSTREAMS,
    Counts,
    Summary,
    SummaryTable,
    add_known,
    named,
    of_the_slowest,
)
from connectors.ingress.reading.attempts import LISTS, each_attempt, several_attempts, somebody, total_seconds
from connectors.ingress.reading.parsing import OddLine, Parsed
from connectors.ingress.reading.records import TIME
from vistas.requests.summary import bucket_numbers
from vistas.snapshot import Window

MINUTE = 60_000
"""In the unit of a record's time."""

ODD_AT_ONCE = 8_192


@dataclass(frozen=True, slots=True)
class SummaryScope:
    """Which requests count, in which tables: those in the window (None: all) whose route begins with `route`."""

    window: Window | None = None
    route: str = ""
    tables: frozenset[str] = frozenset(TABLES)


def summarise(parsed: Parsed, scope: SummaryScope, names: NameIndex | None = None) -> Summary:
    """Requests of other routes than the scope's are left out of the tables, though not out of the counts.

    With a gathering's `names` the rows stay as it adds them up.
    """
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
    tables = _request_tables(_prepared(inside, scope.route, names or NameIndex()), scope.tables)
    summary = Summary(counts, {**tables, "patterns": _patterns(parsed.odd, scope.window)})
    return summary if names else summary.plain()


def _within(window: Window) -> pl.Expr:
    return pl.col("time").is_between(window.start, window.end, closed="left")


def _edge(time: object) -> datetime | None:
    return time if isinstance(time, datetime) else None


def _prepared(records: pl.DataFrame, route: str, names: NameIndex) -> pl.DataFrame:
    """The columns that the tables need, worked out once."""
    several = several_attempts(records["upstreams"])
    requests = records.with_columns(
        fold_routes(records["target"], names.type).alias("route"),
        bucket_numbers(records["seconds"]).alias("bucket"),
        (pl.col("time").to_physical() // MINUTE * MINUTE).cast(TIME).alias("minute"),
        total_seconds(records["upstream_seconds"], several).alias("slowest_upstream_seconds"),
        pl.col("seconds").alias("slowest_seconds"),
        pl.col("time").alias("slowest_at"),
        pl.col("retries").cast(pl.UInt32).alias("retried"),
        several.alias("_several"),
    )
    return named(
        requests.filter(pl.col("route").cast(pl.String).str.starts_with(route)) if route else requests, names
    )


def _request_tables(requests: pl.DataFrame, wanted: frozenset[str]) -> dict[str, pl.DataFrame]:
    place = pack(requests.select(*PLACE)).rename(lambda name: f"place{name}")
    requests = requests.hstack(place)
    count, again = pl.len().cast(pl.UInt64).alias("requests"), add_known("retried")
    make: dict[str, Callable[[], pl.DataFrame]] = {
        "minutes": lambda: _grouped(MINUTES, requests, [count, again], place.columns),
        "routes": lambda: _routes(requests, [count, again], place.columns),
        "upstreams": lambda: _upstreams(requests, place.columns),
        "clients": lambda: _grouped(CLIENTS, requests, [count], place.columns),
    }
    return {name: table() if name in wanted else TABLES[name].empty() for name, table in make.items()}


def _routes(requests: pl.DataFrame, sums: list[pl.Expr], place: list[str]) -> pl.DataFrame:
    kept = [
        pl.col("response_bytes").sum(),
        pl.col("time").min().alias("first"),
        pl.col("time").max().alias("last"),
        *of_the_slowest(),
    ]
    return _grouped(ROUTES, requests, [*sums, *kept], place).select(*ROUTES.schema)


def _grouped(table: SummaryTable, rows: pl.DataFrame, sums: list[pl.Expr], place: list[str]) -> pl.DataFrame:
    """The rows of a table, whose place has been packed into the columns `place`."""
    short = [*(key for key in table.keys if key not in PLACE), *place]
    return group_by(rows, list(table.keys), sums, numbers=pack(rows.select(short)))


def _upstreams(requests: pl.DataFrame, place: list[str]) -> pl.DataFrame:
    """Lists of several attempts are few: only these are taken apart line by line, others once they are counted."""
    if requests["upstreams"].null_count() == requests.height:
        return UPSTREAMS.empty()
    several = requests["_several"]
    some = several.any()
    lone = _lone_attempts(requests.filter(~several) if some else requests, place)
    parts = [lone, _listed_attempts(requests.filter(several))] if some else [lone]
    attempts = pl.concat(parts).with_columns(pl.col("upstream").cast(requests.schema["host"]))
    return UPSTREAMS.add_up(attempts)


def _lone_attempts(requests: pl.DataFrame, place: list[str]) -> pl.DataFrame:
    written = ["upstreams", "upstream_statuses"]
    timed = requests.with_columns(bucket_numbers(requests["slowest_upstream_seconds"]).alias("bucket"))
    short = pack(timed.select(*written, *place, "bucket"))
    counted = group_by(timed, [*written, *PLACE, "bucket"], [pl.len().alias("attempts")], numbers=short)
    return counted.filter(somebody("upstreams")).select(
        pl.col("upstreams").alias("upstream"),
        pl.col("upstream_statuses").cast(pl.Int16, strict=False).alias("upstream_status"),
        *PLACE,
        "bucket",
        pl.col("attempts").cast(pl.UInt64),
        pl.lit(0, dtype=pl.UInt64).alias("retried"),
    )


def _listed_attempts(requests: pl.DataFrame) -> pl.DataFrame:
    attempts = each_attempt(requests.select(*PLACE, *LISTS))
    return attempts.select(
        "upstream",
        "upstream_status",
        *PLACE,
        bucket_numbers(attempts["attempt_seconds"]).alias("bucket"),
        pl.lit(1, dtype=pl.UInt64).alias("attempts"),
        pl.col("retried").cast(pl.UInt64),
    )


def _patterns(odd: Sequence[OddLine], window: Window | None) -> pl.DataFrame:
    """Some lines at a time, each time within the table's bound: however odd they are, they take little room."""
    if not odd:
        return PATTERNS.empty()
    rows = PATTERNS.empty()
    for begin in range(0, len(odd), ODD_AT_ONCE):
        more = _pattern_rows(odd[begin : begin + ODD_AT_ONCE], window)
        rows = PATTERNS.bounded(PATTERNS.add_up(pl.concat([rows, more])))
    return rows


def _pattern_rows(odd: Sequence[OddLine], window: Window | None) -> pl.DataFrame:
    lines = pl.DataFrame(
        {
            "kind": [line.kind for line in odd],
            "sample": [line.text for line in odd],
            "time": [line.time for line in odd],
        },
        schema={"kind": pl.String, "sample": pl.String, "time": TIME},
    )
    if window is not None:
        lines = lines.filter(pl.col("time").is_null() | _within(window))
    return lines.select(
        "kind",
        fold_patterns(lines["sample"]).alias("pattern"),
        pl.lit(1, dtype=pl.UInt64).alias("lines"),
        pl.col("time").alias("first"),
        pl.col("time").alias("last"),
        "sample",
    )
