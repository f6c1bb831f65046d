"""Two tables joined by what names their rows: which rows are on one side alone, and both sides of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from vistas.snapshot import Frame

THEN, NOW = "\x00then ", "\x00now "
"""Before the name of a column: how it was, and how it is."""
_THEN_AT, _NOW_AT = "\x00then at", "\x00now at"
_NUMBER: Final = "\x00number"
"""Of several rows with the same key each has its number."""
_WHOLE: Final = "\x00row"


@dataclass(frozen=True, slots=True)
class Joined:
    """`gone` and `new` are whole rows of one side; `before` and `after` those on both, in the same order.

    `columns` are those that both have, with their type. `unlike` are columns that only one of them has, or whose
    cells are of another type on each side: nothing can be said of them.
    """

    key: tuple[str, ...]
    gone: pl.DataFrame
    new: pl.DataFrame
    before: pl.DataFrame
    after: pl.DataFrame
    columns: dict[str, pl.DataType]
    unlike: tuple[str, ...]

    def side_by_side(self) -> pl.DataFrame:
        """Rows on both sides: the key, and each column in which any of them differs, as it was and as it is."""
        apart = [name for name in self.columns if not self.before[name].equals(self.after[name])]
        sides = ((THEN, self.before), (NOW, self.after))
        told = [side[name].alias(f"{when}{name}") for when, side in sides for name in apart]
        return pl.DataFrame([*(self.after[name] for name in self.key), *told])


def join(then: Frame, now: Frame) -> Joined | None:
    """None where their rows are named by different columns."""
    if (key := _shared_key(then, now)) is None:
        return None
    places = _places(_names(then.data, key), _names(now.data, key))
    matched = places.drop_nulls()
    return Joined(
        key=key,
        gone=then.data[places.filter(pl.col(_NOW_AT).is_null())[_THEN_AT]],
        new=now.data[places.filter(pl.col(_THEN_AT).is_null())[_NOW_AT]],
        before=then.data[matched[_THEN_AT]],
        after=now.data[matched[_NOW_AT]],
        columns=_shared(then.data, now.data, key),
        unlike=_unlike(then.data.schema, now.data.schema),
    )


def _names(data: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """What names a row; all that is in it where there is no key."""
    if key:
        return data.select(key)
    return pl.DataFrame({_WHOLE: [repr(row) for row in data.rows()]}, schema={_WHOLE: pl.String})


def _places(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The places of the same row on both sides, null where there is none; in the order of `then`, of `now`."""
    names = now.columns
    found = _full_join(then, now, names)
    matched = found.drop_nulls()
    if any(matched[place].n_unique() < matched.height for place in (_THEN_AT, _NOW_AT)):
        number = pl.int_range(pl.len()).over(names).alias(_NUMBER)
        found = _full_join(then.with_columns(number), now.with_columns(number), [*names, _NUMBER])
    return found.sort(_THEN_AT, _NOW_AT, nulls_last=True)


def _full_join(then: pl.DataFrame, now: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    before, after = then.with_row_index(_THEN_AT), now.with_row_index(_NOW_AT)
    return before.join(after, on=names, nulls_equal=True, how="full").select(_THEN_AT, _NOW_AT)


def _shared_key(then: Frame, now: Frame) -> tuple[str, ...] | None:
    if set(then.key) != set(now.key):
        return None
    types = [(then.data.schema[name], now.data.schema[name]) for name in now.key]
    return now.key if all(one == other and not one.is_nested() for one, other in types) else None


def _shared(then: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> dict[str, pl.DataType]:
    """Of a table without a key nothing is left that could differ."""
    if not key:
        return {}
    return {
        name: dtype for name, dtype in now.schema.items() if name not in key and then.schema.get(name) == dtype
    }


def _unlike(then: pl.Schema, now: pl.Schema) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
