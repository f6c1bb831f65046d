"""Which numbers are unusual.

`today` has one number a comparison, `earlier` a row a comparison and a column a morning; NaN is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vistas.mornings.unusual.demanded import table
from vistas.mornings.unusual.distance import Numbers, Scaling, distances

FEWEST: Final = 7
"""Earlier mornings without which nothing is called unusual."""


@dataclass(frozen=True, slots=True)
class Judged:
    """`distance` has one number a comparison, in spreads: 0 where it is not unusual. `comparisons` were made."""

    distance: Numbers
    comparisons: int


def judge(today: Numbers, earlier: Numbers, scaling: Scaling) -> Judged:
    """Not compared is what has no number today, too few earlier ones, or zeros on most mornings.

    The distance demanded is that of the table, which knows ordinary noise. Where noise is worse, earlier mornings
    show it as well: each is judged beside all the others, today among them, and today has to go further than half
    of them did.
    """
    here = _judged_beside(today, earlier, scaling)
    bar = _usually_reached(today, earlier, scaling) if here.furthest > 1 else 1.0
    return Judged(np.where(here.share > max(1.0, bar), here.distance, 0.0), here.comparisons)


def comparable(today: Numbers, earlier: Numbers) -> NDArray[np.bool_]:
    mornings = np.count_nonzero(~np.isnan(earlier), axis=1)
    zeros = np.count_nonzero(earlier == 0, axis=1)
    found: NDArray[np.bool_] = np.isfinite(today) & (mornings >= FEWEST) & (2 * zeros <= mornings)
    return found


def _usually_reached(today: Numbers, earlier: Numbers, scaling: Scaling) -> float:
    """The share of the distance demanded that every other earlier morning reaches."""
    reached = []
    for place in range(earlier.shape[1]):
        others = earlier.copy()
        others[:, place] = today
        reached.append(_judged_beside(earlier[:, place], others, scaling).furthest)
    return float(np.median(reached))


@dataclass(frozen=True, slots=True)
class _Beside:
    """`share` is of the distance that was demanded; both are 0 where nothing was compared."""

    distance: Numbers
    share: Numbers
    comparisons: int

    @property
    def furthest(self) -> float:
        return float(self.share.max(initial=0.0))


def _judged_beside(one: Numbers, others: Numbers, scaling: Scaling) -> _Beside:
    compared = comparable(one, others)
    comparisons = int(np.count_nonzero(compared))
    distance, share = np.zeros((2, len(one)))
    if comparisons:
        known = np.count_nonzero(~np.isnan(others[compared]), axis=1)
        widths = table().expected_range(known)
        distance[compared] = distances(one[compared], others[compared], scaling.only(compared), widths)
        share[compared] = distance[compared] / table().demanded(known, comparisons)
    return _Beside(distance, share, comparisons)
