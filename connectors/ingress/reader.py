"""Reading lines of one dialect: many at once where they are regular, by expression where they are not."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

import orjson
import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import IS_RECORD, to_records
from connectors.ingress.template import Column, compile_template

Lines = list[bytes]

# Polars warns about lines that are not as it was told; what they are is found out here.
warnings.filterwarnings("ignore", message="CSV malformed")


@dataclass(frozen=True, slots=True)
class Read:
    """`records` of the lines that are of the dialect, in their order; `lines` are the numbers of these lines.

    `others` are the numbers of the other lines, ascending.
    """

    records: pl.DataFrame
    lines: pl.Series
    others: list[int]


class Reader(Protocol):
    dialect: Dialect

    def read(self, block: bytes, count: int) -> Read:
        """`block` is `count` lines, each with its end; at least one."""
        ...


def make_reader(dialect: Dialect, zone: tzinfo) -> Reader:
    return TextReader(dialect, zone) if dialect.template else JsonReader(dialect, zone)


class TextReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        layout = compile_template(dialect.template)
        self.dialect = dialect
        self._zone = zone
        self._expression = layout.expression
        self._columns = [(f"column_{number}", column) for number, column in enumerate(layout.columns, 1)]
        self._beyond = f"column_{len(layout.columns) + 1}"
        needed = {*dialect.variables, *(f"{name}_offset" for name in dialect.fields["time"])}
        self._needed = [(name, column) for name, column in self._columns if column.variable in needed]
        last = self._columns[-1:]
        checked = [(name, column) for name, column in self._columns if list(_shape(name, column))]
        self._read = sorted({name for name, _ in (*self._needed, *checked, *last)} | {self._beyond})

    def read(self, block: bytes, count: int) -> Read:
        records = self._cut(block, count)
        if records is None:
            return self._read_uneven(block.split(b"\n")[:count])
        read = _sort_out(records, range(count))
        return self._match_others(read, block.split(b"\n")) if read.others else read

    def _read_uneven(self, lines: Lines) -> Read:
        """Lines whose quotes do not come out even are kept from swallowing the ends of others."""
        even = [number for number, line in enumerate(lines) if line.count(b'"') % 2 == 0]
        records = self._cut(b"".join(lines[number] + b"\n" for number in even), len(even))
        if records is None:
            return self._match(lines, range(len(lines)))
        read = _sort_out(records, even)
        others = sorted({*range(len(lines))}.difference(read.lines))
        return self._match_others(Read(read.records, read.lines, others), lines)

    def _match_others(self, read: Read, lines: Lines) -> Read:
        matched = self._match([lines[number] for number in read.others], read.others)
        if matched.records.is_empty():
            return read
        order = pl.concat([read.lines, matched.lines])
        records = pl.concat([read.records, matched.records]).with_columns(_line=order).sort("_line")
        return Read(records.drop("_line"), order.sort(), matched.others)

    def _cut(self, block: bytes, count: int) -> pl.DataFrame | None:
        """Every line as a record, without a time where it is none; None where quotes do not come out even."""
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
            )
        except pl.exceptions.PolarsError:
            return None
        if table.height != count:
            return None
        values = table.select(_inside(name, column).alias(column.variable) for name, column in self._needed)
        fits = table.select(self._fits().fill_null(value=False)).to_series()
        records = to_records(values, self.dialect, self._zone)
        return records if fits.all() else records.with_columns(pl.when(fits).then(pl.col("time")).alias("time"))

    def _fits(self) -> pl.Expr:
        shapes = [shape for name, column in self._columns for shape in _shape(name, column)]
        return pl.all_horizontal(
            pl.col(self._columns[-1][0]).is_not_null(), pl.col(self._beyond).is_null(), *shapes
        )

    def _match(self, lines: Lines, numbers: Sequence[int]) -> Read:
        text = pl.Series([line.decode("utf-8", "replace") for line in lines], dtype=pl.String)
        values = text.str.extract_groups(self._expression).struct.unnest()
        for name in self.dialect.fields["time"]:
            values = values.with_columns(pl.col(name).str.tail(5).alias(f"{name}_offset"))
        records = to_records(values, self.dialect, self._zone)
        return _sort_out(records, numbers)


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


def _sort_out(records: pl.DataFrame, numbers: Sequence[int]) -> Read:
    """Lines with a time and a status are of the dialect."""
    known = records.select(IS_RECORD.fill_null(value=False)).to_series()
    lines = pl.Series(numbers, dtype=pl.UInt32)
    if known.all():
        return Read(records, lines, [])
    return Read(records.filter(known), lines.filter(known), lines.filter(~known).to_list())


BLANK = re.compile(rb'(?<!\\)":[ ]*(?=[,}])')
"""`"bytes_sent": ,` as nginx writes a number that it does not have."""
LEADING_ZEROS = re.compile(rb'(?<!\\)":[ ]*0+(?=[0-9])')


class JsonReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        self.dialect = dialect
        self._zone = zone
        self._schema = dict.fromkeys((*dialect.variables, *dialect.json_keys), pl.String)

    def read(self, block: bytes, count: int) -> Read:
        lines = block.split(b"\n")[:count]
        numbers = [number for number, line in enumerate(lines) if line.startswith(b"{")]
        parts = list(self._parse([lines[number] for number in numbers], numbers))
        objects = pl.concat([pl.DataFrame(schema=self._schema), *(table for table, _ in parts)])
        read = _sort_out(
            to_records(objects, self.dialect, self._zone), [line for _, part in parts for line in part]
        )
        return Read(read.records, read.lines, sorted({*range(count)}.difference(read.lines)))

    def _parse(self, lines: Lines, numbers: list[int]) -> Iterator[tuple[pl.DataFrame, list[int]]]:
        """The objects in their order, with the numbers of their lines; what is none is left out."""
        table = self._parse_together(lines)
        if table is None:
            mended = [(LEADING_ZEROS.sub(b'": ', BLANK.sub(b'": null', line))) for line in lines]
            good = [place for place, line in enumerate(mended) if _is_object(line)]
            lines, numbers = [mended[place] for place in good], [numbers[place] for place in good]
            yield from self._parse_halves(lines, numbers)
        else:
            yield table, numbers

    def _parse_halves(self, lines: Lines, numbers: list[int]) -> Iterator[tuple[pl.DataFrame, list[int]]]:
        table = self._parse_together(lines)
        if table is not None:
            yield table, numbers
        elif len(lines) > 1:
            half = len(lines) // 2
            yield from self._parse_halves(lines[:half], numbers[:half])
            yield from self._parse_halves(lines[half:], numbers[half:])

    def _parse_together(self, lines: Lines) -> pl.DataFrame | None:
        if not lines:
            return pl.DataFrame(schema=self._schema)
        text = b"".join(line + b"\n" for line in lines).decode("utf-8", "replace").encode()
        try:
            table = pl.read_ndjson(text, schema=self._schema)
        except pl.exceptions.PolarsError:
            return None
        return table if table.height == len(lines) else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line.decode("utf-8", "replace")), dict)
    except orjson.JSONDecodeError:
        return False
