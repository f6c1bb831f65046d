"""A stranger's Parquet bytes to a frame: measured before they are decoded, then held to their kind's contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from vistas.errors import BundleError
from vistas.sharing.cells import check_cells
from vistas.sharing.parquet_layout import Layout, Malformed, layout
from vistas.snapshot import Frame, FrameKind

if TYPE_CHECKING:
    import polars as pl
    from polars.datatypes import DataTypeClass

ROWS_AT_MOST = 2_000_000
COLUMNS_AT_MOST = 400
VALUES_AT_MOST = 30_000_000
UNPACKED_AT_MOST = 256 << 20
DEEPEST = 4


@dataclass
class Budget:
    """What all frames of one bundle may decode to together."""

    values: int = VALUES_AT_MOST
    unpacked: int = UNPACKED_AT_MOST

    def spend(self, asked: Layout) -> None:
        """BundleError when this is more than is left."""
        if asked.rows > ROWS_AT_MOST or asked.columns > COLUMNS_AT_MOST:
            raise BundleError(f"{asked.rows:,} rows in {asked.columns:,} columns are more than a frame has")
        self.values -= max(asked.values, asked.rows * asked.columns)
        self.unpacked -= asked.unpacked
        if self.values < 0 or self.unpacked < 0:
            raise BundleError("it decodes to more data than a vista has")


def read_frame(
    content: bytes, kind: FrameKind, *, key: tuple[str, ...], step: timedelta | None, budget: Budget
) -> Frame:
    """BundleError says in what the bytes are no frame of that kind."""
    import polars as pl

    try:
        budget.spend(layout(content))
        schema = pl.read_parquet_schema(BytesIO(content))
        _check_contract(kind, schema, key)
        data = pl.read_parquet(BytesIO(content))
    except Malformed as error:
        raise BundleError(str(error)) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise BundleError("it cannot be decoded") from error
    if data.schema != schema:
        raise BundleError("its columns are not what its footer says")
    check_cells(kind, data)
    return Frame(kind, data, key=key, step=step)


def _check_contract(kind: FrameKind, schema: dict[str, pl.DataType], key: tuple[str, ...]) -> None:
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
            raise BundleError(f"column {name[:60]!r} is of a type that no frame has: {str(dtype)[:60]}")
    if missing := [name for name in key if name not in schema]:
        raise BundleError(f"its key names a column that it lacks: {missing[0][:60]!r}")


def _contract(kind: FrameKind) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns that every frame of the kind has, as `vistas.snapshot` tells them; objects have their own."""
    import polars as pl

    from vistas import requests_summary

    time = pl.Datetime("ms", "UTC")
    match kind:
        case FrameKind.SERIES:
            label = pl.Struct({"name": pl.String, "value": pl.String})
            return {"labels": pl.List(label), "times": pl.List(time), "values": pl.List(pl.Float64)}
        case FrameKind.REQUESTS:
            return dict(requests_summary.SCHEMA)
        case FrameKind.LINES:
            texts = {"pattern": pl.String, "sample": pl.String}
            return {**texts, "lines": pl.UInt64, "first": time, "last": time}
        case FrameKind.OBJECTS:
            return {}


def _optional(kind: FrameKind) -> dict[str, pl.DataType | type[pl.DataType] | None]:
    """The columns that a frame of the kind may have besides; None where their type is not told."""
    from vistas import requests_summary

    match kind:
        case FrameKind.SERIES:
            return {"histograms": None}
        case FrameKind.REQUESTS:
            return dict(requests_summary.OPTIONAL)
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
