"""The distance demanded of a number before it is called unusual, from the table that `calibration` writes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from vistas.mornings.unusual.distance import Numbers


@dataclass(frozen=True, slots=True)
class Table:
    """`distances` has a row an entry of `mornings`, a column an entry of `comparisons`; in spreads."""

    mornings: Numbers
    comparisons: Numbers
    distances: Numbers
    ranges: Numbers

    def expected_range(self, mornings: NDArray[np.int64]) -> Numbers:
        """Of so many numbers of ordinary noise, in standard deviations."""
        return np.interp(np.log(np.maximum(mornings, 1)), np.log(self.mornings), self.ranges)

    def demanded(self, mornings: NDArray[np.int64], comparisons: int) -> Numbers:
        """In spreads; beyond the last number of mornings or comparisons as for that one."""
        many = np.log(max(comparisons, 1))
        by_mornings = [np.interp(many, np.log(self.comparisons), row) for row in np.log(self.distances)]
        fewer = 1 / np.maximum(mornings, 1)
        found: Numbers = np.exp(np.interp(fewer, 1 / self.mornings[::-1], by_mornings[::-1]))
        return found


@cache
def table() -> Table:
    with resources.files("vistas.mornings.unusual").joinpath("distances.csv").open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    read = np.array(rows, dtype=float)
    return Table(read[:, 0], np.array(names[2:], dtype=float), read[:, 2:], read[:, 1])
