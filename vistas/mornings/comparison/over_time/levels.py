"""The series of one frame in the window that is compared: typical, highest and lowest value of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from vistas.charts.prepared import label_sets
from vistas.mornings.comparison.volatile import stable_labels

if TYPE_CHECKING:
    from vistas.snapshot import Frame, Window

Labels = Mapping[str, str]
Key = tuple[frozenset[tuple[str, str]], int]


@dataclass(frozen=True, slots=True)
class Levels:
    """Of the finite samples on the clock; all None where there is none. `samples` counts them."""

    typical: float | None = None
    highest: float | None = None
    lowest: float | None = None
    samples: int = 0


@dataclass(frozen=True, slots=True)
class One:
    """A series, or several that go by one name. `places` are their rows in the frame."""

    labels: Labels
    levels: Levels
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Morning:
    """The series of one frame, in the window that is compared."""

    frame: Frame
    window: Window

    def levels(self) -> dict[int, Levels]:
        rows = (
            self._samples()
            .group_by("place")
            .agg(
                pl.col("values").median().alias("typical"),
                pl.col("values").max().alias("highest"),
                pl.col("values").min().alias("lowest"),
                pl.len(),
            )
        )
        return {place: Levels(*levels) for place, *levels in rows.iter_rows()}

    def _samples(self) -> pl.DataFrame:
        numbered = self.frame.data.lazy().with_row_index("place").select("place", "times", "values")
        flat = numbered.explode("times", "values").filter(pl.col("values").is_finite())
        if not self.is_one_moment():
            flat = flat.filter(pl.col("times").is_between(self.window.start, self.window.end))
        return flat.collect()

    def is_one_moment(self) -> bool:
        """Whether no series has more than one sample: such a frame is of now, whatever the window."""
        most = self.frame.data["times"].list.len().max()
        return not isinstance(most, int) or most <= 1

    def series(self) -> dict[Key, One]:
        """By their labels; of several with the same ones each has its number."""
        levels, seen = self.levels(), Counter[frozenset[tuple[str, str]]]()
        found = {}
        for place, labels in enumerate(label_sets(self.frame.data)):
            items = frozenset(labels.items())
            found[items, seen[items]] = One(labels, levels.get(place, Levels()), (place,))
            seen[items] += 1
        return found

    def samples_of(self, one: One) -> pl.DataFrame:
        """`times` and `values` of the series, those of several together, by time."""
        chosen = self.frame.data[list(one.places)].select("times", "values").explode("times", "values")
        finite = chosen.filter(pl.col("values").is_finite())
        if not self.is_one_moment():
            finite = finite.filter(pl.col("times").is_between(self.window.start, self.window.end))
        return finite.sort("times")


@dataclass(frozen=True, slots=True)
class Pair:
    """A series then and now; `grouped` where it goes by a shorter name, since the names of its series changed."""

    then: One | None
    now: One | None
    grouped: bool = False

    @property
    def labels(self) -> Labels:
        one = self.now or self.then
        assert one is not None  # noqa: S101 - a pair of nothing is never made
        return stable_labels(one.labels) if self.grouped else one.labels
