"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


class Reader(Protocol):
    dialect: Dialect

    def read(self, block: bytes, count: int) -> Read:
        """`block` is `count` lines, each with its end; at least one."""
        ...


def pick_lines(block: bytes, numbers: Sequence[int] | pl.Series) -> Lines:
    """Some lines of a block, by number, without their ends."""
    if NEVER in block:
        lines = block.split(b"\n")
        return [lines[number] for number in numbers]
    # A table of one column: several times as fast as cutting all lines to take a few.
    table = pl.read_csv(
        block,
        has_header=False,
        separator=NEVER.decode(),
        quote_char=None,
        schema={"line": pl.String},
        encoding="utf8-lossy",
    )
    return [line.encode() for line in table["line"].gather(pl.Series(numbers, dtype=pl.UInt32)).fill_null("")]


def sort_out(records: pl.DataFrame, numbers: Sequence[int] | pl.Series | None = None) -> Read:
    """Lines with time and status are of the dialect. `numbers` are those of the lines, by default all in order."""
    known = records.select(IS_RECORD.fill_null(value=False)).to_series()
    every = pl.int_range(records.height, dtype=pl.UInt32, eager=True)
    lines = every if numbers is None else pl.Series(numbers, dtype=pl.UInt32)
    if known.all():
        return Read(records, lines, [])
    return Read(records.filter(known), lines.filter(known), lines.filter(~known).to_list())
