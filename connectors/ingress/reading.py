"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import compress
from typing import Protocol

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import IS_RECORD

Lines = list[bytes]
NEVER = b"\x02"
"""A character that hardly any line has."""
SMALL = 1 << 16
"""In so few bytes Python has found them before Polars has begun."""
_LINE = {"line": pl.String}


@dataclass(frozen=True, slots=True)
class Read:
    """`records` of the lines that are of the dialect, in their order; `lines` are the numbers of these lines.

    `others` are the numbers of the other lines, ascending.
    """

    records: pl.DataFrame
    lines: pl.Series
    others: list[int]


class Text:
    """Some lines, each with its end."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self.count = _count(block)

    def lines(self) -> Lines:
        """Without their ends."""
        return self.block.split(b"\n")[: self.count]

    def pick(self, numbers: Iterable[int]) -> Lines:
        """Some lines by number, in their order, without their ends: cheaper than cutting all to take a few."""
        wanted = bytearray(self.count)
        for number in numbers:
            wanted[number] = True
        return [line[:-1] for line in compress(BytesIO(self.block), wanted)]

    def without(self, numbers: Iterable[int]) -> Text:
        """The other lines."""
        wanted = bytearray(b"\1") * self.count
        for number in numbers:
            wanted[number] = False
        return Text(b"".join(compress(BytesIO(self.block), wanted)))


def _count(block: bytes) -> int:
    """Polars finds ends of lines faster than Python, and leaves the interpreter to others meanwhile."""
    if len(block) < SMALL:
        return block.count(b"\n")
    lines = pl.scan_csv(block, has_header=False, separator=NEVER.decode(), quote_char=None, schema=_LINE)
    return int(lines.select(pl.len()).collect().item())


class Reader(Protocol):
    dialect: Dialect

    def read(self, text: Text) -> Read:
        """At least one line."""
        ...


def sort_out(records: pl.DataFrame, numbers: Sequence[int] | pl.Series | None = None) -> Read:
    """Lines with time and status are of the dialect. `numbers` are those of the lines, by default all in order."""
    known = records.select(IS_RECORD.fill_null(value=False)).to_series()
    every = pl.int_range(records.height, dtype=pl.UInt32, eager=True)
    lines = every if numbers is None else pl.Series(numbers, dtype=pl.UInt32)
    if known.all():
        return Read(records, lines, [])
    return Read(records.filter(known), lines.filter(known), lines.filter(~known).to_list())
