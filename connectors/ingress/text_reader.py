"""Reading lines of a text format: many at once where they are regular, by expression where they are not."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from io import BytesIO

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading import NEVER, Lines, Read, Text, sort_out
from connectors.ingress.records import to_records
from connectors.ingress.template import RAW, Column, compile_template

# Polars warns about lines that are not as it was told; what they are is found out here.
warnings.filterwarnings("ignore", message="CSV malformed")


@dataclass(frozen=True, slots=True)
class _Cut:
    """The dialect's values, a row for each line, and which of the lines are like the dialect's."""

    values: pl.DataFrame
    fits: pl.Series


class TextReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        layout = compile_template(dialect.template)
        self.dialect = dialect
        self._zone = zone
        self._expression = layout.expression
        self._columns = [(f"column_{number}", column) for number, column in enumerate(layout.columns, 1)]
        self._beyond = f"column_{len(layout.columns) + 1}"
        self._offsets = [f"{name}_offset" for name in dialect.fields["time"] if name == "time_local"]
        needed = {*dialect.variables, *self._offsets}
        self._needed = [(name, column) for name, column in self._columns if column.variable in needed]
        self._names = sorted(needed.intersection((*re.compile(layout.expression).groupindex, *self._offsets)))
        last = self._columns[-1:]
        checked = [(name, column) for name, column in self._columns if list(_shape(name, column))]
        self._read = sorted({name for name, _ in (*self._needed, *checked, *last)} | {self._beyond})
        self._escapes_none = any(column.variable.endswith(RAW) for _, column in self._columns)

    def read(self, text: Text) -> Read:
        cut = None if self._has_quotes_inside(text.block) else self._cut(text.block, text.count)
        if cut is None:
            return self._read_uneven(text)
        if cut.fits.all():
            return sort_out(to_records(cut.values, self.dialect, self._zone))
        odd = (~cut.fits).arg_true()
        return self._read_rest(cut, cut.fits.arg_true(), text.pick(odd), odd)

    def _read_uneven(self, text: Text) -> Read:
        """Lines whose quotes do not come out even are kept from swallowing the ends of others.

        So are those that have quotes within a value from losing them.
        """
        uneven = [*self._uneven(text)]
        even = text.without(uneven)
        numbers = pl.int_range(text.count, dtype=pl.UInt32, eager=True)
        tried = numbers.filter(~numbers.is_in(pl.Series(uneven, dtype=pl.UInt32).implode()))
        cut = self._cut(even.block, even.count)
        if cut is None:
            cut, tried = self._match([]), tried.clear()
        fitting = tried.filter(cut.fits)
        odd = numbers.filter(~numbers.is_in(fitting.implode()))
        return self._read_rest(cut, fitting, text.pick(odd), odd)

    def _uneven(self, text: Text) -> Iterator[int]:
        for number, line in enumerate(BytesIO(text.block)):
            if line.count(b'"') % 2 or self._has_quotes_inside(line):
                yield number

    def _read_rest(self, cut: _Cut, numbers: pl.Series, lines: Lines, odd: pl.Series) -> Read:
        """The lines that fit, by `numbers`, together with those among the odd ones that can be read otherwise."""
        values, rows, places = [cut.values], [cut.fits.arg_true()], [numbers]
        for read in (self._cut_lists, self._match):
            if lines and (found := read(lines)) is not None:
                rows.append(found.fits.arg_true() + sum(part.height for part in values))
                values.append(found.values)
                places.append(odd.filter(found.fits))
                lines = [line for line, fits in zip(lines, found.fits, strict=True) if not fits]
                odd = odd.filter(~found.fits)
        where = pl.concat(places)
        order = where.arg_sort()
        together = pl.concat(values, rechunk=True)[pl.concat(rows).gather(order)]
        read_all = sort_out(to_records(together, self.dialect, self._zone), where[order])
        return Read(read_all.records, read_all.lines, sorted([*read_all.others, *odd]))

    def _cut_lists(self, lines: Lines) -> _Cut | None:
        """Lists of attempts have blanks, which other values have only between quotes: these are held together."""
        text = b"".join(line + b"\n" for line in lines)
        if NEVER in text or self._has_quotes_inside(text):
            return None
        held = self._cut(text.replace(b", ", b"," + NEVER).replace(b" : ", NEVER + b":" + NEVER), len(lines))
        if held is None:
            return None
        blanks = pl.all().str.replace_all(NEVER.decode(), " ", literal=True)
        return _Cut(held.values.with_columns(blanks), held.fits)

    def _cut(self, block: bytes, count: int) -> _Cut | None:
        """Every line cut at blanks; None where quotes do not come out even."""
        if not self._columns:
            return None
        schema = {name: pl.String for name, _ in self._columns} | {self._beyond: pl.String}
        try:
            table = pl.read_csv(
                block,
                has_header=False,
                separator=" ",
                schema=schema,
                columns=self._read,
                missing_columns="insert",
                truncate_ragged_lines=True,
                encoding="utf8" if block.isascii() else "utf8-lossy",
            ).rechunk()
        except pl.exceptions.PolarsError:
            return None
        if table.height != count:
            return None
        values = table.select(_inside(name, column).alias(column.variable) for name, column in self._needed)
        return _Cut(values.select(self._names), table.select(self._fits().fill_null(value=False)).to_series())

    def _fits(self) -> pl.Expr:
        shapes = [shape for name, column in self._columns for shape in _shape(name, column)]
        return pl.all_horizontal(
            pl.col(self._columns[-1][0]).is_not_null(), pl.col(self._beyond).is_null(), *shapes
        )

    def _has_quotes_inside(self, text: bytes) -> bool:
        """Whether quotes have no blank beside them, in a format that escapes none: they are within a value."""
        if not self._escapes_none:
            return False
        return text.count(b'"') != text.count(b' "') + text.count(b'" ') + text.count(b'"\n')

    def _match(self, lines: Lines) -> _Cut:
        text = pl.Series([line.decode("utf-8", "replace") for line in lines], dtype=pl.String)
        # Whether a line fits is found out far sooner than what its parts are.
        fits = text.str.contains(self._expression)
        groups = text.set(~fits, None).str.extract_groups(self._expression).struct.unnest()
        offsets = [pl.col(name.removesuffix("_offset")).str.tail(5).alias(name) for name in self._offsets]
        return _Cut(groups.with_columns(offsets).select(self._names), fits)


def _inside(name: str, column: Column) -> pl.Expr:
    value = pl.col(name)
    if column.before:
        value = value.str.slice(len(column.before))
    if column.after:
        value = value.str.head(-len(column.after))
    return value


def _shape(name: str, column: Column) -> Iterator[pl.Expr]:
    if not column.variable:
        yield pl.col(name) == column.before
        return
    if column.before:
        yield pl.col(name).str.starts_with(column.before)
    if column.after:
        yield pl.col(name).str.ends_with(column.after)
