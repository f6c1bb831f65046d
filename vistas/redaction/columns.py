"""Whole columns at once: what cannot hold a secret is left alone, the rest is masked once a distinct text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from vistas.redaction.rules import MASK, SECRETLY_NAMED

Mask = Callable[[str, Counter[str]], str]

_SHAPES = (
    r"(?i)pass|pwd|secret|token|jwt|credential|session|sessid|key|signature|string|cookie|authorization"
    r"|bearer|basic|negotiate|apikey|eyJ|://|@|-----BEGIN|%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\u00"
    r"|AKIA|ASIA|ABIA|ACCA|gh[oprsu]_|github_pat_|gl[a-z]+-|xox|xapp-|AIza|ya29|[rs]k_|sk-|SG\.|hv[bs]\."
    r"|npm_|pypi-|gl(?:c|sa)_|do[op]_v1_|dckr_pat_"
    r"|\d\.\d+\.\d+\.\d|:[0-9a-f]*:"
    r"|(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) \S{24}"
    r"|\"/\S{24}"
)
SUSPICIOUS = _SHAPES + r"|[?&#][^=]+="
"""Holds wherever any rule could find something. Wider than the rules, and one pass of a linear-time engine."""

_LONG_SEGMENT = r"|/[A-Za-z0-9_=+~-]{24}"
_SUSPICIOUS_TARGET = SUSPICIOUS + _LONG_SEGMENT + r"|\?"
_SUSPICIOUS_APART_FROM_VALUES = _SHAPES + _LONG_SEGMENT
_PLAIN_QUERY = r"^[^?#\s\"]*\?[\w.~\[\]-]+=[^&#;*?=\s\"'<>]+(?:&[\w.~\[\]-]+=[^&#;*?=\s\"'<>]+)*$"


def mask_texts(column: pl.Series, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.Series:
    return _mask(column, mask, counts, SUSPICIOUS if short_cuts else None)


def mask_targets(column: pl.Series, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.Series:
    """Most queries are plain pairs and hold nothing else: those are masked without leaving the column."""
    if not short_cuts:
        return _mask(column, mask, counts, None)
    plain = column.str.contains(_PLAIN_QUERY) & ~column.str.contains(_SUSPICIOUS_APART_FROM_VALUES)
    masked = column.filter(plain).str.replace_all("=[^&]+", f"={MASK}")
    if values := int(masked.str.count_matches("=", literal=True).sum()):
        counts["query value"] += values
    others = _mask(column.filter(~plain), mask, counts, _SUSPICIOUS_TARGET)
    places = pl.int_range(len(column), eager=True)
    taken = pl.concat([places.filter(plain), places.filter(~plain), places.filter(plain.is_null())])
    return pl.concat([masked, others, column.filter(plain.is_null())]).gather(taken.arg_sort()).alias(column.name)


def mask_all(column: pl.Series, mask: Mask, counts: Counter[str]) -> pl.Series:
    return _mask(column, mask, counts, None)


def _mask(column: pl.Series, mask: Mask, counts: Counter[str], pattern: str | None) -> pl.Series:
    changed = changes(column, mask, counts, pattern)
    return column.replace(list(changed), list(changed.values())) if changed else column


def changes(
    column: pl.Series, mask: Mask, counts: Counter[str], pattern: str | None = SUSPICIOUS
) -> dict[str, str]:
    """The texts that masking changes, with what becomes of them; `counts` grows by every occurrence."""
    if pattern is None:
        texts = column.drop_nulls()
    else:
        suspicious = column.str.contains(pattern)
        if not suspicious.any():
            return {}
        texts = column.filter(suspicious)
    changed: dict[str, str] = {}
    for text, times in texts.value_counts(name="times").iter_rows():
        once: Counter[str] = Counter()
        masked = mask(text, once)
        if masked != text:
            changed[text] = masked
        for rule, number in once.items():
            counts[rule] += number * times
    return changed


def mask_frame(data: pl.DataFrame, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.DataFrame:
    """Every string of a table, in lists and structs too; the value of a label named like a secret goes whole."""
    pattern = SUSPICIOUS if short_cuts else None
    harmless = _harmless(data, pattern) if pattern else frozenset[str]()
    return data.with_columns(
        _mask_nested(column.cast(_plain(column.dtype)), mask, counts, pattern)
        for column in data
        if _holds_text(column.dtype) and column.name not in harmless
    )


def _harmless(data: pl.DataFrame, pattern: str) -> frozenset[str]:
    """Which columns of plain text need no look: all of them are tried at once, since asking costs more each."""
    suspicious = data.select(pl.col(pl.String).str.contains(pattern).any())
    return frozenset(column.name for column in suspicious if not column.item())


def _mask_nested(column: pl.Series, mask: Mask, counts: Counter[str], pattern: str | None) -> pl.Series:
    if hidden := sum(int(_secretly_named(pairs).sum()) for pairs in _label_pairs(column)):
        counts["password"] += hidden
        column = _rewrite(column, {})
    changed: dict[str, str] = {}
    for texts in _texts(column):
        changed |= changes(texts, mask, counts, pattern)
    return _rewrite(column, changed) if changed else column


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


def _texts(column: pl.Series) -> Iterator[pl.Series]:
    """Every string in a column, one flat column for each place in its type."""
    if _is(column.dtype, pl.String):
        yield column
    elif _is(column.dtype, pl.List):
        yield from _texts(column.explode())
    elif _is(column.dtype, pl.Struct):
        for name in column.struct.fields:
            yield from _texts(column.struct.field(name))


def _label_pairs(column: pl.Series) -> Iterator[pl.Series]:
    """Every struct of a `name` and a `value` in a column, flat."""
    if _is(column.dtype, pl.List):
        yield from _label_pairs(column.explode())
    elif _is(column.dtype, pl.Struct):
        if _is_label_pair(column.dtype):
            yield column
        for name in column.struct.fields:
            yield from _label_pairs(column.struct.field(name))


def _is_label_pair(dtype: Any) -> bool:
    texts = {field.name for field in dtype.fields if _is(field.dtype, pl.String)}
    return {"name", "value"} <= texts


def _secretly_named(pairs: pl.Series) -> pl.Series:
    name, value = pairs.struct.field("name"), pairs.struct.field("value")
    return name.str.contains(SECRETLY_NAMED) & value.is_in(["", MASK]).not_()


def _rewrite(column: pl.Series, changed: dict[str, str]) -> pl.Series:
    """The column with every text looked up in `changed`, and secretly named values masked."""
    written = _rewriting(pl.col(column.name), column.dtype, changed)
    return column.to_frame().select(written.alias(column.name)).to_series()


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
