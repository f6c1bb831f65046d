"""Frames as small tables of text for a page or notes: which columns, which rows, how each cell is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from vistas.charts.prepared import is_over_time, label_sets
from vistas.charts.states import StateRow, states_of
from vistas.formatting.columns import heading, informative, row_keys, unit_of
from vistas.formatting.values import format_value, series_names
from vistas.routine import Drawing, Look, Unit
from vistas.sharing.marks import PrintedMark, on_patterns, on_rows, on_series, say_span
from vistas.snapshot import Frame, FrameKind, Window

if TYPE_CHECKING:
    import polars as pl

Shape = Literal["text", "number", "time"]

LONGEST_HEAD = 60
MARKS_AT_MOST = 100
"""So many notices of a look are numbered in its table; the others stand beside it, as all do."""
MARKED_AT_MOST = 200
"""So many rows are shown because they are marked."""
_OF_A_LIST = 20
RUNS = 8
"""So many runs of a state are told, the last ones."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a frame is shown: its first rows (and those that are marked), columns, and letters of a cell."""

    rows: int
    columns: int
    characters: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`marks` are the numbers of the notices that hang on it."""

    cells: tuple[str, ...]
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`shapes` says of each column what it holds; `total` counts the rows that are not shown, too."""

    heads: tuple[str, ...]
    shapes: tuple[Shape, ...]
    rows: tuple[ShownRow, ...]
    total: int
    noun: str = "rows"

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class _Named:
    """By which columns requests are added up, and what those are called."""

    by: tuple[str, ...]
    heads: tuple[str, ...]
    noun: str

    @property
    def shapes(self) -> tuple[Shape, ...]:
        texts: list[Shape] = ["text"] * len(self.by)
        return (*texts, "number", "number", "number", "number")


_PLACES = _Named(("host", "service"), ("Host", "Service"), "services")
_CONTROLLERS = _Named(("controller",), ("Controller",), "controllers")


def shown_table(look: Look, frame: Frame, window: Window, marks: Sequence[PrintedMark], size: Size) -> ShownTable:
    marks = marks[:MARKS_AT_MOST]
    match frame.kind:
        case FrameKind.OBJECTS:
            table = _objects(frame, marks, size)
        case FrameKind.LINES:
            table = _patterns(frame, marks, size)
        case FrameKind.REQUESTS:
            table = _requests(look, frame, size)
        case FrameKind.SERIES:
            table = _series(look, frame, window, marks, size)
    return _informative(table)


def _informative(table: ShownTable) -> ShownTable:
    """Without columns that are empty in every row shown."""
    kept = [
        place for place in range(len(table.heads)) if not table.rows or any(row.cells[place] for row in table.rows)
    ] or [*range(len(table.heads))][:1]
    return replace(
        table,
        heads=tuple(table.heads[place] for place in kept),
        shapes=tuple(table.shapes[place] for place in kept),
        rows=tuple(ShownRow(tuple(row.cells[place] for place in kept), row.marks) for row in table.rows),
    )


def _objects(frame: Frame, marks: Sequence[PrintedMark], size: Size) -> ShownTable:
    names = _columns(frame, size.columns)
    marked = on_rows(marks)
    keys = row_keys(frame.data, frame.key) if marked else ()
    numbers = {place: found for place, key in enumerate(keys) if (found := marked.get(frozenset(key.items())))}
    places = _places(frame.rows, numbers, size.rows)
    shown = frame.data[places] if places else frame.data.clear()
    cells = [_written(shown[name], size.characters) for name in names]
    return ShownTable(
        heads=tuple(heading(name)[:LONGEST_HEAD] for name in names),
        shapes=tuple(_shape(frame.data.schema[name]) for name in names),
        rows=tuple(
            ShownRow(row, numbers.get(place, ()))
            for place, row in zip(places, zip(*cells, strict=True), strict=True)
        )
        if names
        else (),
        total=frame.rows,
    )


def _shape(dtype: pl.DataType) -> Shape:
    return "number" if dtype.is_numeric() else "time" if dtype.is_temporal() else "text"


def _places(rows: int, marked: Iterable[int], at_most: int) -> list[int]:
    return sorted({*range(min(rows, at_most)), *islice(marked, MARKED_AT_MOST)})


def _columns(frame: Frame, at_most: int) -> list[str]:
    """The first that say anything, key columns among them whatever they say."""
    kept = set(frame.key).union(informative(frame.data) if frame.rows else ())
    others = [name for name in frame.data.columns if name in kept and name not in frame.key]
    chosen = {*frame.key, *others[: max(0, at_most - len(frame.key))]}
    return [name for name in frame.data.columns if name in chosen]


def _written(values: pl.Series, letters: int) -> tuple[str, ...]:
    unit = unit_of(values.name)
    return tuple(_cell(value, unit, letters) for value in _beginnings(values).to_list())


def _beginnings(values: pl.Series) -> pl.Series:
    """Lists with as many items as are shown: what is beyond is not made into objects only to be left out."""
    import polars as pl

    if not isinstance(values.dtype, pl.List):
        return values
    cut_short = values.list.head(_OF_A_LIST)
    return cut_short.list.eval(pl.element().list.head(_OF_A_LIST)) if _holds_lists(values.dtype) else cut_short


def _holds_lists(dtype: pl.List) -> bool:
    import polars as pl

    return isinstance(dtype.inner, pl.List)


def _cell(value: Any, unit: Unit, letters: int) -> str:
    if value is None:
        return ""
    match value:
        case bool():
            said = "yes" if value else "no"
        case int() | float():
            said = format_value(float(value), unit)
        case datetime():
            said = f"{value.astimezone(UTC):%d %b %H:%M}"
        case list():
            said = ", ".join(str(each) for each in value[:_OF_A_LIST])
        case dict():
            said = ", ".join(f"{name}={each}" for name, each in value.items())
        case _:
            said = str(value)
    return cut(said, letters)


def cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _patterns(frame: Frame, marks: Sequence[PrintedMark], size: Size) -> ShownTable:
    data = frame.data.sort("lines", "pattern", descending=[True, False])
    marked = on_patterns(marks)
    numbered = data["pattern"].is_in(list(marked)).arg_true().to_list() if marked else []
    numbers = {place: marked[data["pattern"][place]] for place in numbered}
    places = _places(frame.rows, numbers, size.rows)
    names = ("lines", "pattern", "first", "last", "sample")[: max(2, size.columns)]
    cells = [_written(data[places][name], size.characters) for name in names]
    return ShownTable(
        heads=("Lines", "Pattern", "First", "Last", "Example")[: len(names)],
        shapes=tuple(_shape(data.schema[name]) for name in names),
        rows=tuple(
            ShownRow(row, numbers.get(place, ()))
            for place, row in zip(places, zip(*cells, strict=True), strict=True)
        ),
        total=frame.rows,
        noun="patterns",
    )


def _requests(look: Look, frame: Frame, size: Size) -> ShownTable:
    """Who was called how often and how it went, the busiest first."""
    from vistas.requests import controllers
    from vistas.requests.summary import OPTIONAL, percentiles, totals, with_columns_of

    named = _CONTROLLERS if look.take == controllers.TAKE else _PLACES
    data, by = with_columns_of(OPTIONAL, frame.data), list(named.by)
    summed = totals(data, by).join(percentiles(data, (0.5, 0.99), by), on=by, how="left", nulls_equal=True)
    busiest = summed.sort("requests", *by, descending=[True] + [False] * len(by)).head(size.rows)
    shown = (
        (
            *(cut(row[name] or "", size.characters) for name in by),
            f"{row['requests']:,}".replace(",", "\u2009"),
            format_value(row["error_ratio"], Unit.RATIO),
            "" if row["p50"] is None else format_value(row["p50"], Unit.SECONDS),
            "" if row["p99"] is None else format_value(row["p99"], Unit.SECONDS),
        )
        for row in busiest.rows(named=True)
    )
    return ShownTable(
        heads=(*named.heads, "Requests", "5xx", "Half within", "99 of 100 within"),
        shapes=named.shapes,
        rows=tuple(ShownRow(row) for row in shown),
        total=summed.height,
        noun=named.noun,
    )


def _series(look: Look, frame: Frame, window: Window, marks: Sequence[PrintedMark], size: Size) -> ShownTable:
    """Each series' last value and the highest it had; the highest first."""
    import polars as pl

    if look.draw is Drawing.STATES:
        return _states(look, frame, window, marks, size)
    every = label_sets(frame.data)
    names = series_names(every, look.name)
    finite = pl.element().filter(pl.element().is_finite())
    told = frame.data.select(
        last=pl.col("values").list.last(), highest=pl.col("values").list.eval(finite).list.max()
    ).rows()
    over_time = is_over_time(frame)
    order = sorted(range(frame.rows), key=lambda place: -_number(told[place][1]))
    numbers = {place: found for place in order if (found := on_series(marks, every[place]))}
    shown = {*order[: size.rows], *islice(numbers, MARKED_AT_MOST)}
    chosen = [place for place in order if place in shown]
    rows = tuple(
        ShownRow(
            (
                cut(names[place], size.characters),
                format_value(told[place][0], look.unit),
                *((format_value(told[place][1], look.unit),) if over_time else ()),
            ),
            numbers.get(place, ()),
        )
        for place in chosen
    )
    heads = ("Series", "At the end", "Highest") if over_time else ("Series", "Value")
    shapes: tuple[Shape, ...] = ("text", "number", "number")
    return ShownTable(heads, shapes[: len(heads)], rows, frame.rows, noun="series")


def _states(look: Look, frame: Frame, window: Window, marks: Sequence[PrintedMark], size: Size) -> ShownTable:
    """How each ended, and when it was otherwise; those that changed most first."""
    states = states_of(look, frame, window, most=frame.rows)
    numbers = {place: found for place, row in enumerate(states.rows) if (found := on_series(marks, row.labels))}
    shown = (states.rows[place] for place in _places(len(states.rows), numbers, size.rows))
    rows = tuple(
        ShownRow(
            (
                cut(row.name, size.characters),
                cut(row.last or "no data", size.characters),
                cut(_otherwise(row), 2 * size.characters),
            ),
            on_series(marks, row.labels),
        )
        for row in shown
    )
    return ShownTable(("Name", "At the end", "Before"), ("text", "text", "text"), rows, states.total, noun="rows")


def _otherwise(row: StateRow) -> str:
    """`NotReady 02:10 to 02:25`, for each run before the last."""
    return ", ".join(
        f"{run.word} {say_span(_moment(run.start), _moment(run.end))}" for run in row.runs[:-1][-RUNS:]
    )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _number(value: float | None) -> float:
    return float("-inf") if value is None else value
