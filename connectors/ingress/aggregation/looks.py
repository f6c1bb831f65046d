"""What a look shows of a summary, and how its tables become frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from connectors.ingress.aggregation.summary import Summary
from vistas.requests.summary import OPTIONAL, SCHEMA, bucket_bounds
from vistas.snapshot import Frame, FrameKind


@dataclass(frozen=True, slots=True)
class Shown:
    frame: Frame
    warnings: tuple[str, ...] = ()


def minutes_of(summary: Summary, chosen: pl.Expr) -> pl.DataFrame:
    """The cells of a `requests` frame, with the columns that only some have."""
    return timed(summary.tables["minutes"].filter(chosen)).select(*SCHEMA, *OPTIONAL)


def timed(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells by number of bucket with its upper bound, `latency_le`, besides."""
    return cells.with_columns(bucket_bounds(pl.col("bucket")).alias("latency_le"))


def objects(rows: pl.DataFrame, key: Sequence[str]) -> Frame:
    return Frame(FrameKind.OBJECTS, rows, key=tuple(key))


def tail(rows: int, shown: int, what: str) -> tuple[str, ...]:
    """The warning that there were more."""
    return (f"Of {rows:,} {what}, the first {shown:,} are kept.",) if rows > shown else ()
