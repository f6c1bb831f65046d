"""Many lines of one text format cut at once: at quotes, and what stands outside of them at blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.ingress.reading.reader import NEVER, Text
from connectors.ingress.reading.template import HOST, LISTS, TIME_TAKEN, TemplateColumn, TemplateLayout

_QUOTE = '"'
_TIME, _OFFSET, _STATUS = "time_local", "time_local_offset", "status"
_CAPTURES, _TAKEN, _HOST = "captures", "time_taken", "virtual_host"
_TIME_LENGTH, _OFFSET_LENGTH, _STATUS_LENGTH = 20, 5, 3
_LENGTHS = {_TIME: _TIME_LENGTH, _OFFSET: _OFFSET_LENGTH}
_FITS = "_fits"
_BLANK = TemplateColumn("")
_AROUND_STATUS = [_BLANK, TemplateColumn(_STATUS), _BLANK]


@dataclass(frozen=True, slots=True)
class Cut:
    """The values asked for, a row for each line, and which of the lines are like the format's."""

    values: pl.DataFrame
    fits: pl.Series

    @classmethod
    def none(cls, names: Sequence[str], count: int) -> Cut:
        values = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        return cls(values.clear(count), pl.repeat(value=False, n=count, eager=True))


class Cutter:
    """What is said of a line depends on that line alone, whatever stands around it."""

    def __init__(self, layout: TemplateLayout, names: Sequence[str]) -> None:
        self._layout = layout
        self._names = names
        columns = [f"column_{number + 1}" for number in range(len(layout.outside) + len(layout.inside) + 1)]
        self._columns = columns if layout.outside else []
        self._values: dict[str, pl.Expr] = {}
        self._bare: set[str] = set()
        self._shapes: list[pl.Expr] = [pl.col(columns[-1]).is_null()]
        self._pieces: dict[str, int] = {}
        self._read: list[str] = [columns[-1]]
        for name, pieces in zip(columns[:-1:2], layout.outside, strict=True):
            self._take_outside(name, pieces)
        for name, inside in zip(columns[1:-1:2], layout.inside, strict=True):
            self._take_inside(name, inside)

    def cut(self, text: Text, *, held: bool = False) -> Cut:
        """`held` says that blanks within lists stand there as `NEVER`."""
        table = self._table(text) if self._columns else None
        if table is None or table.height != text.count:
            return Cut.none(self._names, text.count)
        for name, count in self._pieces.items():
            pieces = [_piece(name, place) for place in range(count)]
            table = table.hstack(table[name].str.splitn(" ", count).struct.rename_fields(pieces).struct.unnest())
        shapes = [*self._shapes, *(self._held_apart() if held else ())]
        fits = pl.all_horizontal(*shapes).fill_null(value=False).alias(_FITS)
        cut = table.select_seq(fits, **{name: self._values[name] for name in self._names})
        return Cut(cut.drop(_FITS), cut[_FITS])

    def _table(self, text: Text) -> pl.DataFrame | None:
        try:
            return pl.read_csv(
                text.block,
                has_header=False,
                separator=_QUOTE,
                quote_char=None,
                schema=dict.fromkeys(self._columns, pl.String),
                columns=self._read,
                missing_columns="insert",
                truncate_ragged_lines=True,
                encoding="utf8" if text.block.isascii() else "utf8-lossy",
            ).rechunk()
        except pl.exceptions.PolarsError:
            return None

    def _take_outside(self, name: str, pieces: Sequence[TemplateColumn]) -> None:
        self._read.append(name)
        self._bare.update(piece.variable for piece in pieces)
        part = pl.col(name).fill_null("")
        telling = [place for place, piece in enumerate(pieces) if not self._is_anything(piece)]
        if not any(piece.variable for piece in pieces):
            self._shapes.append(part == " ".join(piece.before for piece in pieces))
        elif [pieces[place].variable for place in telling] == [_TIME, _OFFSET, ""] and pieces[-1] == _BLANK:
            self._take_time(part, pieces)
        elif telling[:2] == [0, 1] and [pieces[place] for place in telling] == _AROUND_STATUS:
            self._take_status(part, len(pieces))
        else:
            self._take_pieces(name, pieces, 1 + max(telling, default=0))

    def _is_anything(self, piece: TemplateColumn) -> bool:
        """Whether neither its value is wanted nor its shape tells formats apart."""
        telling = piece.variable in {*self._names, _STATUS, _CAPTURES, _TAKEN, _HOST}
        return bool(piece.variable) and not telling and not piece.before + piece.after

    def _take_time(self, part: pl.Expr, pieces: Sequence[TemplateColumn]) -> None:
        """All that is wanted stands at the end and has a known length: nothing needs to be cut."""
        time, offset = pieces[-3], pieces[-2]
        length = _TIME_LENGTH + 1 + _OFFSET_LENGTH + len(offset.after) + 1
        before = f" {time.before}" if len(pieces) > len(pieces[-3:]) else time.before
        self._shapes += [
            _blanks(part) == len(pieces) - 1,
            part.str.ends_with(f"{offset.after} "),
            part.str.slice(-length - len(before), len(before)) == before,
        ]
        self._values[_TIME] = part.str.slice(-length, _TIME_LENGTH)
        self._values[_OFFSET] = part.str.slice(-length + _TIME_LENGTH + 1, _OFFSET_LENGTH)

    def _take_status(self, part: pl.Expr, pieces: int) -> None:
        """As `_take_time`, at the begin: ` 200 512 `, but not ` - 512 `."""
        self._shapes.append(part.str.contains(f"^ [0-9]{{{_STATUS_LENGTH}}}(?: [^ ]+){{{pieces - 3}}} $"))
        self._values[_STATUS] = part.str.slice(1, _STATUS_LENGTH)

    def _take_pieces(self, name: str, pieces: Sequence[TemplateColumn], count: int) -> None:
        """The first of them one by one, of the others only how many there are."""
        self._pieces[name] = count + 1
        rest, more = pl.col(_piece(name, count)), len(pieces) - count
        self._shapes.append(_blanks(rest) == more - 1 if more else rest.is_null())
        for place, piece in enumerate(pieces[:count]):
            self._take(pl.col(_piece(name, place)), piece, bare=True)

    def _take_inside(self, name: str, column: TemplateColumn) -> None:
        if not self._is_anything(column):
            self._read.append(name)
            self._take(pl.col(name).fill_null(""), column, bare=False)

    def _take(self, value: pl.Expr, column: TemplateColumn, *, bare: bool) -> None:
        self._shapes += _shape(value, column, bare=bare)
        if column.variable in self._names:
            self._values[column.variable] = _within(value, column)

    def _held_apart(self) -> Iterator[pl.Expr]:
        """Only lists have blanks of their own."""
        for name in self._bare.intersection(self._names).difference(LISTS):
            yield ~self._values[name].str.contains(NEVER.decode(), literal=True)


def _piece(name: str, place: int) -> str:
    return f"{name}_{place}"


def _blanks(part: pl.Expr) -> pl.Expr:
    return part.str.count_matches(" ", literal=True)


def _shape(value: pl.Expr, column: TemplateColumn, *, bare: bool) -> Iterator[pl.Expr]:
    if not column.variable:
        yield value == column.before
        return
    yield value.is_not_null()
    if bare and (length := _LENGTHS.get(column.variable)):
        yield value.str.len_bytes() == length + len(column.before + column.after)
    if column.before:
        yield value.str.starts_with(column.before)
    if column.after:
        yield value.str.ends_with(column.after)
    if column.variable == _STATUS:
        yield _is_status(_within(value, column), bare=bare)
    if column.variable == _CAPTURES:
        yield value.str.starts_with("{") & value.str.ends_with("}")
    if column.variable == _HOST:
        yield value.str.contains(f"^{HOST}$")
    if column.variable == _TAKEN:
        yield value.str.contains(f"^{TIME_TAKEN}$")


def _is_status(value: pl.Expr, *, bare: bool) -> pl.Expr:
    """Three digits, as far as a number is made of them, or none."""
    is_number = (value.str.len_bytes() == _STATUS_LENGTH) & ~value.str.starts_with("+")
    return is_number | (value == "-") | ((value == "") & (not bare))


def _within(value: pl.Expr, column: TemplateColumn) -> pl.Expr:
    if column.before:
        value = value.str.slice(len(column.before))
    if column.after:
        value = value.str.head(-len(column.after))
    return value
