"""Reading lines that are JSON objects, also as nginx writes them: with blanks and leading zeros in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

import orjson
import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading import Lines, Read, Text, sort_out
from connectors.ingress.records import to_records

BLANK = re.compile(rb'(?<!\\)":[ ]*(?=[,}])')
"""`"bytes_sent": ,` as nginx writes a number that it does not have."""
LEADING_ZEROS = re.compile(rb'(?<!\\)":[ ]*0+(?=[0-9])')


class JsonReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        self.dialect = dialect
        self._zone = zone
        self._marks = [mark.encode() for mark in dialect.json_marks]
        self._needed = {*dialect.sources("time"), *dialect.sources("status")}
        self._schema = _schema(dialect.variables)
        self._flat = [_flat(name).alias(name) for name in dialect.variables]

    def read(self, text: Text) -> Read:
        if self._all_ours(text):
            table = self._parse_together(text.block, text.count)
            if table is not None:
                return sort_out(self._records(table))
        lines, count = text.lines(), text.count
        numbers = [number for number, line in enumerate(lines) if self._ours(line)]
        if not numbers:
            return Read(self._records(pl.DataFrame(schema=self._schema)), _numbers([]), [*range(count)])
        parts = list(self._parse([lines[number] for number in numbers], numbers))
        objects = pl.concat([pl.DataFrame(schema=self._schema), *(table for table, _ in parts)])
        read = sort_out(self._records(objects), [line for _, part in parts for line in part])
        return Read(read.records, read.lines, sorted({*range(count)}.difference(read.lines)))

    def _all_ours(self, text: Text) -> bool:
        starts = text.block.count(b"\n{") + text.block.startswith(b"{")
        return starts == text.count and all(text.block.count(mark) == text.count for mark in self._marks)

    def _ours(self, line: bytes) -> bool:
        return line.startswith(b"{") and all(mark in line for mark in self._marks)

    def _records(self, objects: pl.DataFrame) -> pl.DataFrame:
        values = objects.select(self._flat)
        silent = {each.name for each in values if each.null_count() == each.len()} - self._needed
        return to_records(values.drop(silent), self.dialect, self._zone)

    def _parse(self, lines: Lines, numbers: list[int]) -> Iterator[tuple[pl.DataFrame, list[int]]]:
        """The objects in their order, with the numbers of their lines; what is none is left out."""
        table = self._parse_lines(lines)
        if table is None:
            mended = [(LEADING_ZEROS.sub(b'": ', BLANK.sub(b'": null', line))) for line in lines]
            good = [place for place, line in enumerate(mended) if _is_object(line)]
            lines, numbers = [mended[place] for place in good], [numbers[place] for place in good]
            yield from self._parse_halves(lines, numbers)
        else:
            yield table, numbers

    def _parse_halves(self, lines: Lines, numbers: list[int]) -> Iterator[tuple[pl.DataFrame, list[int]]]:
        table = self._parse_lines(lines)
        if table is not None:
            yield table, numbers
        elif len(lines) > 1:
            half = len(lines) // 2
            yield from self._parse_halves(lines[:half], numbers[:half])
            yield from self._parse_halves(lines[half:], numbers[half:])

    def _parse_lines(self, lines: Lines) -> pl.DataFrame | None:
        return self._parse_together(b"".join(line + b"\n" for line in lines), len(lines))

    def _parse_together(self, text: bytes, count: int) -> pl.DataFrame | None:
        if not text:
            return pl.DataFrame(schema=self._schema)
        try:
            table = pl.read_ndjson(_readable(text), schema=self._schema)
        except pl.exceptions.PolarsError:
            return None
        return table if table.height == count else None


def _readable(text: bytes) -> bytes:
    return text if text.isascii() else text.decode("utf-8", "replace").encode()


def _numbers(numbers: Sequence[int]) -> pl.Series:
    return pl.Series(numbers, dtype=pl.UInt32)


def _schema(names: Sequence[str]) -> dict[str, Any]:
    """`request.host` is the key `host` of the object `request`, `"request.host"` a key with a dot."""
    inside: dict[str, list[str]] = {}
    for name in names:
        key, *rest = _path(name)
        inside.setdefault(key, []).append(".".join(rest))
    return {key: pl.Struct(_schema(rest)) if all(rest) else pl.String for key, rest in inside.items()}


def _flat(name: str) -> pl.Expr:
    key, *inside = _path(name)
    value = pl.col(key)
    for each in inside:
        value = value.struct.field(each)
    return value


def _path(name: str) -> list[str]:
    return [name.strip('"')] if name.startswith('"') else name.split(".")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line.decode("utf-8", "replace")), dict)
    except orjson.JSONDecodeError:
        return False
