"""What a stranger's frame must hold beyond its types, so that whoever draws it can rely on it."""

from __future__ import annotations

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
            raise BundleError(f"column {name[:60]!r} has a time that no calendar has")


def _check_minutes(data: pl.DataFrame) -> None:
    import polars as pl

    if data.select((pl.col("minute").max() - pl.col("minute").min()) > LONGEST).item():
        raise BundleError("its requests are more than a year apart")


def _check_samples(data: pl.DataFrame) -> None:
    if (data["times"].list.len() != data["values"].list.len()).any():
        raise BundleError("a series has more times than values, or fewer")
    for name in ("labels", "times", "values"):
        if data[name].list.explode(empty_as_null=False, keep_nulls=False).null_count():
            raise BundleError(f"column {name} has empty cells")
    labels = data["labels"].list.explode(empty_as_null=False, keep_nulls=False).struct
    if labels.field("name").null_count() or labels.field("value").null_count():
        raise BundleError("a series has a label without a name or a value")
