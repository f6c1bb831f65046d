"""A `series` frame as arrays to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from vistas.formatting import series_name
from vistas.notice import Labels

Floats = npt.NDArray[np.float64]
Milliseconds = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
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


def label_sets(data: pl.DataFrame) -> list[Labels]:
    return [{pair["name"]: pair["value"] for pair in pairs} for pairs in data["labels"].to_list()]


def read_lines(data: pl.DataFrame, template: str | None = None) -> list[Line]:
    """Every series with at least one sample. Infinities become NaN, as nothing can be drawn for them."""
    sets = label_sets(data)
    lines = []
    for labels, times, values in zip(sets, data["times"], data["values"], strict=True):
        if times is None or not len(times):
            continue
        floats = values.to_numpy().astype(np.float64)
        lines.append(
            Line(
                series_name(labels, sets, template) or "value",
                labels,
                times.dt.epoch("ms").to_numpy(),
                np.where(np.isfinite(floats), floats, np.nan),
            )
        )
    return lines


def infinite(data: pl.DataFrame) -> int:
    """How many samples were infinite."""
    if data.is_empty():
        return 0
    return int(
        data.select(pl.col("values").list.eval(pl.element().is_infinite().sum()).list.first().sum()).item() or 0
    )


def usual_step(lines: list[Line], asked: timedelta | None) -> float:
    """Milliseconds between samples: as asked for, else the median seen; 0 where there is nothing to go by."""
    if asked:
        return asked.total_seconds() * 1000
    gaps = [np.diff(line.times) for line in lines if len(line.times) > 1]
    return float(np.median(np.concatenate(gaps))) if gaps else 0.0
