"""A vista's picture is drawn from its own data."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import polars as pl

from vistas.charts.ridges import MOST, POINTS, ridges
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window

WINDOW = Window.ending(datetime(2026, 11, 23, 8, tzinfo=UTC), timedelta(hours=12))


def snapshot(content: Frame | Gap, look: str = "a") -> Snapshot:
    return Snapshot("s", look, content, Provenance("p", "prometheus", "q", WINDOW, WINDOW.end, timedelta()))


def series(values: list[float]) -> Frame:
    times = [WINDOW.start + WINDOW.span / len(values) * place for place in range(len(values))]
    data = pl.DataFrame(
        {"labels": [[]], "times": [times], "values": [values]},
        schema={
            "labels": pl.List(pl.Struct({"name": pl.String, "value": pl.String})),
            "times": pl.List(pl.Datetime("ms", "UTC")),
            "values": pl.List(pl.Float64),
        },
    )
    return Frame(FrameKind.SERIES, data, step=timedelta(minutes=1))


def test_a_hill_rises_where_the_data_does() -> None:
    (ridge,) = ridges([snapshot(series([math.sin(x / 200 * math.pi) for x in range(200)]))])
    assert len(ridge) == POINTS
    assert (min(ridge), max(ridge)) == (0.0, 1.0)
    assert abs(ridge.index(1.0) - POINTS // 2) <= 2


def test_no_data_no_hill() -> None:
    """Gaps, flat lines and what is no number make no ridge."""
    flat, nothing = series([1.0] * 100), series([math.nan] * 100)
    gap = Gap(GapReason.REFUSED, "no")
    assert ridges([snapshot(flat), snapshot(nothing), snapshot(gap)]) == ()


def test_two_looks_at_the_same_data_make_one_hill() -> None:
    hill = series([float(x % 50) for x in range(200)])
    assert len(ridges([snapshot(hill, "a"), snapshot(hill, "b")])) == 1


def test_four_at_most_and_always_the_same() -> None:
    many = [snapshot(series([x * (n + 1) % 7 for x in range(100)]), look=f"l{n}") for n in range(6)]
    assert len(ridges(many)) == MOST
    assert ridges(many) == ridges(list(reversed(many)))
