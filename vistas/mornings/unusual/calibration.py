"""How many spreads a number has to be away before it is shown: `python -m vistas.mornings.unusual.calibration`.

Writes `distances.csv`, in about a minute: by the number of earlier mornings and of comparisons, the distance at
which ordinary noise shows anything in one walk of ten; 0.5 where being beyond all earlier mornings is enough.

Mornings are simulated both independent of each other and as each resembling the one before it (a correlation of
0.6); the greater distance counts. Earlier mornings are drawn by importance sampling: those that lie close together
by chance more often than they come, since they raise most false alarms. How likely today's number is to lie far
from them then follows from the normal distribution.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from vistas.mornings.unusual.distance import Numbers, Rows

TABLE: Final = Path(__file__).with_name("distances.csv")
MORNINGS: Final = (7, 8, 9, 10, 11, 12, 14, 16, 20, 25, 30, 40, 60)
COMPARISONS: Final = (1, 10, 100, 1_000, 10_000, 100_000)
CHANCE: Final = 0.1
"""Of a walk in which nothing happened to show anything."""
RESEMBLANCE: Final = 0.6
"""Correlation of a morning with the one before, where they are not independent."""
DRAWN: Final = 60_000
SEED: Final = 11

_DISTANCES: Final = np.geomspace(0.5, 200, 60)
_SCALES: Final = (1.0, 0.5, 0.25, 0.12, 0.06)
"""By which the drawn mornings are moved together, each as often."""
_Z: Final = np.linspace(0, 38, 38_001)
_LOG_TAIL: Final = np.log([math.erfc(z / math.sqrt(2)) / 2 for z in _Z])


def simulated_mornings(
    random: np.random.Generator, series: int, mornings: int, resemblance: float = 0.0
) -> Numbers:
    """Standard normal numbers, a row a series and a column a morning, oldest first."""
    drawn = random.standard_normal((series, mornings))
    for place in range(1, mornings if resemblance else 0):
        fresh = math.sqrt(1 - resemblance**2) * drawn[:, place]
        drawn[:, place] = resemblance * drawn[:, place - 1] + fresh
    return drawn


def expected_range(random: np.random.Generator, mornings: int, drawn: int = DRAWN) -> float:
    """From the lowest to the highest of so many numbers of ordinary noise, in standard deviations."""
    return float(np.ptp(random.standard_normal((drawn, mornings)), axis=1).mean())


def false_alarms(
    random: np.random.Generator, mornings: int, range_expected: float, resemblance: float, drawn: int = DRAWN
) -> Numbers:
    """For each of the distances tried, how likely one comparison is to reach it where nothing happened."""
    earlier, weights = _close_together(random, drawn, mornings, resemblance)
    middle, noise = resemblance * earlier[:, -1], math.sqrt(1 - resemblance**2)
    rows = Rows.of(earlier)
    spread, median = rows.spread(range_expected), rows.median
    found = []
    for distance in _DISTANCES:
        above = _tail((np.maximum(rows.highest, median + distance * spread) - middle) / noise)
        below = _tail((middle - np.minimum(rows.lowest, median - distance * spread)) / noise)
        found.append(float((weights * (above + below)).mean()))
    return np.array(found)


def demanded(rates: Numbers, comparisons: Iterable[int]) -> list[float]:
    """The distance at which so many comparisons together show anything with `CHANCE`."""
    wanted = np.log([CHANCE / number for number in comparisons])
    return [float(each) for each in np.exp(np.interp(-wanted, -np.log(rates), np.log(_DISTANCES)))]


def rows(
    mornings: Sequence[int] = MORNINGS, *, seed: int = SEED, drawn: int = DRAWN
) -> Iterator[tuple[int, float, list[float]]]:
    """Mornings, their expected range, and the distance for each number of comparisons."""
    for number in mornings:
        random = np.random.default_rng([seed, number])
        width = expected_range(random, number, drawn)
        found = (
            demanded(false_alarms(random, number, width, resemblance, drawn), COMPARISONS)
            for resemblance in (0.0, RESEMBLANCE)
        )
        yield number, width, [max(pair) for pair in zip(*found, strict=True)]


def write(path: Path = TABLE) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["mornings", "expected_range", *COMPARISONS])
        for mornings, width, found in rows():
            writer.writerow([mornings, f"{width:.3f}", *(f"{each:.2f}" for each in found)])


def _close_together(
    random: np.random.Generator, drawn: int, mornings: int, resemblance: float
) -> tuple[Numbers, Numbers]:
    """Simulated mornings, moved together around their level, and how much each row counts for."""
    earlier = simulated_mornings(random, drawn, mornings, resemblance)
    level, scatter = _level_and_scatter(earlier, resemblance)
    scale = random.choice(_SCALES, drawn)
    scatter *= scale**2
    drawn_so = [each ** (1 - mornings) * np.exp(scatter / 2 * (1 - 1 / each**2)) for each in _SCALES]
    return level[:, None] + scale[:, None] * (earlier - level[:, None]), 1 / np.mean(drawn_so, axis=0)


def _level_and_scatter(earlier: Numbers, resemblance: float) -> tuple[Numbers, Numbers]:
    """The mean, and the sum of squares around it, in what is fresh of each morning; the two are independent."""

    def fresh(numbers: Numbers) -> Numbers:
        of_later = (numbers[:, 1:] - resemblance * numbers[:, :-1]) / math.sqrt(1 - resemblance**2)
        return np.concatenate([numbers[:, :1], of_later], axis=1)

    flat = fresh(np.ones((1, earlier.shape[1])))
    level = (fresh(earlier) * flat).sum(axis=1) / (flat**2).sum()
    return level, (fresh(earlier - level[:, None]) ** 2).sum(axis=1)


def _tail(z: Numbers) -> Numbers:
    """How likely ordinary noise is to be above `z` standard deviations."""
    above = np.exp(np.interp(np.abs(z), _Z, _LOG_TAIL))
    return np.where(z < 0, 1 - above, above)


if __name__ == "__main__":
    write()
