"""A `series` frame as arrays to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from vistas.charts.prepared import label_sets, usual_step
from vistas.formatting.values import series_names
from vistas.vista.notice import Labels

Floats = npt.NDArray[np.float64]
Milliseconds = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One series: `times` ascending in epoch milliseconds; in `values` NaN stands where it said nothing usable."""

    name: str
    labels: Labels
    times: Milliseconds
    values: Floats

    @property
    def highest(self) -> float:
        return float(np.nanmax(self.values)) if self.has_values else -np.inf

    @property
    def lowest(self) -> float:
        return float(np.nanmin(self.values)) if self.has_values else np.inf

    @property
    def mean(self) -> float:
        return float(np.nanmean(self.values)) if self.has_values else 0.0

    @property
    def has_values(self) -> bool:
        return bool(np.isfinite(self.values).any())


def read_lines(data: pl.DataFrame, template: str | None = None) -> list[SeriesLine]:
    """Every series with at least one sample."""
    sets = label_sets(data)
    names = series_names(sets, template)
    return [read_line(data, place, names[place], sets[place]) for place in sampled(data)]


def read_line(data: pl.DataFrame, place: int, name: str, labels: Labels) -> SeriesLine:
    """The series at that place. Infinities become NaN, as nothing can be drawn for them."""
    times, values = data["times"][place], data["values"][place].to_numpy().astype(np.float64)
    drawn = np.where(np.isfinite(values), values, np.nan)
    return SeriesLine(name or "value", labels, times.dt.epoch("ms").to_numpy(), drawn)


def sampled(data: pl.DataFrame) -> list[int]:
    """The places of the series with at least one sample."""
    return data.select((pl.col("times").list.len() > 0).arg_true()).to_series().to_list()


def infinite(data: pl.DataFrame) -> int:
    """How many samples were infinite."""
    if data.is_empty():
        return 0
    return int(
        data.select(pl.col("values").list.eval(pl.element().is_infinite().sum()).list.first().sum()).item() or 0
    )


def step_between(lines: list[SeriesLine], asked: timedelta | None) -> float:
    """Milliseconds between samples, of all lines together."""
    gaps = np.concatenate([np.diff(line.times) for line in lines]) if lines else np.array([])
    return usual_step([float(np.median(gaps))] if len(gaps) and not asked else (), asked)
