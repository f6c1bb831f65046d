"""Rows into Polars tables. The only module here that needs Polars to be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from connectors.kubernetes.columns import Holds, ObjectKind, Row
from vistas.redaction import Redaction

ADDRESS = r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\[[0-9A-Fa-f:]*:[0-9A-Fa-f:]+\]"
ADDRESS_RULE = "cluster address"
TIME = pl.Datetime("ms", "UTC")

_TYPES: dict[Holds, pl.DataType] = {
    Holds.TEXT: pl.String(),
    Holds.TEXTS: pl.List(pl.String()),
    Holds.WHOLE: pl.Int64(),
    Holds.NUMBER: pl.Float64(),
    Holds.YES: pl.Boolean(),
    Holds.TIME: TIME,
}


def make_table(columns: Mapping[str, Holds], rows: Sequence[Row]) -> pl.DataFrame:
    """One row each; a column that a row does not name is null there."""
    schema = {name: _TYPES[holds] for name, holds in columns.items()}
    # Where rows are few, taking them as they are costs far less than a list for each column.
    return pl.from_dicts(rows, schema) if rows else pl.DataFrame(schema=schema)


def join_pages(columns: Mapping[str, Holds], pages: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The pages of one list, each from `make_table` with these columns; a later page may have more."""
    return pl.concat(list(pages) or [make_table(columns, ())], how="diagonal", rechunk=True)


def printed_texts(table: pl.DataFrame, kind: ObjectKind) -> list[str]:
    """The columns of text that the server printed: anything may stand in them."""
    return [name for name, holds in table.schema.items() if name not in kind.columns and holds == pl.String]


def redact(table: pl.DataFrame, spoken: Iterable[str], redaction: Redaction) -> pl.DataFrame:
    """The table with its columns of free text masked, and the addresses of nodes and pods taken out of them."""
    columns = [table[name] for name in spoken]
    if not columns:
        return table
    masked = redaction.frame(pl.DataFrame(columns))
    # Looking through a column costs the same for ten texts as for hundreds: so they are one column here.
    together = pl.concat([column.alias("text") for column in masked])
    if found := int(together.str.count_matches(ADDRESS).sum()):
        redaction.counts[ADDRESS_RULE] += found
        masked = masked.with_columns(pl.all().str.replace_all(ADDRESS, "(address)"))
    return table.with_columns(masked)
