"""Checks what an imported frame must fulfil beyond its column types, so that drawing code can rely on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from vistas.errors import BundleError
from vistas.snapshot import FrameKind

if TYPE_CHECKING:
    import polars as pl

LONGEST = timedelta(days=401)
"""As far back as a window may reach: who sums requests up makes a row for every minute."""

OLDEST, NEWEST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)
"""What every zone can show of the calendar."""

TEXT_AT_MOST = 48 << 20
LONGEST_TEXT = 1 << 20
"""Bytes of all texts of a frame, and of one: rows may share a text in memory that is written out for people."""

LABELS_AT_MOST = 200_000
SAMPLES_AT_MOST = 12_000
"""Of one series: Prometheus gives no more than 11,000, as many as nobody can tell apart on a chart."""

_NEVER_EMPTY = {
    FrameKind.SERIES: ("labels", "times", "values"),
    FrameKind.OBJECTS: (),
    FrameKind.REQUESTS: ("minute", "requests"),
    FrameKind.LINES: ("pattern", "lines"),
}


def check_cells(kind: FrameKind, data: pl.DataFrame) -> None:
    """BundleError: a cell that never is empty is, a time is beyond the calendar, or samples do not pair up."""
    for name in _NEVER_EMPTY[kind]:
        if data[name].null_count():
            raise BundleError(f"column {name} has empty cells")
    for column in data.get_columns():
        _check_times(column, column.name)
    _check_texts(data)
    if kind is FrameKind.SERIES:
        _check_samples(data)
    if kind is FrameKind.REQUESTS:
        _check_minutes(data)


def _check_times(column: pl.Series, name: str) -> None:
    import polars as pl

    if isinstance(column.dtype, pl.List):
        _check_times(column.explode(empty_as_null=False, keep_nulls=False), name)
    elif isinstance(column.dtype, pl.Struct):
        for field in column.struct.fields:
            _check_times(column.struct.field(field), name)
    elif isinstance(column.dtype, pl.Datetime):
        outside = pl.select(((column < OLDEST) | (column > NEWEST)).any()).item()
        if outside:
            raise BundleError(f"column {name[:60]!r} has a time outside the calendar")


def _check_texts(data: pl.DataFrame) -> None:
    left = TEXT_AT_MOST
    for column in data.get_columns():
        for texts in _texts(column):
            lengths = texts.str.len_bytes()
            left -= int(lengths.sum())
            if int(lengths.max() or 0) > LONGEST_TEXT:  # type: ignore[arg-type]
                raise BundleError(f"column {column.name[:60]!r} has a text longer than {LONGEST_TEXT:,} bytes")
            if left < 0:
                raise BundleError(f"its texts are longer than {TEXT_AT_MOST:,} bytes in total")


def _texts(column: pl.Series) -> Iterator[pl.Series]:
    """The texts of a column, those in its lists and structs one after the other."""
    import polars as pl

    if isinstance(column.dtype, pl.List):
        yield from _texts(column.explode(empty_as_null=False, keep_nulls=False))
    elif isinstance(column.dtype, pl.Struct):
        for field in column.struct.fields:
            yield from _texts(column.struct.field(field))
    elif column.dtype == pl.String:
        yield column


def _check_minutes(data: pl.DataFrame) -> None:
    import polars as pl

    if data.select((pl.col("minute").max() - pl.col("minute").min()) > LONGEST).item():
        raise BundleError("its requests are more than a year apart")


def _check_samples(data: pl.DataFrame) -> None:
    lengths = data["times"].list.len()
    if int(lengths.max() or 0) > SAMPLES_AT_MOST:  # type: ignore[arg-type]
        raise BundleError(f"a series has more than {SAMPLES_AT_MOST:,} samples")
    if (lengths != data["values"].list.len()).any():
        raise BundleError("a series has more times than values, or fewer")
    for name in ("labels", "times", "values"):
        if data[name].list.explode(empty_as_null=False, keep_nulls=False).null_count():
            raise BundleError(f"column {name} has empty cells")
    pairs = data["labels"].list.explode(empty_as_null=False, keep_nulls=False)
    if len(pairs) > LABELS_AT_MOST:
        raise BundleError(f"its series have more than {LABELS_AT_MOST:,} labels in total")
    labels = pairs.struct
    if labels.field("name").null_count() or labels.field("value").null_count():
        raise BundleError("a series has a label without a name or a value")
