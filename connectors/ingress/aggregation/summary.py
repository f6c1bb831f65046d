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

from connectors.ingress.aggregation.packing import NameIndex, group_by
from connectors.ingress.reading.records import TIME
from vistas.requests.summary import OTHER

Columns = dict[str, pl.DataType | type[pl.DataType]]

PLACE: Columns = {"controller": pl.String, "host": pl.String, "service": pl.String, "status": pl.Int16}
SPAN: Columns = {"first": TIME, "last": TIME}
SLOWEST: Columns = {"slowest_seconds": pl.Float64, "slowest_upstream_seconds": pl.Float64, "slowest_at": TIME}


@dataclass(frozen=True, slots=True)
class SummaryTable:
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
        kept = [add_known(name) for name in self.sums]
        if self.spans:
            kept += [pl.col("first").min(), pl.col("last").max()]
        if self.sample:
            kept.append(pl.col("sample").first())
        if self.slowest:
            kept += of_the_slowest()
        return group_by(rows, list(self.keys), kept).select(*self.schema)

    def bounded(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The table within its bound; who is kept by name depends on the rows alone, not on their order."""
        if rows.height <= self.bound:
            return rows
        rows = plain(rows)
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


def named(rows: pl.DataFrame, names: NameIndex) -> pl.DataFrame:
    """The rows with the strings that group them as numbers, so that adding up compares no texts."""
    return rows.with_columns(pl.col(name).cast(names.type) for name in NAMED if name in rows.columns)


def plain(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with strings for names."""
    return rows.with_columns(pl.col(pl.Categorical).cast(pl.String))


def add_known(name: str) -> pl.Expr:
    """The sum of a column; null, where a column may be, if nothing in it is known."""
    added = pl.col(name).sum().cast(pl.UInt64)
    return pl.when(pl.col(name).count() > 0).then(added).alias(name) if name in RETRIED else added


def of_the_slowest() -> list[pl.Expr]:
    """The columns of `SLOWEST` as in the slowest row of a group; of equally slow ones, in the first."""
    slowest = pl.col("slowest_seconds").arg_max()
    return [pl.col(name).get(slowest) for name in SLOWEST]


COUNT: Columns = {"requests": pl.UInt64}
RETRIED: Columns = {"retried": pl.UInt64}
"""How many attempts were made again; null where no line says."""
MINUTES = SummaryTable(
    keys={"minute": TIME, **PLACE, "bucket": pl.UInt8},
    sums=COUNT | RETRIED,
    names=("host", "service"),
    bound=600_000,
    kept=40,
)
ROUTES = SummaryTable(
    keys={"method": pl.String, "route": pl.String, **PLACE, "bucket": pl.UInt8},
    sums=COUNT | RETRIED | {"response_bytes": pl.UInt64},
    names=("method", "route", "host", "service"),
    bound=150_000,
    kept=5_000,
    spans=True,
    slowest=True,
)
UPSTREAMS = SummaryTable(
    keys={"upstream": pl.String, "upstream_status": pl.Int16, **PLACE, "bucket": pl.UInt8},
    sums={"attempts": pl.UInt64} | RETRIED,
    names=("upstream",),
    bound=150_000,
    kept=1_000,
)
CLIENTS = SummaryTable(
    keys={"client": pl.String, **PLACE}, sums=COUNT, names=("client",), bound=300_000, kept=20_000
)
SAMPLE = 1_000
"""How many characters of a sample line are kept. It is cut after it is masked, so not within a secret."""
PATTERNS = SummaryTable(
    keys={"kind": pl.String, "pattern": pl.String},
    sums={"lines": pl.UInt64},
    names=("pattern",),
    bound=2_000,
    kept=300,
    spans=True,
    sample=True,
)
NAMED = ("controller", "host", "service", "method", "route", "upstream", "client")
TABLES: dict[str, SummaryTable] = {
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

    Client addresses, routes and samples are as written until `connectors.ingress.aggregation.redacting` has been
    over them.
    """

    counts: Counts
    tables: dict[str, pl.DataFrame]

    @classmethod
    def nothing(cls) -> Summary:
        return cls(Counts(), {name: table.empty() for name, table in TABLES.items()})

    @property
    def rows(self) -> int:
        return sum(table.height for table in self.tables.values())

    def plain(self) -> Summary:
        """With strings for names, as everybody but a gathering wants it."""
        return Summary(self.counts, {name: plain(table) for name, table in self.tables.items()})

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
    return _merge(summaries, NameIndex()).plain()


def _merge(summaries: Sequence[Summary], names: NameIndex) -> Summary:
    counts = sum((summary.counts for summary in summaries), Counts())
    tables = {}
    for name, table in TABLES.items():
        parts = [_named_alike(summary.tables[name], names) for summary in summaries if len(summary.tables[name])]
        rows = pl.concat(parts) if parts else table.empty()
        tables[name] = named(table.bounded(table.add_up(rows)), names)
    return Summary(counts, tables)


def _named_alike(rows: pl.DataFrame, names: NameIndex) -> pl.DataFrame:
    alike = all(kind == names.type for kind in rows.schema.values() if isinstance(kind, pl.Categorical))
    return named(rows if alike else plain(rows), names)


class Gathered:
    """A summary that grows. Parts are merged once they weigh as much as the whole: each row moves rarely."""

    LIGHT = 100_000
    MANY = 500

    def __init__(self) -> None:
        self.names = NameIndex()
        """What parts name their rows with, best of all; others are taken, too."""
        self._whole = Summary.nothing()
        self._parts: list[Summary] = []
        self._weight = 0

    def add(self, part: Summary) -> None:
        self._parts.append(part)
        self._weight += part.rows
        if self._weight > max(self.LIGHT, self._whole.rows) or len(self._parts) >= self.MANY:
            self._settle()

    def result(self) -> Summary:
        """Everything added so far."""
        self._settle()
        return self._whole.plain()

    def _settle(self) -> None:
        if self._parts:
            self._whole = _merge([self._whole, *self._parts], self.names)
            self._parts, self._weight = [], 0
        if self.names.many:
            # What nothing is called any more is forgotten with the names.
            self.names, self._whole = NameIndex(), self._whole.plain()
