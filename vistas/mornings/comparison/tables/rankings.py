"""Lists of the slowest or the busiest: what is not among them may still have been there, further down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from vistas.mornings.comparison.tables.joining import Joined
from vistas.mornings.comparison.telling import number_of

if TYPE_CHECKING:
    from vistas.snapshot import Frame

RANKED: Final = {"slowest": "seconds", "clients": "requests"}
"""By what a look takes: the column by which its list is ranked and cut."""


WEIGHT: Final = 0.25
"""What such a list shows is of single requests, and weighs less than what is measured of all."""


def weight(take: str) -> float:
    """By what the magnitudes of a table are multiplied."""
    return WEIGHT if take in RANKED else 1.0


def within_reach(joined: Joined, then: Frame, now: Frame, take: str) -> tuple[Joined, tuple[str, ...]]:
    """Without the rows that the other side's list could not have shown, since it ended above them; and how many.

    Of two lists the shorter one ended since there was no more: what it does not have was not there.
    """
    by = RANKED.get(take, "")
    if not by or by not in joined.columns or not joined.columns[by].is_numeric():
        return joined, ()
    gone = _above(joined.gone, by, now) if now.rows >= then.rows else joined.gone
    new = _above(joined.new, by, then) if then.rows >= now.rows else joined.new
    left_out = joined.gone.height + joined.new.height - gone.height - new.height
    note = f"Left out: {number_of(left_out, 'row')} that the other list, which ends above, could not have shown."
    return replace(joined, gone=gone, new=new), (note,) if left_out else ()


def _above(rows: pl.DataFrame, by: str, other: Frame) -> pl.DataFrame:
    """Those that would stand on the other list if they had been there as well."""
    return rows.filter(pl.col(by) > pl.lit(other.data[by].min())) if other.rows else rows
