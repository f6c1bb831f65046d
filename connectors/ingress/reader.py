"""Reading lines of one dialect: many at once where they are regular, by expression where they are not."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import to_records
from connectors.ingress.template import Column, compile_template

Lines = list[bytes]

# Polars warns about lines that are not as it was told; what they are is found out here.
warnings.filterwarnings("ignore", message="CSV malformed")


@dataclass(frozen=True, slots=True)
class Read:
    """`records` of the lines that are of the dialect, and the numbers of the other lines, ascending."""

    records: pl.DataFrame
    others: list[int]


class Reader(Protocol):
    dialect: Dialect

    def read(self, block: bytes, count: int) -> Read:
        """`block` is `count` lines, each with its end."""
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

    def read(self, block: bytes, count: int) -> Read:
        regular = self._cut(block, count) if self._columns else None
        if regular is None:
            return self._match(block.split(b"\n")[:count], range(count))
        records, fits = regular
        others = (~fits).arg_true().to_list()
        if not others:
            return Read(records, [])
        lines = block.split(b"\n")
        ragged = self._match([lines[number] for number in others], others)
        return Read(pl.concat([records.filter(fits), ragged.records]), ragged.others)

    def _cut(self, block: bytes, count: int) -> tuple[pl.DataFrame, pl.Series] | None:
        """Every line as a record, and which of them really are; None where quotes do not come out even."""
        schema = {name: pl.String for name, _ in self._columns} | {self._beyond: pl.String}
        try:
            table = pl.read_csv(
                block,
                has_header=False,
                separator=" ",
                schema=schema,
                missing_columns="insert",
                truncate_ragged_lines=True,
                encoding="utf8" if block.isascii() else "utf8-lossy",
            )
        except pl.exceptions.PolarsError:
            return None
        if table.height != count:
            return None
        values = table.select(_inside(name, column).alias(column.variable) for name, column in self._needed)
        fits = table.select(self._fits()).to_series()
        records = to_records(values, self.dialect, self._zone)
        known = records.select(pl.col("time").is_not_null() & pl.col("status").is_between(0, 999)).to_series()
        return records, (fits & known).fill_null(value=False)

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
    fits = records.select(pl.col("time").is_not_null() & pl.col("status").is_between(0, 999))
    known = fits.to_series().fill_null(value=False)
    others = [numbers[at] for at in (~known).arg_true()]
    return Read(records.filter(known), others)


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
        if not numbers:
            return Read(
                to_records(pl.DataFrame(schema=self._schema), self.dialect, self._zone), list(range(count))
            )
        objects, numbers, broken = self._parse([lines[number] for number in numbers], numbers)
        read = _sort_out(to_records(objects, self.dialect, self._zone), numbers)
        others = set(range(count)).difference(numbers) | set(read.others) | set(broken)
        return Read(read.records, sorted(others))

    def _parse(self, lines: Lines, numbers: list[int]) -> tuple[pl.DataFrame, list[int], list[int]]:
        """The objects, the numbers of their lines, and the numbers of lines that are none."""
        table = self._parse_together(lines)
        if table is None:
            lines = [LEADING_ZEROS.sub(b'": ', BLANK.sub(b'": null', line)) for line in lines]
            table = self._parse_together(lines)
        if table is not None:
            return table, numbers, []
        tables = [self._parse_together([line]) for line in lines]
        good = [at for at, one in enumerate(tables) if one is not None]
        empty = pl.DataFrame(schema=self._schema)
        objects = pl.concat([empty, *(one for one in tables if one is not None)])
        broken = [numbers[at] for at, one in enumerate(tables) if one is None]
        return objects, [numbers[at] for at in good], broken

    def _parse_together(self, lines: Lines) -> pl.DataFrame | None:
        text = b"\n".join(lines).decode("utf-8", "replace").encode() + b"\n"
        try:
            table = pl.read_ndjson(text, schema=self._schema)
        except pl.exceptions.PolarsError:
            return None
        return table if table.height == len(lines) else None
