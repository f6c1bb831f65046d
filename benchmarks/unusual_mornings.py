"""How often *what is unusual* cries wolf, and what it finds: `python -m benchmarks.unusual_mornings`.

Walks of 40 looks with 10 series each are simulated and judged as the app judges them. Figures of
docs/decisions/0024-unusual-is-what-noise-hardly-does.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from vistas.mornings.unusual.calibration import RESEMBLANCE, simulated_mornings
from vistas.mornings.unusual.distance import Numbers, Scaling
from vistas.mornings.unusual.firsts import firsts
from vistas.mornings.unusual.hourly import Hourly, Place, SeriesId
from vistas.mornings.unusual.judging import judge

SERIES: Final = 400
MINUTES: Final = 60
TAILS: Final = 3
"""Degrees of freedom of Student's t: one minute in 140 is further away than any in a million ordinary ones."""
SHIFT: Final = 8.0

Draw = Callable[[np.random.Generator, int, int], Numbers]
"""Numbers of a standard deviation of about 1, a row a comparison and a column a morning, today's last."""


def ordinary(random: np.random.Generator, comparisons: int, mornings: int) -> Numbers:
    return simulated_mornings(random, comparisons, mornings)


def resembling(random: np.random.Generator, comparisons: int, mornings: int) -> Numbers:
    return simulated_mornings(random, comparisons, mornings, RESEMBLANCE)


def heavy_minutes(random: np.random.Generator, comparisons: int, mornings: int) -> Numbers:
    """Medians of an hour of heavy-tailed minutes."""
    return np.median(random.standard_t(TAILS, (comparisons, mornings, MINUTES)), axis=2)


def heavy_mornings(random: np.random.Generator, comparisons: int, mornings: int) -> Numbers:
    """Whole mornings that are heavy-tailed: harder than what was promised."""
    return random.standard_t(TAILS, (comparisons, mornings))


def found(numbers: Numbers, hours: int = 1) -> int:
    """How many series are unusual; `hours` rows in turn are of one series."""
    scaling = Scaling(np.full(len(numbers), 1e-9), np.zeros(len(numbers), dtype=bool))
    distance = judge(numbers[:, -1], numbers[:, :-1], scaling).distance
    return int(np.count_nonzero(distance.reshape(-1, hours).any(axis=1)))


def false_findings(draw: Draw, *, earlier: int, walks: int, hours: int = 1, seed: int = 1) -> list[int]:
    """In walks in which nothing happened, each with so many findings."""
    random = np.random.default_rng([seed, earlier, hours])
    return [found(draw(random, SERIES * hours, earlier + 1), hours) for _ in range(walks)]


def shifts_found(*, earlier: int, walks: int, hours: int = 1, lasting: int = 1, seed: int = 2) -> float:
    """The share of walks in which a series that is `SHIFT` spreads higher, for `lasting` hours, is found."""
    random = np.random.default_rng([seed, earlier, hours, lasting])
    hits = 0
    for _ in range(walks):
        numbers = ordinary(random, SERIES * hours, earlier + 1)
        numbers[:lasting, -1] += SHIFT
        scaling = Scaling(np.full(len(numbers), 1e-9), np.zeros(len(numbers), dtype=bool))
        distance = judge(numbers[:, -1], numbers[:, :-1], scaling).distance
        hits += bool(distance[:lasting].any())
    return hits / walks


def rare_firsts(*, earlier: int, walks: int, rare: int = 100, seed: int = 3) -> float:
    """The share of walks with a first, where `rare` series each have anything on one morning in `earlier + 1`."""
    random = np.random.default_rng([seed, earlier, rare])
    shown = 0
    for _ in range(walks):
        anything = random.random((rare, earlier + 1)) < 1 / (earlier + 1)
        mornings = [_morning(each) for each in anything.T.astype(float)]
        shown += bool(firsts(mornings[-1], mornings[:-1]))
    return shown / walks


def _morning(highest: Numbers) -> Hourly:
    place = Place("stop", "look", "source")
    rows = {SeriesId(place, (("series", str(row)),)): row for row in range(len(highest))}
    return Hourly(frozenset([place]), rows, highest[:, None], highest[:, None], np.ones(len(highest), dtype=bool))


def main() -> None:
    print("| earlier mornings | 7 | 8 | 10 | 12 | 20 |")
    print("|---|---|---|---|---|---|")
    for named, measure in FIGURES.items():
        print(f"| {named} |", " | ".join(measure(earlier) for earlier in (7, 8, 10, 12, 20)), "|", flush=True)


def _walks_with_any(draw: Draw, hours: int, walks: int) -> Callable[[int], str]:
    def measure(earlier: int) -> str:
        counted = false_findings(draw, earlier=earlier, hours=hours, walks=walks)
        return f"{100 * sum(map(bool, counted)) / walks:.1f} %"

    return measure


def _a_walk(draw: Draw, hours: int, walks: int) -> Callable[[int], str]:
    def measure(earlier: int) -> str:
        return f"{sum(false_findings(draw, earlier=earlier, hours=hours, walks=walks)) / walks:.2f}"

    return measure


def _shifts(hours: int, lasting: int, walks: int) -> Callable[[int], str]:
    return lambda earlier: (
        f"{100 * shifts_found(earlier=earlier, hours=hours, lasting=lasting, walks=walks):.0f} %"
    )


FIGURES: Final[dict[str, Callable[[int], str]]] = {
    "ordinary noise, 1 hour: walks with anything": _walks_with_any(ordinary, 1, 1000),
    "ordinary noise, 12 hours: walks with anything": _walks_with_any(ordinary, 12, 200),
    "each morning resembles the last (0.6), 1 hour: walks with anything": _walks_with_any(resembling, 1, 1000),
    "the same, 12 hours: walks with anything": _walks_with_any(resembling, 12, 200),
    "heavy-tailed minutes, 1 hour: false findings a walk": _a_walk(heavy_minutes, 1, 100),
    "heavy-tailed mornings, 1 hour: false findings a walk": _a_walk(heavy_mornings, 1, 300),
    "heavy-tailed mornings, 12 hours: false findings a walk": _a_walk(heavy_mornings, 12, 50),
    "a shift of eight spreads, 1 hour: found": _shifts(1, 1, 400),
    "the same in all of 12 hours: found": _shifts(12, 12, 50),
    "the same in one of 12 hours: found": _shifts(12, 1, 100),
    "100 series with anything on one morning in n + 1: walks with a first": lambda earlier: (
        f"{100 * rare_firsts(earlier=earlier, walks=400):.1f} %"
    ),
}


if __name__ == "__main__":
    main()
