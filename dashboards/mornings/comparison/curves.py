"""Small curves of a series then and now, made of CSS alone: then a filled ridge, now a line, on the same clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dashboards.figures.reading import SeriesLine
from dashboards.figures.then_and_now import ThenAndNow
from vistas.routine import Unit
from vistas.snapshot import Window

COLUMNS: Final = 60
HALF_A_LINE: Final = 3.0
"""Of the height, in percent."""

Span = tuple[float, float] | None
"""The lowest and the highest value of a column, from 0 to 1; None where there was none."""


@dataclass(frozen=True, slots=True)
class Curves:
    then: tuple[Span, ...]
    now: tuple[Span, ...]


def curves_of(both: ThenAndNow, window: Window, unit: Unit = Unit.NUMBER) -> Curves:
    """On one scale, that of the larger; it begins at zero where nothing is below, and dates have no zero."""
    zero = [] if unit is Unit.DATES else [0.0]
    low = min([*zero, *(line.lowest for line in both.lines)])
    high = max([*zero, *(line.highest for line in both.lines)])
    room = high - low or 1.0

    def spans(line: SeriesLine | None) -> tuple[Span, ...]:
        return tuple(_scaled(span, low, room) for span in _columns(line, window)) if line else ()

    return Curves(spans(both.then), spans(both.now))


def _scaled(span: Span, low: float, room: float) -> Span:
    return None if span is None else (_within((span[0] - low) / room), _within((span[1] - low) / room))


def _within(height: float) -> float:
    """With room for half a line below and above."""
    return HALF_A_LINE / 100 + height * (1 - HALF_A_LINE / 50)


def _columns(line: SeriesLine, window: Window) -> list[Span]:
    begin, wide = window.start.timestamp() * 1000, window.span.total_seconds() * 1000
    place = np.clip(((line.times - begin) / wide * COLUMNS).astype(int), 0, COLUMNS - 1)
    found: list[Span] = [None] * COLUMNS
    for column in np.unique(place):
        values = line.values[place == column]
        found[column] = (float(values.min()), float(values.max()))
    return _without_pores(found)


def _without_pores(spans: list[Span]) -> list[Span]:
    """One column alone between two that have values is no gap: samples are wider apart than columns then."""
    around = zip([None, *spans[:-1]], spans, [*spans[1:], None], strict=True)
    return [here or (before if before and after else None) for before, here, after in around]


def curves_html(curves: Curves) -> str:
    """Decoration to a screen reader: the sentence says it."""
    then = f'<i class="mv-ridge" style="clip-path:{_ridge(curves.then)}"></i>' if any(curves.then) else ""
    now = f'<i class="mv-line" style="clip-path:{_line(curves.now)}"></i>' if any(curves.now) else ""
    return f'<span class="mv-curves" aria-hidden="true">{then}{now}</span>'


def _ridge(spans: Sequence[Span]) -> str:
    tops = [0.0 if span is None else span[1] for span in spans]
    return _polygon([*_along(tops), (100.0, 0.0), (0.0, 0.0)])


def _line(spans: Sequence[Span]) -> str:
    """A band that reaches from the lowest to the highest of each column, and half a line beyond."""
    bands = list(_bands(spans))
    tops, bottoms = [band[1] for band in bands], [band[0] for band in bands]
    return _polygon([*_along(tops), *reversed(list(_along(bottoms)))])


def _bands(spans: Sequence[Span]) -> Iterator[tuple[float, float]]:
    """The lowest and highest of each column, half the way to where its neighbours begin; no thickness in a gap."""
    around = zip([None, *spans[:-1]], spans, [*spans[1:], None], _levels(spans), strict=True)
    for before, here, after, level in around:
        if here is None:
            yield level, level
            continue
        low, high = here
        near = [each for each in (before, after) if each is not None]
        bottom = min([low, *((low + other[1]) / 2 for other in near if other[1] < low)])
        top = max([high, *((high + other[0]) / 2 for other in near if other[0] > high)])
        yield bottom - HALF_A_LINE / 100, top + HALF_A_LINE / 100


def _levels(spans: Sequence[Span]) -> list[float]:
    """The middle of each column; in a gap, of the nearest one."""
    known = [place for place, span in enumerate(spans) if span is not None]
    nearest = [min(known, key=lambda each: abs(each - place)) for place in range(len(spans))]
    return [sum(spans[place] or (0.0,)) / 2 for place in nearest]


def _along(heights: Sequence[float]) -> Iterator[tuple[float, float]]:
    for place, height in enumerate(heights):
        yield (place + 0.5) / len(heights) * 100, height


def _polygon(points: Sequence[tuple[float, float]]) -> str:
    said = ",".join(f"{left:.4g}% {100 - height * 100:.4g}%" for left, height in points)
    return f"polygon({said})"
