"""Reading lines of a text format: many at once where they are regular, by expression where they are not."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import tzinfo

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading import NEVER, Lines, Read, pick_lines, sort_out, together
from connectors.ingress.records import SCHEMA, to_records
from connectors.ingress.template import RAW, Column, compile_template

# Polars warns about lines that are not as it was told; what they are is found out here.
warnings.filterwarnings("ignore", message="CSV malformed")


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
        self._escapes_none = any(column.variable.endswith(RAW) for _, column in self._columns)

    def read(self, block: bytes, count: int) -> Read:
        records = None if self._has_quotes_inside(block) else self._cut(block, count)
        if records is None:
            return self._read_uneven(block.split(b"\n")[:count])
        read = sort_out(records)
        return (
            together([read, *self._read_odd(pick_lines(block, read.others), read.others)]) if read.others else read
        )

    def _read_uneven(self, lines: Lines) -> Read:
        """Lines whose quotes do not come out even are kept from swallowing the ends of others.

        So are those that have quotes within a value from losing them.
        """
        even = [
            number
            for number, line in enumerate(lines)
            if line.count(b'"') % 2 == 0 and not self._has_quotes_inside(line + b"\n")
        ]
        records = self._cut(b"".join(lines[number] + b"\n" for number in even), len(even))
        if records is None:
            return self._match(lines, range(len(lines)))
        read = sort_out(records, even)
        others = sorted({*range(len(lines))}.difference(read.lines))
        return together([read, *self._read_odd([lines[number] for number in others], others)])

    def _read_odd(self, lines: Lines, numbers: list[int]) -> list[Read]:
        cut = self._cut_lists(lines, numbers)
        left = {*cut.others}
        rest = [line for line, number in zip(lines, numbers, strict=True) if number in left]
        return [cut, self._match(rest, cut.others)] if rest else [cut]

    def _cut_lists(self, lines: Lines, numbers: list[int]) -> Read:
        """Lists of attempts have blanks, which other values have only between quotes: these are held together."""
        text = b"".join(line + b"\n" for line in lines)
        held = text.replace(b", ", b"," + NEVER).replace(b" : ", NEVER + b":" + NEVER)
        odd = NEVER in text or self._has_quotes_inside(text)
        records = None if odd else self._cut(held, len(lines), held=True)
        if records is None:
            return Read(pl.DataFrame(schema=SCHEMA), pl.Series(dtype=pl.UInt32), numbers)
        return sort_out(records, numbers)

    def _cut(self, block: bytes, count: int, *, held: bool = False) -> pl.DataFrame | None:
        """Every line as a record, without a time where it is none; None where quotes do not come out even.

        `held` says that `NEVER` stands for some blanks.
        """
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
        if held:
            values = values.with_columns(pl.all().str.replace_all(NEVER.decode(), " ", literal=True))
        fits = table.select(self._fits().fill_null(value=False)).to_series()
        records = to_records(values, self.dialect, self._zone)
        return records if fits.all() else records.with_columns(pl.when(fits).then(pl.col("time")).alias("time"))

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

    def _match(self, lines: Lines, numbers: Sequence[int]) -> Read:
        text = pl.Series([line.decode("utf-8", "replace") for line in lines], dtype=pl.String)
        # Whether a line fits is found out in a tenth of the time that it takes to take it apart.
        fits = text.str.contains(self._expression)
        values = text.filter(fits).str.extract_groups(self._expression).struct.unnest()
        for name in self.dialect.fields["time"]:
            values = values.with_columns(pl.col(name).str.tail(5).alias(f"{name}_offset"))
        every = pl.Series(numbers, dtype=pl.UInt32)
        read = sort_out(to_records(values, self.dialect, self._zone), every.filter(fits))
        others = pl.concat([every.filter(~fits), pl.Series(read.others, dtype=pl.UInt32)]).sort()
        return Read(read.records, read.lines, others.to_list())


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
