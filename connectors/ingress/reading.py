"""What a reader of one dialect gives, and how readers agree on which lines are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.records import IS_RECORD

Lines = list[bytes]


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


def sort_out(records: pl.DataFrame, numbers: Sequence[int]) -> Read:
    """Lines with a time and a status are of the dialect."""
    known = records.select(IS_RECORD.fill_null(value=False)).to_series()
    lines = pl.Series(numbers, dtype=pl.UInt32)
    if known.all():
        return Read(records, lines, [])
    return Read(records.filter(known), lines.filter(known), lines.filter(~known).to_list())
