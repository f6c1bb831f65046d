"""Single values: a few as large numbers side by side, many as bars in a table. Each is a series one can mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import polars as pl

from dashboards.components import notices
from dashboards.components.marks import Mark, OnMark
from dashboards.components.table.cells import CellTable, TableColumn
from vistas.charts.prepared import label_sets
from vistas.formatting.tones import Tone
from vistas.formatting.values import format_value, series_names
from vistas.routine import Look, Unit
from vistas.snapshot import Frame
from vistas.vista.notice import Labels


@dataclass(frozen=True, slots=True)
class Tile:
    """A series' newest value. `normal` says what would be, and `tone` whether it is, where somebody said so.

    A date is written by the clock of `zone`, or in UTC.
    """

    name: str
    value: float | None
    unit: Unit
    labels: Labels
    at: datetime
    normal: str = ""
    tone: Tone = "gray"
    zone: tzinfo | None = None

    @property
    def text(self) -> str:
        return format_value(self.value, self.unit, self.zone)


def tiles_of(look: Look, frame: Frame, zone: tzinfo | None = None) -> list[Tile]:
    """The newest value of every series, highest first; where normal is *above* a line, lowest first."""
    sets = label_sets(frame.data)
    names = series_names(sets, look.name)
    tiles = [
        _tile(look, labels, name, times, values, zone)
        for name, labels, times, values in zip(names, sets, frame.data["times"], frame.data["values"], strict=True)
        if times is not None and len(times)
    ]
    way = 1 if look.normal_above is not None else -1
    return sorted(tiles, key=lambda tile: (tile.value is None, way * (tile.value or 0.0), tile.name))


def _tile(look: Look, labels: Labels, name: str, times: pl.Series, values: pl.Series, zone: tzinfo | None) -> Tile:
    value = values[-1]
    value = None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN
    normal, well = _judge(look, value, zone)
    tone: Tone = "gray" if not normal or value is None else "green" if well else "amber"
    return Tile(name or look.title, value, look.unit, labels, times[-1].astimezone(UTC), normal, tone, zone)


def _judge(look: Look, value: float | None, zone: tzinfo | None) -> tuple[str, bool]:
    said, well = [], value is not None
    if look.normal_below is not None:
        said.append(f"below {format_value(look.normal_below, look.unit, zone)}")
        well = well and value is not None and value <= look.normal_below
    if look.normal_above is not None:
        said.append(f"above {format_value(look.normal_above, look.unit, zone)}")
        well = well and value is not None and value >= look.normal_above
    return (f"normal: {' and '.join(said)}" if said else ""), well


def _anchor(tile: Tile) -> dict[str, Any]:
    at = notices.milliseconds(tile.at)
    return {"at": "stretch", "start": at, "end": at, "series": [tile.labels]}


def number_tiles(
    tiles: Sequence[Tile],
    *,
    key: str,
    look: str,
    source: str,
    marks: Sequence[Mark] = (),
    on_mark: OnMark | None = None,
    label: str = "",
) -> None:
    """Draw large numbers side by side."""
    notices.mount(
        "components/numbers/number_tiles.js",
        key=key,
        look=look,
        source=source,
        marks=[
            {**mark, "anchor": {"at": "stretch", "series": mark["series"]}} for mark in _marks(marks, look, source)
        ],
        on_mark=on_mark,
        data={
            "label": label,
            "tiles": [
                {
                    "name": tile.name,
                    "text": tile.text,
                    "normal": tile.normal,
                    "tone": tile.tone,
                    "anchor": _anchor(tile),
                }
                for tile in tiles
            ],
        },
    )


def _marks(marks: Sequence[Mark], look: str, source: str) -> Sequence[Mapping[str, Any]]:
    return notices.stretch_marks(marks, look, source)


def _share(tile: Tile, value: float, longest: float) -> float:
    return min(1.0, abs(value) / longest) if longest and tile.unit is not Unit.DATES else 0.0


def bars_of(tiles: Sequence[Tile]) -> CellTable:
    """The same as bars in a table, the longest the highest finite value. Dates have no length."""
    longest = max(
        (abs(tile.value) for tile in tiles if tile.value is not None and abs(tile.value) != float("inf")),
        default=0.0,
    )
    name, value = TableColumn("name", "", "text"), TableColumn("value", "", "bar")
    bars: list[dict[str, Any] | None] = [
        None
        if tile.value is None
        else {
            "share": _share(tile, tile.value, longest),
            "text": tile.text,
            "order": max(min(tile.value, 1e300), -1e300),
            "tone": tile.tone,
        }
        for tile in tiles
    ]
    cells: list[list[Any]] = [[tile.name for tile in tiles], bars]
    return CellTable([name, value], cells, [_anchor(tile) for tile in tiles], len(tiles), noun="series")
