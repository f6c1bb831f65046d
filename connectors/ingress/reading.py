"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import accumulate
from typing import Protocol

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import IS_RECORD

Lines = list[bytes]
NEVER = b"\x02"
"""A character that hardly any line has."""


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

    def __init__(self, block: bytes, window: int = 8_192) -> None:
        """A line is looked for in `window` bytes."""
        self.block = block
        self.count = sum(1 for _ in BytesIO(block))
        self._window = window

    @cached_property
    def _before(self) -> list[int]:
        """How many lines end before each window."""
        places = range(0, len(self.block), self._window)
        return [0, *accumulate(self.block.count(b"\n", place, place + self._window) for place in places)]

    def lines(self) -> Lines:
        """Without their ends."""
        return self.block.split(b"\n")[: self.count]

    def pick(self, numbers: Iterable[int]) -> Lines:
        """Some lines by number, without their ends: several times as fast as cutting all to take a few."""
        return [self._line(number) for number in numbers]

    def _line(self, number: int) -> bytes:
        window = bisect_right(self._before, number) - 1
        begin = self.block.rfind(b"\n", 0, window * self._window) + 1
        for _ in range(number - self._before[window]):
            begin = self.block.index(b"\n", begin) + 1
        return self.block[begin : self.block.index(b"\n", begin)]


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
