"""Series that are mostly zero: whether there was anything at all, on how many mornings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vistas.mornings.comparison import let_go
from vistas.mornings.unusual.hourly import Hourly, SeriesId
from vistas.mornings.unusual.judging import FEWEST


def firsts(today: Hourly, earlier: Sequence[Hourly]) -> dict[SeriesId, int]:
    """Those with something today and nothing on any earlier morning, and how many of those could tell.

    Any morning has firsts by chance, in a landscape with many rare things more often. So there are none unless
    today has more of them than every earlier morning has beside all the others: of n + 1 mornings that are alike,
    the last is the one with most in at most one case of n + 1.
    """
    mornings = (today, *earlier)
    seen = Counter(series for each in mornings for series in each.with_anything)
    only = [
        {
            series: known
            for series in each.with_anything
            if seen[series] == 1 and (known := _known(series, mornings))
        }
        for each in mornings
    ]
    usual = max((len(each) for each in only[1:]), default=0)
    return only[0] if len(only[0]) > usual else {}


def _known(series: SeriesId, mornings: Sequence[Hourly]) -> int:
    """On how many other mornings it can be told that there was nothing; 0 where they are too few."""
    number = sum(_tells(each, series) for each in mornings) - 1
    return number if number >= FEWEST else 0


def _tells(morning: Hourly, series: SeriesId) -> bool:
    """Whether it would have been there: names that are new with each rollout were not, whatever went on."""
    if series in morning.rows:
        return True
    return series.place in morning.answered and not let_go(dict(series.labels))
