"""Which rows stand for each other though their names changed, and what they are together.

A row is grouped with those of its owner; without one, with those whose key is the same but for what changes with
every rollout (`vistas.mornings.comparison.volatile`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from vistas.formatting.columns import unit_of
from vistas.mornings.comparison.tables.joining import Joined
from vistas.mornings.comparison.tables.rules import DECLARED, Column, Rule
from vistas.mornings.comparison.volatile import LET_GO, stable_column
from vistas.routine import Unit

OF_ONE_ROW: Final = frozenset({"node", "owner", "owner_kind", "qos", "last_exit_code", "completions", "is_ready"})
"""Columns that say nothing of several rows together."""
FACTS: Final = frozenset({"images", "status", "restarts"})
"""What is told of an owner that is new or gone."""
ADDED_UP: Final = frozenset({Unit.BYTES, Unit.CORES, Unit.NUMBER})
"""Of what is measured in another unit the highest counts."""

GROUP, OWNED, GROUPED = "\x00group ", "\x00owned", "\x00grouped"

Name = tuple[str | None, ...]
"""The cells that name a group."""


def is_numeric(column: Column) -> bool:
    """Whether rows of a group are added up in this column, or their highest counts."""
    return column.dtype.is_numeric() and not set(DECLARED).intersection(column.name.split("_"))


def kept(columns: Sequence[Column]) -> list[Column]:
    """The columns that say something of several rows together."""
    return [
        column
        for column in columns
        if column.name not in OF_ONE_ROW
        and column.rule in {Rule.ANY, Rule.COUNTED, Rule.MEASURED}
        and (column.dtype.is_numeric() or column.dtype in (pl.String, pl.Boolean, pl.List(pl.String)))
    ]


def has_owners(joined: Joined) -> bool:
    """Whether rows on both sides say who made them."""
    return "name" in joined.key and all(joined.columns.get(name) == pl.String for name in ("owner", "owner_kind"))


def group_keys(joined: Joined, schema: Mapping[str, pl.DataType]) -> list[str]:
    """The columns that name a group; none where nothing of a key stays, or its columns are no text."""
    stay = [name for name in joined.key if name not in LET_GO]
    if not stay or any(schema[name] != pl.String for name in joined.key):
        return []
    return [f"{GROUP}{name}" for name in (*stay, *(["owner_kind"] if has_owners(joined) else []))]


def _named(joined: Joined) -> dict[str, pl.Expr]:
    """The columns that name a row's group, and whether that is its owner."""
    owned = pl.col("owner").fill_null("") != "" if has_owners(joined) else pl.lit(value=False)
    groups = {name: _stable(name, owned) for name in joined.key if name not in LET_GO}
    if has_owners(joined):
        groups["name"] = pl.when(owned).then("owner").otherwise(groups["name"])
        groups["owner_kind"] = pl.when(owned).then("owner_kind").otherwise(pl.lit(""))
    return {**{f"{GROUP}{name}": group for name, group in groups.items()}, OWNED: owned}


def _stable(name: str, owned: pl.Expr) -> pl.Expr:
    """What stays of a name; of one that is not asked for, since its owner is known, nothing is worked out."""
    column = pl.col(name)
    return stable_column(name, pl.when(~owned).then(column) if name == "name" else column)


def marked(rows: pl.DataFrame, joined: Joined) -> pl.DataFrame:
    """The rows with the columns that name their group, and whether that is a shorter name than their own."""
    names = _named(joined)
    stay = [name for name in joined.key if name not in LET_GO]
    lost = pl.lit(len(stay) < len(joined.key))
    changed = (names[f"{GROUP}{name}"].ne_missing(pl.col(name)) for name in stay)
    return rows.with_columns(**names, **{GROUPED: pl.any_horizontal(names[OWNED], lost, *changed)})


def affected(*sides: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The groups of marked rows, one row each."""
    return pl.concat([rows.lazy().filter(GROUPED).select(keys) for rows in sides]).unique().collect()


def outside(rows: pl.DataFrame, groups: Collection[Name], keys: Sequence[str]) -> pl.DataFrame:
    """Of marked rows those that are in none of the groups."""
    inside = [name in groups for name in rows.select(keys).iter_rows()]
    return rows.filter(~(pl.Series(inside, dtype=pl.Boolean) & rows[GROUPED]))


def members(rows: pl.DataFrame, groups: pl.DataFrame, joined: Joined) -> pl.DataFrame:
    """The rows of these groups, with the columns that name them."""
    named = rows.lazy().with_columns(**_named(joined))
    return named.join(groups.lazy(), on=groups.columns, nulls_equal=True, how="semi").collect()


def differing(columns: Sequence[Column], then: pl.DataFrame, now: pl.DataFrame) -> list[Column]:
    """Those that are `kept`, and are not one and the same in all of these rows; `FACTS` in any case."""
    return [column for column in kept(columns) if column.name in FACTS or not _is_constant(column.name, then, now)]


def _is_constant(name: str, then: pl.DataFrame, now: pl.DataFrame) -> bool:
    one, other = then[name].head(1), now[name].head(1)
    return one.equals(other) and then[name].n_unique() == now[name].n_unique() == 1


@dataclass(frozen=True, slots=True)
class Total:
    """What rows of one group are together.

    Of a numeric column the sum, or the highest; of every other the texts of all rows that have one, sorted.
    """

    copies: int
    owned: bool
    cells: Mapping[str, float | list[str] | None]


NOTHING: Final = Total(0, owned=False, cells={})


def totals(rows: pl.DataFrame, keys: Sequence[str], columns: Sequence[Column]) -> dict[Name, Total]:
    """Each group of `members`, by its name."""
    told = rows.select(*keys, OWNED, *(_cells(column).alias(f"\x00{column.name}") for column in columns))
    groups: dict[Name, list[tuple[Any, ...]]] = {}
    for row in told.iter_rows():
        groups.setdefault(row[: len(keys)], []).append(row[len(keys) :])
    return {name: _total(found, columns) for name, found in groups.items()}


def _cells(column: Column) -> pl.Expr:
    cells = pl.col(column.name)
    if is_numeric(column):
        return cells.cast(pl.Float64)
    return cells.list.join(", ") if isinstance(column.dtype, pl.List) else cells.cast(pl.String)


def _total(rows: Sequence[tuple[Any, ...]], columns: Sequence[Column]) -> Total:
    owned, *cells = zip(*rows, strict=True)
    told = zip(columns, cells, strict=True)
    return Total(len(rows), any(owned), {column.name: _together(column, found) for column, found in told})


def _together(column: Column, cells: Iterable[Any]) -> float | list[str] | None:
    known = [cell for cell in cells if cell is not None]
    if not is_numeric(column):
        return sorted(known)
    if column.dtype.is_integer() or unit_of(column.name) in ADDED_UP:
        return float(sum(known))
    return max(known, default=None)
