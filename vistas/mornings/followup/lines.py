"""What a chart of a look is made of: one line a series, and of requests one a status class, percentile or measure.

Labels are those that a notice on the chart names a line by; see `dashboards.figures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from vistas.charts.prepared import is_over_time, label_sets, named_percentiles
from vistas.formatting.values import series_names
from vistas.mornings.followup.labels import Labelled
from vistas.mornings.followup.looks import Side
from vistas.mornings.followup.outcome import one_line
from vistas.requests.controllers import TAKE, side_by_side, step_of
from vistas.requests.summary import rate_per_minute, step_for
from vistas.routine import Unit
from vistas.snapshot import FrameKind
from vistas.vista.notice import Labels

if TYPE_CHECKING:
    import polars as pl

_LONGEST: Final = 80
"""Letters of a series' name that are said."""


@dataclass(frozen=True, slots=True)
class Line:
    """`times` (Datetime, ascending) and `values` (numbers) go together."""

    labels: Labels
    name: str
    unit: Unit
    times: pl.Series
    values: pl.Series


@dataclass(frozen=True)
class Chart:
    """`over_time` is False where there is one value a line, as of when it was asked; `step` is None there."""

    lines: tuple[Line, ...]
    over_time: bool
    step: timedelta | None

    @cached_property
    def labelled(self) -> Labelled:
        return Labelled([line.labels for line in self.lines])


def chart_of(side: Side) -> Chart:
    if side.frame.kind is FrameKind.REQUESTS:
        window = side.snapshot.provenance.asked
        step = step_of(window) if side.look.take == TAKE else step_for(window)
        return Chart(tuple(_of_requests(side, step)), over_time=True, step=step)
    over_time = side.frame.step is not None or is_over_time(side.frame)
    return Chart(tuple(_of_series(side)), over_time, side.frame.step)


def _of_series(side: Side) -> Iterator[Line]:
    data = side.frame.data
    sets = label_sets(data)
    for place, name in enumerate(series_names(sets, side.look.name)):
        yield Line(
            sets[place], one_line(name, _LONGEST), side.look.unit, data["times"][place], data["values"][place]
        )


def _of_requests(side: Side, step: timedelta) -> Iterator[Line]:
    cube = side.frame.data
    if side.look.take == TAKE:
        for comparison in side_by_side(cube, side.snapshot.provenance.asked):
            for line in comparison.lines:
                name = f"{line.controller}, {_MEASURES.get(line.measure, line.measure)}"
                yield Line(line.labels, name, comparison.unit, line.times, line.values)
        return
    for (name,), rows in rate_per_minute(cube, "class", step=step).group_by(["name"], maintain_order=True):
        said = _CLASSES.get(str(name), f"{name} a minute")
        yield Line({"class": str(name)}, said, Unit.NUMBER, rows["time"], rows["per_minute"])
    for (name,), rows in named_percentiles(cube, step).group_by(["name"], maintain_order=True):
        yield Line({"latency": str(name)}, str(name), Unit.SECONDS, rows["time"], rows["seconds"])


_CLASSES = {"none": "requests without an answer, a minute"}
_MEASURES = {"requests": "requests a minute", "again": "retries per 100 requests"}
