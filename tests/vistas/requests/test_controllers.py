"""Controllers side by side: what a `requests` frame says of each, and what it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tests.browser.stage_data import END, move_frame, requests_frame
from vistas.requests.controllers import (
    MOST,
    UNNAMED,
    describe,
    names_of,
    side_by_side,
    step_of,
    totals_by_controller,
)
from vistas.requests.summary import OPTIONAL, SCHEMA
from vistas.routine import Unit
from vistas.snapshot import Window

WINDOW = Window.ending(END, timedelta(hours=24))


def measured(cube: pl.DataFrame) -> dict[tuple[str, str], list[float | None]]:
    return {
        (line.controller, line.measure): line.values.to_list()
        for comparison in side_by_side(cube, WINDOW)
        for line in comparison.lines
    }


def test_the_one_before_comes_first() -> None:
    """By when it was first seen, not by name or size: so that the one that came has the accent."""
    cube = move_frame().data
    assert names_of(cube) == ["ingress-nginx", "Traefik"]
    lines = side_by_side(cube, WINDOW)[0].lines
    assert [(line.name, line.tone) for line in lines] == [("ingress-nginx", 2), ("Traefik", 1)]


def test_measures_of_each_controller() -> None:
    cube = move_frame().data
    told = measured(cube)
    step = step_of(WINDOW)
    minutes = step / timedelta(minutes=1)
    per_minute = [value or 0 for name in names_of(cube) for value in told[name, "requests"]]
    assert sum(per_minute) * minutes == pytest.approx(cube["requests"].sum(), rel=0.01)
    assert told["Traefik", "requests"][0] == 0
    assert told["Traefik", "5xx"][0] is None
    assert max(value or 0 for value in told["Traefik", "5xx"]) == pytest.approx(0.1, abs=0.01)
    assert {each.unit for each in side_by_side(cube, WINDOW)} == {Unit.NUMBER, Unit.RATIO, Unit.SECONDS}


def test_what_a_format_does_not_say_has_no_line_and_is_named() -> None:
    """Null is not 0: neither latencies nor attempts are made up."""
    cube = move_frame().data.with_columns(
        pl.when(pl.col("controller") == "Traefik").then(pl.col(name)).alias(name)
        for name in ("latency_le", "retried")
    )
    captions = [each.caption for each in side_by_side(cube, WINDOW)]
    assert "How long it took (not reported by ingress-nginx)" in captions
    assert "Retries per 100 requests (not reported by ingress-nginx)" in captions
    assert ("ingress-nginx", "p95") not in measured(cube)
    silent = cube.with_columns(latency_le=pl.lit(None, dtype=pl.Float64), retried=pl.lit(None, dtype=pl.UInt64))
    assert len(side_by_side(silent, WINDOW)) == 3
    before, _ = totals_by_controller(silent).to_dicts()
    assert (before["p50_seconds"], before["retried"], before["again_percent"]) == (None, None, None)
    assert "durations not reported, retries not reported" in describe(silent)


def test_who_says_it_once_says_it_of_all() -> None:
    """Some write a number only where an attempt was made again: elsewhere there was none."""
    seldom = pl.col("retried").replace(0, None)
    told = measured(move_frame().data.with_columns(retried=seldom))
    assert ("ingress-nginx", "again") not in told
    assert next(value for value in told["Traefik", "again"] if value is not None) == 0
    assert max(value or 0 for value in told["Traefik", "again"]) == pytest.approx(20, abs=1)


def test_frames_from_before_there_were_controllers() -> None:
    """Saved vistas have neither column: everything went through one that nobody named."""
    old = requests_frame(120).data
    assert names_of(old) == [UNNAMED]
    assert [line.controller for line in side_by_side(old, WINDOW)[0].lines] == [UNNAMED]
    assert totals_by_controller(old)["requests"].to_list() == [old["requests"].sum()]


def test_nothing_at_all() -> None:
    empty = pl.DataFrame(schema=SCHEMA | OPTIONAL)
    assert side_by_side(empty, WINDOW) == ()
    assert (describe(empty), totals_by_controller(empty).height) == ("", 0)


def test_a_stranger_with_many_controllers_gets_the_busiest() -> None:
    """However many names a file has, a chart has few lines."""
    start = datetime(2026, 11, 23, 6, tzinfo=UTC)
    many = pl.DataFrame(
        [(start, "", "", 200, 0.1, place + 1, f"c{place}", None) for place in range(500)],
        schema=SCHEMA | OPTIONAL,
        orient="row",
    )
    (volume, *_) = side_by_side(many, WINDOW)
    assert sorted(line.controller for line in volume.lines) == [f"c{place}" for place in range(500 - MOST, 500)]


def test_said_in_a_sentence_each() -> None:
    said = describe(move_frame().data)
    assert said.startswith("ingress-nginx: ")
    assert "Traefik: " in said
    assert " retries." in said
