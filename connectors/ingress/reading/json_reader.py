"""Reading lines that are JSON objects, also as nginx writes them: see `unquoted_json`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

import orjson
import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.prefilter import glance
from connectors.ingress.reading.reader import Lines, Read, Text, sort_out
from connectors.ingress.reading.records import to_records
from connectors.ingress.reading.unquoted_json import repaired

COMPLETE = ("time", "status", "client", "response_bytes", "seconds")
"""What a line has to say, besides its request, for it not to be looked at again."""


class JsonReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        self.dialect = dialect
        self._zone = zone
        self._marks = [mark.encode() for mark in dialect.json_marks]
        self._others = [[text.encode() for text in texts] for texts in dialect.json_unless]
        self._ours = glance(dialect)
        self._before = re.compile(dialect.before_json.encode())
        self._needed = {*dialect.sources("time"), *dialect.sources("status")}
        self._names = dialect.variables
        # What is evidence only matters where something usual is missing.
        besides = {*dialect.rarely, *dialect.evidence, *dialect.in_milliseconds} - _read_anyway(dialect)
        self._usual = [name for name in self._names if not dialect.rarely or name not in besides]
        self._schema = _schema(self._usual)
        self._flat = [_flat(name).alias(name) for name in self._usual]

    def read(self, text: Text) -> Read:
        if self._all_ours(text):
            table = self._parse_together(text.block, text.count)
            if table is not None:
                return self._sort_out(table, [*range(text.count)] if self.dialect.rarely else None, text)
        lines, count = text.lines(), text.count
        numbers = [number for number, line in enumerate(lines) if self._ours(line)]
        if not numbers:
            nothing = pl.DataFrame(schema=self._schema).select(self._flat)
            return Read(self._records(nothing), pl.Series(dtype=pl.UInt32), [*range(count)])
        parts = list(self._parse([self._object_of(lines[number]) for number in numbers], numbers))
        objects = pl.concat([pl.DataFrame(schema=self._schema), *(table for table, _ in parts)])
        read = self._sort_out(objects, [line for _, part in parts for line in part], text)
        return Read(read.records, read.lines, sorted({*range(count)}.difference(read.lines)))

    def _object_of(self, line: bytes) -> bytes:
        """A line as an object that has in it what is written before it."""
        before = None if line.startswith(b"{") else self._before.match(line)
        if before is None:
            return line
        values = {name: value.decode("utf-8", "replace") for name, value in before.groupdict().items()}
        return orjson.dumps(values)[:-1] + b"," + line[before.end() :].removeprefix(b"{")

    def _all_ours(self, text: Text) -> bool:
        """Whether all lines are of this dialect, as far as is seen at a glance."""
        starts = text.block.count(b"\n{") + text.block.startswith(b"{")
        return (
            starts == text.count
            and all(text.block.count(mark) >= text.count for mark in self._marks)
            and not any(all(each in text.block for each in texts) for texts in self._others)
        )

    def _sort_out(self, objects: pl.DataFrame, numbers: list[int] | None, text: Text) -> Read:
        """`numbers` are the objects' lines, by default all in order."""
        values = objects.select(self._flat)
        if not self.dialect.rarely or numbers is None:
            return sort_out(self._records(values), numbers)
        whole = values.select(self._says_all().alias("whole"))["whole"]
        if whole.all():
            return sort_out(self._records(values), numbers)
        places = pl.Series(numbers, dtype=pl.UInt32)
        rest = places.filter(~whole)
        again = pl.DataFrame(
            [self._leaves(line) for line in text.pick(rest)],
            schema=dict.fromkeys(self._names, pl.String),
            orient="row",
        )
        together = pl.concat([values.filter(whole), again], how="diagonal")
        where = pl.concat([places.filter(whole), rest])
        order = where.arg_sort()
        return sort_out(self._records(together[order]), where[order])

    def _says_all(self) -> pl.Expr:
        """Whether a line leaves nothing out that it may say under another key."""

        def has(*columns: str) -> pl.Expr:
            names = [name for column in columns for name in self.dialect.sources(column) if name in self._usual]
            return pl.any_horizontal(*(~pl.col(name).is_in(["", "-"]) for name in names), pl.lit(value=False))

        columns = [has(column).fill_null(value=False) for column in COMPLETE if self.dialect.sources(column)]
        request = has("request") | (has("method") & has("target"))
        return pl.all_horizontal(*columns, request.fill_null(value=False))

    def _leaves(self, line: bytes) -> list[str | None]:
        """What a line says under any of the keys, in whatever object they are: the outermost first."""
        found: dict[str, str | None] = {}
        for key, value in _all_leaves(_object(line) or _object(repaired(line)) or {}):
            found.setdefault(key, value)
        return [found.get(name) for name in self._names]

    def _records(self, values: pl.DataFrame) -> pl.DataFrame:
        silent = {each.name for each in values if each.null_count() == each.len()} - self._needed
        return to_records(values.drop(silent), self.dialect, self._zone)

    def _parse(self, lines: Lines, numbers: list[int]) -> Iterator[tuple[pl.DataFrame, list[int]]]:
        """The objects in their order, with the numbers of their lines; what is none is left out."""
        table = self._parse_lines(lines)
        if table is None:
            meant = [repaired(line) if _object(line) is None else line for line in lines]
            good = [place for place, line in enumerate(meant) if _object(line) is not None]
            lines, numbers = [meant[place] for place in good], [numbers[place] for place in good]
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


def _read_anyway(dialect: Dialect) -> set[str]:
    return {name for names in dialect.fields.values() for name in names}.difference(dialect.rarely)


def _readable(text: bytes) -> bytes:
    return text if text.isascii() else text.decode("utf-8", "replace").encode()


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


def _all_leaves(value: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Level by level; what is said with a dot in its key, under the last part of it too."""
    level: list[Mapping[str, Any]] = [value]
    while level:
        for each in level:
            for key, said in each.items():
                if not isinstance(said, dict):
                    text = said if isinstance(said, str) or said is None else orjson.dumps(said).decode()
                    yield key, text
                    if "." in key:
                        yield key.rpartition(".")[2], text
        level = [said for each in level for said in each.values() if isinstance(said, dict)]


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = orjson.loads(line.decode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None
