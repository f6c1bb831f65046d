"""A series then and now on the same clock: then as a ridge, now as a line; one panel a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.figures.lines import line_trace
from dashboards.figures.reading import SeriesLine, step_between
from dashboards.figures.sampling import points_each
from dashboards.ui.theme import LIGHT
from vistas.charts.covered import shown_window
from vistas.charts.prepared import label_sets
from vistas.charts.scale import Scale, scale
from vistas.mornings.comparison import Clock, stable_labels
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, Window
from vistas.vista.notice import Labels

PANEL = 92


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """One series; None on the side that did not have it. The times of both are today's."""

    name: str
    then: SeriesLine | None
    now: SeriesLine | None

    @property
    def lines(self) -> list[SeriesLine]:
        return [line for line in (self.then, self.now) if line is not None]


@dataclass(frozen=True)
class Side:
    """The series of one morning within a window, with `shift` added to their times."""

    frame: Frame
    window: Window
    shift: timedelta = timedelta()

    @cached_property
    def _sets(self) -> list[Labels]:
        return label_sets(self.frame.data)

    @cached_property
    def _stable(self) -> list[dict[str, str]]:
        return [stable_labels(labels) for labels in self._sets]

    def line(self, about: Mapping[str, str], name: str) -> SeriesLine | None:
        """The series with these labels; else those that go by them after a rollout, the highest at each time."""
        wanted = dict(about)
        places = _same(self._sets, wanted) or _same(self._stable, wanted)
        data = self.frame.data[places].select("times", "values").explode("times", "values")
        inside = pl.col("times").is_between(self.window.start, self.window.end)
        samples = data.filter(pl.col("values").is_finite() & inside)
        if samples.is_empty():
            return None
        highest = samples.group_by("times").agg(pl.col("values").max()).sort("times")
        times = (highest["times"] + self.shift).dt.epoch("ms").to_numpy()
        return SeriesLine(name, dict(about), times, highest["values"].to_numpy().astype(np.float64))


def _same(sets: Sequence[Mapping[str, str]], wanted: dict[str, str]) -> list[int]:
    return [place for place, labels in enumerate(sets) if labels == wanted]


def then_and_now(
    then: Frame, now: Frame, clock: Clock, series: Iterable[tuple[Mapping[str, str], str]]
) -> list[ThenAndNow]:
    """Each of these series, given by its labels and its name; those that have nothing to draw are left out."""
    before = Side(then, clock.then, clock.now.start - clock.then.start)
    after = Side(now, clock.now)
    both = [ThenAndNow(name, before.line(about, name), after.line(about, name)) for about, name in series]
    return [each for each in both if any(len(line.times) > 1 for line in each.lines)]


def then_and_now_figure(look: Look, both: Sequence[ThenAndNow], window: Window, step: timedelta | None) -> Figure:
    """A panel a series, each with its own scale; at least one series. Where both are short, they fill it."""
    panels = [base.Panel(each.name, _scale(each, look), unit=look.unit) for each in both]
    height = base.CAPTIONED + base.BOTTOM + PANEL * len(panels) + base.BETWEEN * (len(panels) - 1)
    sheet = base.blank(shown_window(_covered(both), window), panels, height=height, names=["then"])
    traces: list[dict[str, Any]] = []
    points = points_each(2 * len(both))
    for place, each in enumerate(both):
        drawn: dict[str, Any] = {"axis": base.axis_name(place), "points": points, "unit": look.unit}
        wide = step_between(each.lines, step)
        if each.then is not None:
            traces.append(_ridge(line_trace(_called("then", each.then), step=wide, colour=LIGHT["mid"], **drawn)))
        if each.now is not None:
            traces.append(line_trace(_called("now", each.now), step=wide, colour=LIGHT["accent"], **drawn))
    return base.drawn(sheet, traces)


def _covered(both: Sequence[ThenAndNow]) -> Window:
    """From the first sample of any line to the last."""
    times = np.concatenate([line.times for each in both for line in each.lines])
    first, last = (datetime.fromtimestamp(float(end) / 1000, UTC) for end in (times.min(), times.max()))
    return Window(first, max(last, first + timedelta(milliseconds=1)))


def _scale(each: ThenAndNow, look: Look) -> Scale:
    """From zero, which dates have none of."""
    low = min(line.lowest for line in each.lines)
    low = low if look.unit is Unit.DATES else min(low, 0.0)
    return scale(low, max(line.highest for line in each.lines), look.unit, wanted=2)


def _called(when: str, line: SeriesLine) -> SeriesLine:
    return SeriesLine(when, line.labels, line.times, line.values)


def _ridge(trace: dict[str, Any]) -> dict[str, Any]:
    return {**trace, "fill": "tozeroy", "fillcolor": LIGHT["then"], "line": {"color": LIGHT["mid"], "width": 1}}
