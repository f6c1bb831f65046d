"""Reads an imported Parquet file: measured before it is decoded, then checked against its kind's contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from vistas.errors import BundleError
from vistas.sharing.cells import check_cells
from vistas.sharing.parquet_layout import FIELDS_AT_MOST, Malformed, ParquetLayout, layout
from vistas.snapshot import Frame, FrameKind

if TYPE_CHECKING:
    import polars as pl
    from polars.datatypes import DataTypeClass

COLUMNS_AT_MOST = 400
DEEPEST = 4
MEBIBYTE = 1 << 20
FRAME_AT_MOST = 48 * MEBIBYTE
REQUESTS_AT_MOST = 96 * MEBIBYTE
"""What one frame may take in memory; frames are decoded one after the other.

Three days of a busy front door, minute by minute, take 65 MB: so many requests as there may be, 84.
"""
VISTA_AT_MOST = 512 * MEBIBYTE
ROWS_AT_MOST = {
    FrameKind.SERIES: 2_000,
    FrameKind.OBJECTS: 200_000,
    FrameKind.REQUESTS: 1_000_000,
    FrameKind.LINES: 200_000,
}


@dataclass
class FrameBudget:
    """What all frames of one bundle may decode to together, and how many parts their files may have."""

    decoded: int = VISTA_AT_MOST
    fields: int = FIELDS_AT_MOST

    def spend(self, kind: FrameKind, asked: ParquetLayout) -> None:
        """BundleError when this is more than a frame has, or than is left."""
        if asked.rows > ROWS_AT_MOST[kind] or asked.columns > COLUMNS_AT_MOST:
            raise BundleError(f"{asked.rows:,} rows in {asked.columns:,} columns are more than a frame may have")
        if asked.decoded > (REQUESTS_AT_MOST if kind is FrameKind.REQUESTS else FRAME_AT_MOST):
            raise BundleError("it decodes to more data than a frame may hold")
        self.fields -= asked.fields

    def show(self, decoded: int) -> None:
        """For each snapshot: one content in many of them is decoded as often by whoever shows them all."""
        self.decoded -= decoded
        if self.decoded < 0:
            raise BundleError("it decodes to more data than a vista may hold")


@dataclass(frozen=True, slots=True)
class CheckedFrame:
    """Parquet bytes that were decoded once, and found to be a frame of this kind."""

    kind: FrameKind
    content: bytes
    rows: int
    columns: frozenset[str]
    decoded: int

    def frame(self, key: tuple[str, ...], step: timedelta | None) -> Frame:
        """BundleError where it lacks a column of the key. It is decoded when it is looked at."""
        if missing := [name for name in key if name not in self.columns]:
            raise BundleError(f"its key names a column that it does not have: {missing[0][:60]!r}")
        return Frame.stored(self.kind, lambda: self.content, rows=self.rows, key=key, step=step)


def check_frame(content: bytes, kind: FrameKind, budget: FrameBudget) -> CheckedFrame:
    """BundleError says in what the bytes are no frame of that kind."""
    import polars as pl

    try:
        found = layout(content, fields=budget.fields)
        budget.spend(kind, found)
        schema = pl.read_parquet_schema(BytesIO(content))
        _check_contract(kind, schema)
        data = pl.read_parquet(BytesIO(content))
    except Malformed as error:
        raise BundleError(str(error)) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise BundleError("it cannot be decoded") from error
    if data.schema != schema:
        raise BundleError("its columns do not match its footer")
    check_cells(kind, data)
    return CheckedFrame(kind, content, data.height, frozenset(schema), found.decoded)


def _check_contract(kind: FrameKind, schema: dict[str, pl.DataType]) -> None:
    wanted = _contract(kind)
    for name, dtype in wanted.items():
        if schema.get(name) != dtype:
            raise BundleError(f"a frame of {kind.value} has a column {name} of {dtype}, not {schema.get(name)}")
    optional = _optional(kind)
    for name, dtype in schema.items():
        if wanted and name not in wanted and name not in optional:
            raise BundleError(f"a frame of {kind.value} has no column {name[:60]!r}")
        if (optional.get(name) or dtype) != dtype:
            raise BundleError(f"a frame of {kind.value} has a column {name} of {optional[name]}, not {dtype}")
        if not _plain(dtype):
            raise BundleError(f"column {name[:60]!r} is of a type that frames do not have: {str(dtype)[:60]}")


def _contract(kind: FrameKind) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns that every frame of the kind has, as `vistas.snapshot` tells them; objects have their own."""
    import polars as pl

    from vistas.requests import summary

    time = pl.Datetime("ms", "UTC")
    match kind:
        case FrameKind.SERIES:
            label = pl.Struct({"name": pl.String, "value": pl.String})
            return {"labels": pl.List(label), "times": pl.List(time), "values": pl.List(pl.Float64)}
        case FrameKind.REQUESTS:
            return dict(summary.SCHEMA)
        case FrameKind.LINES:
            texts = {"pattern": pl.String, "sample": pl.String}
            return {**texts, "lines": pl.UInt64, "first": time, "last": time}
        case FrameKind.OBJECTS:
            return {}


def _optional(kind: FrameKind) -> dict[str, pl.DataType | type[pl.DataType] | None]:
    """The columns that a frame of the kind may have besides; None where their type is not told."""
    from vistas.requests import summary

    match kind:
        case FrameKind.SERIES:
            return {"histograms": None}
        case FrameKind.REQUESTS:
            return dict(summary.OPTIONAL)
        case _:
            return {}


def _plain(dtype: pl.DataType | DataTypeClass, depth: int = 0) -> bool:
    """Text, numbers, times in UTC, yes or no, and lists and structs of them."""
    import polars as pl

    if isinstance(dtype, pl.List):
        return depth < DEEPEST and _plain(dtype.inner, depth + 1)
    if isinstance(dtype, pl.Struct):
        return depth < DEEPEST and all(_plain(field.dtype, depth + 1) for field in dtype.fields)
    if dtype.is_temporal():
        return dtype == pl.Datetime("ms", "UTC")
    return dtype.is_integer() or dtype.is_float() or dtype in (pl.String, pl.Boolean, pl.Null)
