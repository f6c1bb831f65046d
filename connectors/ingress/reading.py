"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import IS_RECORD

Lines = list[bytes]
Places = npt.NDArray[np.int64]
_PART = 1 << 20
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

    def __init__(self, block: bytes) -> None:
        self.block = block
        self._ends = find_all(block, b"\n")

    @property
    def count(self) -> int:
        return len(self._ends)

    def lines(self) -> Lines:
        """Without their ends."""
        return self.block.split(b"\n")[: self.count]

    def pick(self, numbers: Sequence[int] | pl.Series) -> Lines:
        """Some lines by number, in their order, without their ends: cheaper than cutting all to take a few."""
        wanted = np.asarray(numbers, dtype=np.int64)
        begins = self._begins()[wanted].tolist()
        ends = self._ends[wanted].tolist()
        return [self.block[begin:end] for begin, end in zip(begins, ends, strict=True)]

    def without(self, numbers: Sequence[int]) -> Text:
        """The other lines."""
        begins, kept, at = self._begins(), [], 0
        for number in numbers:
            kept.append(self.block[at : begins[number]])
            at = int(self._ends[number]) + 1
        return Text(b"".join((*kept, self.block[at:])))

    def odd_numbers_of(self, mark: bytes) -> list[int]:
        """Which lines have this byte an odd number of times."""
        of_lines = np.searchsorted(self._ends, find_all(self.block, mark))
        return np.flatnonzero(np.bincount(of_lines, minlength=self.count) % 2).tolist()

    def _begins(self) -> Places:
        return np.concatenate((np.zeros(1, np.int64), self._ends[:-1] + 1))


def find_all(block: bytes, mark: bytes) -> Places:
    """Where a byte stands, by parts small enough to stay in the processor's cache."""
    text, code = np.frombuffer(block, np.uint8), mark[0]
    parts = (np.flatnonzero(text[at : at + _PART] == code) + at for at in range(0, len(block), _PART))
    return np.concatenate((np.zeros(0, np.int64), *parts))


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
