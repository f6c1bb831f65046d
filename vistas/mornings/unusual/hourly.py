"""A morning as numbers: the median of each series and hour, and whether there was anything at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vistas.charts.prepared import label_sets
from vistas.mornings.unusual.distance import Numbers
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, FrameKind, Snapshot, Window
from vistas.vista import Vista

Hours = Sequence[Window | None]


class Place(NamedTuple):
    """A look of a stop at one source."""

    stop: str
    look: str
    source: str


class SeriesId(NamedTuple):
    """The same series on any morning. `labels` are sorted by name."""

    place: Place
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a look asked for. `sent` is the query as it was sent; empty where nothing came back."""

    look: Look
    sent: str

    def same(self, other: Asked) -> bool:
        """Whether the answers compare. Of a list of queries it is the one that was sent that counts."""
        if self.look.question != other.look.question:
            return False
        return not self.sent or not other.sent or self.sent == other.sent


@dataclass(frozen=True, slots=True)
class Hourly:
    """`medians` and `highest` have a row a series and a column an hour, NaN where there is no number.

    `highest` is of the numbers without their sign. `whole` says which series have whole numbers only; `answered`
    has every look with an answer, be it empty.
    """

    answered: frozenset[Place]
    rows: Mapping[SeriesId, int]
    medians: Numbers
    highest: Numbers
    whole: NDArray[np.bool_]

    def medians_of(self, series: Sequence[SeriesId]) -> Numbers:
        """A row each, NaN for what is not there."""
        none = np.full((1, self.medians.shape[1]), np.nan)
        return np.concatenate([self.medians, none])[[self.rows.get(each, -1) for each in series]]

    @property
    def with_anything(self) -> frozenset[SeriesId]:
        """The series that were not zero throughout."""
        anything: NDArray[np.bool_] = np.any(self.highest > 0, axis=1)
        return frozenset(series for series, row in self.rows.items() if anything[row])

    def is_whole(self, series: SeriesId) -> bool:
        """True also where the series is not there."""
        row = self.rows.get(series)
        return row is None or bool(self.whole[row])


def asked_of(vista: Vista) -> dict[Place, Asked]:
    """What those looks asked for that brought series; not dates, which move on by themselves."""
    looks = {stop: {look.look: look for look in vista.looks_at(stop)} for stop in _stops(vista.snapshots)}
    return {
        _place(each): Asked(look, each.provenance.query if each.frame and each.frame.rows else "")
        for each in vista.snapshots
        if _has_series(each)
        and (look := looks[each.stop].get(each.look)) is not None
        and look.unit is not Unit.DATES
    }


def hourly(vista: Vista, wanted: Mapping[Place, Asked], hours: Hours) -> Hourly:
    """The numbers of the looks that are wanted, where the vista asked the same; a damaged frame is no answer.

    Of several series with the same labels in one look, which no Prometheus gives, the last counts.
    """
    same = {place for place, asked in asked_of(vista).items() if place in wanted and wanted[place].same(asked)}
    frames = list(_frames(each for each in vista.snapshots if _place(each) in same))
    series = [SeriesId(place, labels) for place, frame in frames for labels in _labels(frame)]
    samples = _samples((frame, wanted[place].look.offset or timedelta()) for place, frame in frames)
    medians, highest = (np.full((len(series), len(hours)), np.nan) for _ in range(2))
    for row, hour, median, most in _by_hour(samples, hours).iter_rows():
        medians[row, hour], highest[row, hour] = median, most
    once = {each: row for row, each in enumerate(series)}
    rows = list(once.values())
    return Hourly(
        frozenset(place for place, _ in frames),
        {each: row for row, each in enumerate(once)},
        medians[rows],
        highest[rows],
        _whole(samples, len(series))[rows],
    )


def _frames(snapshots: Iterable[Snapshot]) -> Iterator[tuple[Place, Frame]]:
    for snapshot in snapshots:
        if (frame := snapshot.read().frame) is not None:
            yield _place(snapshot), frame


def _samples(frames: Iterable[tuple[Frame, timedelta]]) -> pl.DataFrame:
    """`row`, `time`, `value`: the finite samples of all frames; `time` is null in looks at the present alone.

    What was looked at earlier than the walk, by so much, stands beside the hours of the walk.
    """
    moment = pl.Datetime("ms", "UTC")
    parts = [pl.DataFrame(schema={"time": moment, "value": pl.Float64, "row": pl.UInt32})]
    first = 0
    for frame, earlier in frames:
        time = pl.col("times") + earlier if frame.step else pl.lit(None, dtype=moment)
        rows = frame.data.select("times", "values").with_row_index("row", offset=first)
        samples = rows.explode("times", "values").select(
            time.alias("time"), pl.col("values").alias("value"), "row"
        )
        parts.append(samples)
        first += frame.rows
    return pl.concat(parts).filter(pl.col("value").is_finite())


def _by_hour(samples: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """`row`, `hour` (its place), `median`, `highest`. A sample at the end of an hour is of it, at the begin not.

    What was measured at present is of the last hour.
    """
    there = [(place, hour) for place, hour in enumerate(hours) if hour is not None]
    bounds = pl.DataFrame(
        {
            "hour": [place for place, _ in there],
            "start": [hour.start for _, hour in there],
            "end": [hour.end for _, hour in there],
        },
        schema={"hour": pl.Int64, "start": pl.Datetime("ms", "UTC"), "end": pl.Datetime("ms", "UTC")},
    )
    present = len(hours) - 1
    placed = (
        samples.sort("time", nulls_last=False)
        .join_asof(bounds.sort("end"), left_on="time", right_on="end", strategy="forward")
        .with_columns(pl.when(pl.col("time").is_null()).then(pl.lit(present)).otherwise("hour").alias("hour"))
        .filter(pl.col("time").is_null() | (pl.col("time") > pl.col("start")))
    )
    value = pl.col("value")
    return placed.group_by("row", "hour").agg(value.median().alias("median"), value.abs().max().alias("highest"))


def _whole(samples: pl.DataFrame, number: int) -> NDArray[np.bool_]:
    found = np.ones(number, dtype=bool)
    broken = samples.filter(pl.col("value") != pl.col("value").round())
    found[broken["row"].unique().to_numpy()] = False
    return found


def _labels(frame: Frame) -> Iterator[tuple[tuple[str, str], ...]]:
    for labels in label_sets(frame.data):
        yield tuple(sorted(labels.items()))


def _has_series(snapshot: Snapshot) -> bool:
    return snapshot.frame is not None and snapshot.frame.kind is FrameKind.SERIES


def _place(snapshot: Snapshot) -> Place:
    return Place(snapshot.stop, snapshot.look, snapshot.source)


def _stops(snapshots: Iterable[Snapshot]) -> set[str]:
    return {each.stop for each in snapshots}
