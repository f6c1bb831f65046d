"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import compress
from typing import Protocol

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.records import IS_RECORD

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

    @classmethod
    def of(cls, lines: pl.Series) -> Text:
        """These lines, none of which has an end in it."""
        return cls("".join(f"{line}\n" for line in lines).encode())

    @cached_property
    def count(self) -> int:
        """Polars finds ends of lines faster than Python, and leaves the interpreter to others meanwhile."""
        if len(self.block) < SMALL:
            return self.block.count(b"\n")
        lines = pl.scan_csv(self.block, has_header=False, separator=NEVER.decode(), quote_char=None, schema=_LINE)
        return int(lines.select(pl.len()).collect().item())

    def some(self, numbers: Iterable[int]) -> pl.Series:
        """Some lines by number, in their order, without their ends; what is no text is replaced."""
        lines = [line.removesuffix(b"\r").decode("utf-8", "replace") for line in self.pick(numbers)]
        return pl.Series(lines, dtype=pl.String)

    def lines(self) -> Lines:
        """Without their ends."""
        return self.block.split(b"\n")[: self.count]

    def pick(self, numbers: Iterable[int]) -> Lines:
        """Some lines by number, in their order, without their ends: cheaper than cutting all to take a few."""
        wanted = bytearray(self.count)
        for number in numbers:
            wanted[number] = True
        return [line[:-1] for line in compress(BytesIO(self.block), wanted)]


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
