"""Masks whole columns: those that cannot hold a secret are skipped, else each distinct text is masked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl

from vistas.redaction.addresses import query_values
from vistas.redaction.rules import MASK, SHAPES

Mask = Callable[[str, Counter[str]], str]

_UNSEEN = r"%[0-9a-fA-F]{2}|\\x[0-9a-fA-F]{2}|\\u00|\\[nrt/]|&(?:#\w+|[a-z]+);"
_CLIENTS = r"\d\.\d+\.\d+\.\d|(?i::[0-9a-f]*:)"
_APART_FROM_VALUES = "|".join(
    (*(shape for find, shape in SHAPES.items() if find is not query_values), _UNSEEN, _CLIENTS)
)
SUSPICIOUS = f"{_APART_FROM_VALUES}|{SHAPES[query_values]}"
"""Holds wherever any rule could find something, through escapes too. One pass of a linear-time engine."""
_SUSPICIOUS_TARGET = SUSPICIOUS + r"|\?"
_PLAIN_QUERY = r"^[^?#\s\"]*\?[\w.~\[\]-]+=[^&#;*?=\s\"'<>]+(?:&[\w.~\[\]-]+=[^&#;*?=\s\"'<>]+)*$"


def mask_texts(column: pl.Series, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.Series:
    return _mask(column, mask, counts, SUSPICIOUS if short_cuts else None)


def mask_targets(column: pl.Series, mask: Mask, counts: Counter[str], *, short_cuts: bool = True) -> pl.Series:
    """Most queries are plain pairs and hold nothing else: those are masked without leaving the column."""
    if not short_cuts:
        return _mask(column, mask, counts, None)
    plain = column.str.contains(_PLAIN_QUERY) & ~column.str.contains(_APART_FROM_VALUES)
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
