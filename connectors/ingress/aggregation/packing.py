"""Groups by several columns as fast as by one, by packing their values into one whole number a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

_ROOM = 1 << 63
_MINUTE = 60_000
_ROW = "_row"


class NameIndex:
    """Numbers for strings, shared by all tables of one gathering: `type` is what columns of them are cast to."""

    MANY = 100_000

    def __init__(self) -> None:
        self._known = pl.Categories.random()
        self.type = pl.Categorical(self._known)

    @property
    def many(self) -> bool:
        """Whether so many strings were named that starting anew saves memory."""
        return self._known.to_series().len() > self.MANY


def group_by(
    rows: pl.DataFrame, keys: Sequence[str], sums: Iterable[pl.Expr], *, numbers: pl.DataFrame | None = None
) -> pl.DataFrame:
    """What `rows.group_by(keys).agg(sums)` gives; the keys are strings, names, whole numbers, or whole minutes.

    `numbers` are the keys' own where they are known already: see `pack`.
    """
    if rows.is_empty():
        return rows.group_by(keys).agg(sums)
    packed = pack(rows.select(keys)) if numbers is None else numbers
    grouped = (
        rows.hstack(packed)
        .with_row_index(_ROW)
        .group_by(packed.columns)
        .agg(pl.col(_ROW).first(), *sums)
        .drop(packed.columns)
    )
    values = rows.select(pl.col(name).gather(grouped[_ROW]) for name in keys)
    return values.hstack(grouped.drop(_ROW))


def pack(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row's values as the digits of one number; of more than one where they do not fit.

    Equal numbers for equal values, among these rows. A number can be packed again, together with others.
    """
    whole = rows.select(_whole(name, kind) for name, kind in rows.schema.items())
    edges = whole.select(
        pl.all().min().cast(pl.Int64).name.suffix("<"),
        pl.all().max().cast(pl.Int64).name.suffix(">"),
        pl.all().null_count().cast(pl.Int64).name.suffix("?"),
    ).row(0, named=True)
    numbers: list[pl.Expr] = []
    weight = _ROOM
    for name in whole.columns:
        low, nulls = edges[f"{name}<"] or 0, edges[f"{name}?"] > 0
        radix = (edges[f"{name}>"] or 0) - low + 1 + nulls
        if radix == 1 and numbers:
            continue
        digit = pl.col(name).cast(pl.Int64) - low
        digit = digit.fill_null(radix - 1) if nulls else digit
        if weight * radix >= _ROOM:
            numbers.append(digit)
            weight = radix
        else:
            numbers[-1] += digit * weight
            weight *= radix
    return whole.select(number.alias(f"_number_{place}") for place, number in enumerate(numbers))


def _whole(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as whole numbers, equal where its values are."""
    value = pl.col(name)
    if dtype == pl.String:
        return value.cast(NameIndex().type).to_physical()
    if isinstance(dtype, pl.Datetime):
        return value.to_physical() // _MINUTE
    return value.to_physical()
