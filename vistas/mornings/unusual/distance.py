"""How far numbers of today lie from those of earlier mornings, in spreads.

Everything here is arrays: `today` has one number a comparison, `earlier` a row a comparison and a column a
morning, NaN where that morning has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FLOOR: Final = 0.05
"""No spread is smaller than this share of the median."""
NORMAL: Final = 1.4826
"""What makes a median absolute deviation of ordinary noise its standard deviation."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of earlier numbers, sorted; `mornings` is how many numbers each row has."""

    ordered: Numbers
    mornings: NDArray[np.int64]

    @classmethod
    def of(cls, earlier: Numbers) -> Rows:
        return cls(np.sort(earlier, axis=1), np.count_nonzero(~np.isnan(earlier), axis=1))

    @property
    def lowest(self) -> Numbers:
        return self.ordered[:, 0]

    @property
    def highest(self) -> Numbers:
        return self._at(self.mornings - 1)

    @property
    def median(self) -> Numbers:
        """NaN where a row has no number."""
        return (self._at((self.mornings - 1) // 2) + self._at(self.mornings // 2)) / 2

    def spread(self, expected_range: Numbers | float) -> Numbers:
        """The larger of what the deviations from the median say and what the range says.

        Few deviations can be tiny by chance, which the range then is not. `expected_range` is that of as many
        numbers of ordinary noise, in standard deviations.
        """
        deviations = Rows.of(np.abs(self.ordered - self.median[:, None])).median
        return np.maximum(NORMAL * deviations, (self.highest - self.lowest) / expected_range)

    def _at(self, places: NDArray[np.int64]) -> Numbers:
        inside = np.clip(places, 0, self.ordered.shape[1] - 1)
        return np.take_along_axis(self.ordered, inside[:, None], axis=1)[:, 0]


@dataclass(frozen=True, slots=True)
class Scaling:
    """How numbers are made comparable, one entry a comparison.

    `step` is the smallest difference that means anything, above zero. Where `logarithmic`, ratios count instead of
    differences; `step` is added to all numbers first, since there is no ratio to zero.
    """

    step: Numbers
    logarithmic: NDArray[np.bool_]

    def of(self, numbers: Numbers) -> Numbers:
        return np.where(self.logarithmic, np.log(np.maximum(numbers, 0) + self.step), numbers)

    def floor(self, median: Numbers) -> Numbers:
        """The least spread around a median, scaled."""
        least = np.maximum(FLOOR * np.abs(median), self.step)
        return self.of(median + least) - self.of(median)

    def only(self, chosen: NDArray[np.bool_] | slice) -> Scaling:
        return Scaling(self.step[chosen], self.logarithmic[chosen])

    def for_numbers(self, today: Numbers, earlier: Numbers) -> Scaling:
        """Below zero there are no ratios: there, differences count all the same."""
        lowest = np.fmin(today, np.fmin.reduce(earlier, axis=1))
        return Scaling(self.step, self.logarithmic & ~(lowest < 0))


def distances(today: Numbers, earlier: Numbers, scaling: Scaling, expected_range: Numbers) -> Numbers:
    """In spreads, from the median of the earlier mornings; 0 within their range, NaN where there is none."""
    scaling = scaling.for_numbers(today, earlier)
    rows = Rows.of(scaling.of(earlier.T).T)
    here = scaling.of(today)
    spread = np.maximum(rows.spread(expected_range), scaling.floor(Rows.of(earlier).median))
    beyond = (here < rows.lowest) | (here > rows.highest)
    found = np.abs(here - rows.median) / spread
    return np.where(beyond | np.isnan(found), found, 0.0)
