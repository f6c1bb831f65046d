"""Finding what is unusual: today's numbers beside those of earlier mornings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

import numpy as np

from vistas.formatting.values import series_names
from vistas.mornings.unusual.distance import Numbers, Scaling
from vistas.mornings.unusual.finding import Compared, Finding, TooFew
from vistas.mornings.unusual.firsts import firsts
from vistas.mornings.unusual.hourly import Asked, Hourly, Place, SeriesId, asked_of, hourly
from vistas.mornings.unusual.judging import FEWEST, judge
from vistas.mornings.unusual.mornings import hours_covered, hours_of, is_weekend
from vistas.mornings.unusual.units import BY_RATIO, smallest_step
from vistas.snapshot import Window
from vistas.vista import Vista

MOST: Final = 5
"""Findings that are told; of more, nobody could say which matter."""


def find_unusual(today: Vista, earlier: Sequence[Vista], zone: tzinfo) -> Compared | TooFew:
    """What is unusual in today's series beside the same hours, by the clock of `zone`, of the earlier mornings.

    `earlier` are the mornings that `earlier_mornings` chose. Only looks that asked the same are compared.
    """
    asked, hours = asked_of(today), hours_of(today.window)
    here = hourly(today, asked, hours)
    there = [hourly(each, asked, hours_covered(today.window, each.window, zone)) for each in earlier]
    most = max((_answers(place, there) for place in here.answered), default=len(there))
    if most < FEWEST:
        return TooFew(most, FEWEST, is_weekend(today.window.end.astimezone(zone).date()))
    return _Comparison(asked, hours, here, there).result()


@dataclass(frozen=True, slots=True)
class _Comparison:
    asked: Mapping[Place, Asked]
    hours: Sequence[Window]
    here: Hourly
    there: Sequence[Hourly]

    def result(self) -> Compared:
        series = tuple(self.here.rows)
        earlier = np.stack([each.medians_of(series) for each in self.there], axis=2)
        judged = judge(self.here.medians.ravel(), earlier.reshape(-1, len(self.there)), self._scaling(series))
        moved = self._furthest(series, judged.distance.reshape(earlier.shape[:2]), earlier)
        found = sorted([*moved, *self._first()], key=lambda finding: -finding.distance)
        return Compared(len(self.there), judged.comparisons, tuple(found[:MOST]), len(found))

    def _furthest(self, series: Sequence[SeriesId], distance: Numbers, earlier: Numbers) -> Iterator[Finding]:
        """Of each series the hour that is furthest away, where any is unusual."""
        for row in np.flatnonzero(distance.any(axis=1)).tolist():
            hour = int(distance[row].argmax())
            then = earlier[row, hour][~np.isnan(earlier[row, hour])]
            value = float(self.here.medians[row, hour])
            yield self._finding(series[row], hour, value, then, float(distance[row, hour]))

    def _first(self) -> Iterator[Finding]:
        """Series that had nothing on any earlier morning; how far away they are is counted in smallest steps."""
        for series, mornings in firsts(self.here, self.there).items():
            highest = self.here.highest[self.here.rows[series]]
            hour, zero = int(np.nanargmax(highest)), np.zeros(1)
            scaling = self._scaling([series]).only(slice(1))
            away = (scaling.of(highest[[hour]]) - scaling.of(zero)) / scaling.floor(zero)
            yield self._finding(series, hour, float(highest[hour]), np.zeros(mornings), float(away[0]))

    def _finding(self, series: SeriesId, hour: int, value: float, then: Numbers, distance: float) -> Finding:
        return Finding(
            *series.place,
            labels=dict(series.labels),
            name=self._name(series),
            hour=self.hours[hour].of_look(None, self.asked[series.place].look.offset),
            unit=self.asked[series.place].look.unit,
            value=value,
            lowest=float(then.min()),
            highest=float(then.max()),
            mornings=len(then),
            distance=distance,
        )

    def _name(self, series: SeriesId) -> str:
        """As a chart of the look names it."""
        together = [each for each in self.here.rows if each.place == series.place]
        names = series_names([dict(each.labels) for each in together], self.asked[series.place].look.name)
        return names[together.index(series)]

    def _scaling(self, series: Sequence[SeriesId]) -> Scaling:
        """An entry an hour of each series."""
        units = [self.asked[each.place].look.unit for each in series]
        whole = [all(morning.is_whole(each) for morning in (self.here, *self.there)) for each in series]
        steps = [smallest_step(unit, whole=each) for unit, each in zip(units, whole, strict=True)]
        ratios = [unit in BY_RATIO for unit in units]
        hours = len(self.hours)
        return Scaling(
            np.repeat(np.array(steps, dtype=float), hours), np.repeat(np.array(ratios, dtype=bool), hours)
        )


def _answers(place: Place, mornings: Sequence[Hourly]) -> int:
    return sum(place in each.answered for each in mornings)
