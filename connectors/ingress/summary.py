"""What is kept of a log: counts, and tables of cells that add up.

`lines = requests + outside_window + set_aside + unparsed`, always. Summaries of parts merge into the summary of
the whole, in any grouping; only where a table outgrows its bound is its tail drawn together as `(other)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from connectors.ingress.records import TIME
from vistas.requests_summary import OTHER

Columns = dict[str, pl.DataType | type[pl.DataType]]

PLACE: Columns = {"host": pl.String, "service": pl.String, "status": pl.Int16}
SPAN: Columns = {"first": TIME, "last": TIME}
SLOWEST: Columns = {"slowest_seconds": pl.Float64, "slowest_upstream_seconds": pl.Float64, "slowest_at": TIME}


@dataclass(frozen=True, slots=True)
class Table:
    """How one table adds up: rows with equal `keys` become one, `sums` added, the span widened, the slowest kept.

    Beyond `bound` rows the values of `names` outside the `kept` largest by `sums[0]` become `(other)`.
    """

    keys: Columns
    sums: Columns
    names: tuple[str, ...]
    bound: int
    kept: int
    spans: bool = False
    slowest: bool = False
    sample: bool = False

    @property
    def schema(self) -> Columns:
        extra = (SPAN if self.spans else {}) | (SLOWEST if self.slowest else {})
        return self.keys | self.sums | extra | ({"sample": pl.String} if self.sample else {})

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.schema)

    def add_up(self, rows: pl.DataFrame) -> pl.DataFrame:
        """One row for each set of keys. What is equally slow, or a sample, is taken from the earlier row."""
        kept = [pl.col(name).sum() for name in self.sums]
        if self.spans:
            kept += [pl.col("first").min(), pl.col("last").max()]
        if self.sample:
            kept.append(pl.col("sample").first())
        if not self.slowest:
            return rows.group_by(list(self.keys)).agg(kept)
        summed = (
            rows.with_columns(_slot=slowest_slot("slowest_seconds"))
            .group_by(list(self.keys))
            .agg(*kept, pl.col("_slot").max())
        )
        return pick_slowest(summed, rows).select(*self.schema)

    def bounded(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The table within its bound; who is kept by name depends on the rows alone, not on their order."""
        if rows.height <= self.bound:
            return rows
        weight = next(iter(self.sums))
        names = list(self.names)
        ranking = (
            rows.group_by(names)
            .agg(pl.col(weight).sum())
            .sort(pl.col(weight), *names, descending=[True, *(False for _ in names)])
        )
        large = ranking.head(self.kept).select(*names, _large=pl.lit(value=True))
        marked = rows.join(large, on=names, how="left", nulls_equal=True, maintain_order="left")
        other = [
            pl.when(pl.col("_large")).then(pl.col(name)).otherwise(pl.lit(OTHER)).alias(name) for name in names
        ]
        return self.add_up(marked.with_columns(other).drop("_large"))


_ROWS = 1 << 23


def slowest_slot(seconds: str) -> pl.Expr:
    """One number that is largest for the slowest row, and among equals for the first."""
    microseconds = (pl.col(seconds).clip(0, 400_000) * 1e6).round().cast(pl.UInt64)
    return microseconds * _ROWS + (_ROWS - 1 - pl.int_range(0, pl.len(), dtype=pl.UInt64))


def pick_slowest(summed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of `SLOWEST` from the row that each `_slot` names."""
    row = (_ROWS - 1 - summed["_slot"] % _ROWS).cast(pl.UInt32)
    return summed.drop("_slot").with_columns(rows[name].gather(row).alias(name) for name in SLOWEST)


COUNT: Columns = {"requests": pl.UInt64}
MINUTES = Table(
    keys={"minute": TIME, **PLACE, "bucket": pl.UInt8},
    sums=COUNT,
    names=("host", "service"),
    bound=600_000,
    kept=40,
)
ROUTES = Table(
    keys={"method": pl.String, "route": pl.String, **PLACE, "bucket": pl.UInt8},
    sums={**COUNT, "response_bytes": pl.UInt64},
    names=("method", "route", "host", "service"),
    bound=150_000,
    kept=5_000,
    spans=True,
    slowest=True,
)
UPSTREAMS = Table(
    keys={"upstream": pl.String, "upstream_status": pl.Int16, **PLACE, "bucket": pl.UInt8},
    sums={"attempts": pl.UInt64, "retried": pl.UInt64},
    names=("upstream",),
    bound=150_000,
    kept=1_000,
)
CLIENTS = Table(keys={"client": pl.String, **PLACE}, sums=COUNT, names=("client",), bound=300_000, kept=20_000)
PATTERNS = Table(
    keys={"kind": pl.String, "pattern": pl.String},
    sums={"lines": pl.UInt64},
    names=("pattern",),
    bound=2_000,
    kept=300,
    spans=True,
    sample=True,
)
TABLES: dict[str, Table] = {
    "minutes": MINUTES,
    "routes": ROUTES,
    "upstreams": UPSTREAMS,
    "clients": CLIENTS,
    "patterns": PATTERNS,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines were what. `dialects` counts every line that was read as a request, in the window or not."""

    lines: int = 0
    requests: int = 0
    outside_window: int = 0
    unparsed: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    dialects: Counter[str] = field(default_factory=Counter)
    oldest: datetime | None = None
    newest: datetime | None = None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.lines + other.lines,
            self.requests + other.requests,
            self.outside_window + other.outside_window,
            self.unparsed + other.unparsed,
            self.set_aside + other.set_aside,
            self.dialects + other.dialects,
            min((time for time in (self.oldest, other.oldest) if time), default=None),
            max((time for time in (self.newest, other.newest) if time), default=None),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """`oldest` and `newest` in the counts are of all request lines; the tables hold the window's only.

    Client addresses, routes and samples are as written until `connectors.ingress.redacting` has been over them.
    """

    counts: Counts
    tables: dict[str, pl.DataFrame]

    @classmethod
    def nothing(cls) -> Summary:
        return cls(Counts(), {name: table.empty() for name, table in TABLES.items()})

    @property
    def rows(self) -> int:
        return sum(table.height for table in self.tables.values())

    @property
    def drawn_together(self) -> tuple[str, ...]:
        """The tables that outgrew their bound."""
        return tuple(
            name
            for name, table in TABLES.items()
            if (self.tables[name][table.names[0]] == OTHER).any()
            or (self.tables[name][table.names[-1]] == OTHER).any()
        )


def merge(summaries: Sequence[Summary]) -> Summary:
    """The summary of everything that the given ones summarise, in their order."""
    counts = sum((summary.counts for summary in summaries), Counts())
    tables = {}
    for name, table in TABLES.items():
        rows = pl.concat([table.empty(), *(summary.tables[name] for summary in summaries)])
        tables[name] = table.bounded(table.add_up(rows))
    return Summary(counts, tables)


class Gathered:
    """A summary that grows. Parts are merged once they weigh as much as the whole: each row moves rarely."""

    LIGHT = 200_000
    MANY = 500

    def __init__(self) -> None:
        self._whole = Summary.nothing()
        self._parts: list[Summary] = []
        self._weight = 0

    def add(self, part: Summary) -> None:
        self._parts.append(part)
        self._weight += part.rows
        if self._weight > max(self.LIGHT, self._whole.rows) or len(self._parts) >= self.MANY:
            self.result()

    def result(self) -> Summary:
        """Everything added so far."""
        if self._parts:
            self._whole = merge([self._whole, *self._parts])
            self._parts, self._weight = [], 0
        return self._whole
