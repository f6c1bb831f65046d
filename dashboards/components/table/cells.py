"""An `objects` frame as a table for people: which columns, how each is written, what its words mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from vistas.formatting.columns import heading, informative, row_keys, unit_of
from vistas.routine import Unit
from vistas.snapshot import Frame

Shape = Literal["text", "number", "time", "span", "share", "badge", "bar", "pattern"]

MOST_ROWS = 10_000
LONGEST = 2_000
"""Letters of a cell that are sent; what is longer is cut, and says so."""

_STATES = frozenset({"severity", "status", "state", "phase", "health", "sync", "operation", "result"})
_BADGES = _STATES | {"reason", "last_exit_reason", "alert_state", "conclusion"}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`shape` is how its cells are drawn; numbers carry a unit."""

    name: str
    title: str
    shape: Shape
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class CellTable:
    """Rows of plain values, column by column, and what identifies each row. `total` counts the rows not sent, too.

    `anchors` are what a notice on each row hangs on: an anchor without its look and source.
    """

    columns: Sequence[TableColumn]
    cells: Sequence[Sequence[Any]]
    anchors: Sequence[Mapping[str, Any]]
    total: int
    noun: str = "row"
    key: tuple[str, ...] = ()
    first: int = field(default=25)


def table_of(frame: Frame) -> CellTable:
    """Columns that are empty throughout are left out, and so are twins that say the same in another unit."""
    data = frame.data.head(MOST_ROWS)
    columns = [_column(name, data[name]) for name in informative(data)]
    cells = [values_of(data[column.name], column) for column in columns]
    return CellTable(columns, cells, row_anchors(data, frame.key or _identifying(data)), frame.rows, key=frame.key)


def row_anchors(data: pl.DataFrame, key: Sequence[str]) -> list[dict[str, Any]]:
    """Every row by its key columns, as text; an empty cell is an empty text."""
    return [{"at": "row", "key": row} for row in row_keys(data, key)]


def _identifying(data: pl.DataFrame) -> list[str]:
    """The text columns, for a frame that names no key."""
    return [name for name, kind in data.schema.items() if kind == pl.String] or data.columns[:1]


def _column(name: str, values: pl.Series) -> TableColumn:
    kind, head, unit = values.dtype, heading(name), unit_of(name)
    if kind.is_temporal():
        return TableColumn(name, head, "time")
    if not kind.is_numeric():
        return TableColumn(name, head, "badge" if name in _BADGES else "text")
    if unit is Unit.RATIO:
        return TableColumn(name, head, "share", unit)
    is_age = unit is Unit.SECONDS and "age" in name.split("_")
    return TableColumn(name, head, "span" if is_age else "number", unit)


def values_of(values: pl.Series, column: TableColumn) -> list[Any]:
    if column.shape == "time":
        return values.cast(pl.Datetime("ms")).dt.epoch("ms").to_list()
    if column.shape in {"number", "span", "share"}:
        return [_finite(value) for value in values.to_list()]
    write = _writer(values.dtype)
    return [None if value is None else _cut(write(value)) for value in values.to_list()]


def _finite(value: float | None) -> float | str | None:
    """JSON knows no infinities: they go as words."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return None
    return ("∞" if value > 0 else "\N{MINUS SIGN}∞") if value in {float("inf"), float("-inf")} else value


def _writer(kind: pl.DataType) -> Callable[[Any], str]:
    if isinstance(kind, pl.List):
        return lambda values: ", ".join(str(value) for value in values)
    if isinstance(kind, pl.Struct):
        return lambda pairs: ", ".join(f"{name}={value}" for name, value in pairs.items())
    if kind == pl.Boolean:
        return lambda value: "yes" if value else "no"
    return str


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"
