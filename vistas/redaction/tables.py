"""Whole tables at once: every text in them, however deep in lists and structs, and labels named like secrets.

Looking through a column costs the same for ten texts as for hundreds. So all texts of a table are one column here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from vistas.redaction.columns import SUSPICIOUS, Mask, changes
from vistas.redaction.ordinary import is_drawn_label
from vistas.redaction.randomness import SHORTEST
from vistas.redaction.rules import MASK, SECRETLY_NAMED

_MAYBE_DRAWN = "[A-Z].*[a-z]|[a-z].*[A-Z]|[A-Za-z0-9]{20}"
"""Both cases, or long without a sign: all others are told from drawn ones without looking at their letters."""
_finds_a_secret = re.compile(SECRETLY_NAMED).search


def mask_frame(data: pl.DataFrame, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.DataFrame:
    """Every string of a table, in lists and structs too; the value of a label named like a secret goes whole."""
    data = data.with_columns(column.cast(_plain(column.dtype)) for column in data if _holds_text(column.dtype))
    places = [place for column in data if _holds_text(column.dtype) for place in _places(column)]
    if hidden := sum(_count_hidden(place) for place in places if _is_label_pair(place.dtype)):
        counts["password"] += hidden
        data = _rewrite(data, {})
        places = [place for column in data if _holds_text(column.dtype) for place in _places(column)]
    texts = [place.alias("text") for place in places if _is(place.dtype, pl.String)]
    changed = changes(pl.concat(texts), mask, counts, SUSPICIOUS if short_cuts else None) if texts else {}
    for place in places:
        if _is_label_pair(place.dtype):
            changed |= _drawn_values(place, changed, counts)
    return _rewrite(data, changed) if changed else data


def _is(dtype: Any, *kinds: type[pl.DataType]) -> bool:
    return isinstance(dtype, kinds)


def _holds_text(dtype: Any) -> bool:
    if _is(dtype, pl.List, pl.Array):
        return _holds_text(dtype.inner)
    if _is(dtype, pl.Struct):
        return any(_holds_text(field.dtype) for field in dtype.fields)
    return _is(dtype, pl.String, pl.Categorical, pl.Enum)


def _plain(dtype: Any) -> Any:
    """The same type with plain strings for categories and lists for arrays, so that any text fits."""
    if _is(dtype, pl.List, pl.Array):
        return pl.List(_plain(dtype.inner))
    if _is(dtype, pl.Struct):
        return pl.Struct({field.name: _plain(field.dtype) for field in dtype.fields})
    return pl.String() if _is(dtype, pl.Categorical, pl.Enum) else dtype


def _places(column: pl.Series) -> Iterator[pl.Series]:
    """A column, and every column within it, without the lists around them."""
    if _is(column.dtype, pl.List):
        yield from _places(column.explode())
        return
    yield column
    if _is(column.dtype, pl.Struct):
        for field in column.struct.unnest():
            yield from _places(field)


def _is_label_pair(dtype: Any) -> bool:
    if not _is(dtype, pl.Struct):
        return False
    texts = {field.name for field in dtype.fields if _is(field.dtype, pl.String)}
    return {"name", "value"} <= texts


def _count_hidden(pairs: pl.Series) -> int:
    """How many values stand beside the name of a secret."""
    fields = pairs.struct.unnest()
    name, value = fields["name"], fields["value"]
    secret = [text for text in set(name.to_list()) if text and _finds_a_secret(text)]
    return int((name.is_in(secret) & value.is_in(["", MASK]).not_()).sum()) if secret else 0


def _drawn_values(pairs: pl.Series, known: dict[str, str], counts: Counter[str]) -> dict[str, str]:
    """Values of labels that look random, where the name does not say that it is somebody's id."""
    fields = pairs.struct.unnest().select("name", "value").drop_nulls()
    long = fields.filter(
        (pl.col("value").str.len_bytes() >= SHORTEST) & pl.col("value").str.contains(_MAYBE_DRAWN)
    )
    found: dict[str, str] = {}
    for name, value, times in long.group_by("name", "value").len().iter_rows():
        if value not in known and is_drawn_label(name, value):
            found[value] = MASK
            counts["token"] += times
    return found


def _rewrite(data: pl.DataFrame, changed: dict[str, str]) -> pl.DataFrame:
    """The table with every text looked up in `changed`, and secretly named values masked."""
    return data.with_columns(
        _rewriting(pl.col(name), dtype, changed).alias(name)
        for name, dtype in data.schema.items()
        if _holds_text(dtype)
    )


def _rewriting(place: pl.Expr, dtype: Any, changed: dict[str, str]) -> pl.Expr:
    if _is(dtype, pl.String):
        return place.replace(changed) if changed else place
    if _is(dtype, pl.List) and _holds_text(dtype):
        return place.list.eval(_rewriting(pl.element(), dtype.inner, changed))
    if _is(dtype, pl.Struct) and _holds_text(dtype):
        fields = [
            _rewriting(place.struct.field(field.name), field.dtype, changed).alias(field.name)
            for field in dtype.fields
        ]
        if _is_label_pair(dtype):
            fields = [_hide_secretly_named(place, field) for field in fields]
        return pl.when(place.is_not_null()).then(pl.struct(fields))
    return place


def _hide_secretly_named(pair: pl.Expr, field: pl.Expr) -> pl.Expr:
    if field.meta.output_name() != "value":
        return field
    secret = pair.struct.field("name").str.contains(SECRETLY_NAMED) & (field != "")
    return pl.when(secret).then(pl.lit(MASK)).otherwise(field).alias("value")
