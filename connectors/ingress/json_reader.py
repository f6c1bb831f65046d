"""Reading lines that are JSON objects, also as nginx writes them: with blanks and leading zeros in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

import orjson
import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading import Lines, Read, sort_out
from connectors.ingress.records import to_records

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
        read = sort_out(
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
