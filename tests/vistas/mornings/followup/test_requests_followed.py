"""Stretches on charts that are drawn from requests: by status class, by percentile, by controller, or of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import polars as pl

from dashboards.figures.requests import request_figure
from tests.vistas.mornings.followup.mornings import (
    FRIDAY,
    NIGHT,
    THURSDAY,
    Asked,
    follow,
    morning,
    notice,
    snapshot,
    stretch,
)
from vistas.mornings.followup import Outcome, follow_up
from vistas.requests.controllers import TAKE
from vistas.requests.summary import OPTIONAL, SCHEMA
from vistas.snapshot import Frame, FrameKind, Window
from vistas.vista.notice import Stretch

REQUESTS = Asked.of("requests", "ingress")
CONTROLLERS = Asked.of(TAKE, "ingress")
Cell = tuple[int, int, float | None, int]
"""Minutes before the end, status, latency bucket and how many."""


def requests(end: datetime, *cells: Cell) -> Frame:
    rows = [(end - timedelta(minutes=ago), "h", "s", status, le, number) for ago, status, le, number in cells]
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def by_controller(end: datetime, names: Sequence[str]) -> Frame:
    rows = [
        (end - timedelta(minutes=ago), "h", "s", 200, 0.1, 60, name, None)
        for name in names
        for ago in range(1, 720)
    ]
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=SCHEMA | OPTIONAL, orient="row"))


def test_a_status_class_that_is_not_there_was_answered_to_nobody() -> None:
    """It is zero, and not lost: the data holds every request."""
    anchor = stretch({"class": "5xx"}, asked=REQUESTS, end=THURSDAY - timedelta(minutes=4))
    then = requests(THURSDAY, (5, 502, 0.1, 40), (7, 200, 0.1, 300))
    found = follow(anchor, {REQUESTS: then}, {REQUESTS: requests(FRIDAY, (7, 200, 0.1, 310))})
    assert (found.outcome, found.now) == (Outcome.FOUND, "none")
    assert found.sentence == "5xx a minute: up to 20 then, none in the same 10 minutes today"
    (moved,) = found.anchors
    assert isinstance(moved, Stretch)
    assert (moved.series, moved.end) == (({"class": "5xx"},), FRIDAY - timedelta(minutes=4))


def test_all_requests_are_told_by_rate_failures_and_latency() -> None:
    anchor = stretch(asked=REQUESTS)
    then = requests(THURSDAY, (5, 502, 1.0, 10), (7, 200, 0.1, 90))
    found = follow(anchor, {REQUESTS: then}, {REQUESTS: requests(FRIDAY, (5, 200, 0.1, 50))})
    assert found.sentence == (
        "10 requests a minute, 10 % failed, 95 of 100 within 1 s then; "
        "5 requests a minute, none failed, 95 of 100 within 100 ms in the same 10 minutes today"
    )
    nobody = follow(anchor, {REQUESTS: then}, {REQUESTS: requests(FRIDAY)})
    assert (nobody.outcome, nobody.now) == (Outcome.FOUND, "no requests")


def test_a_percentile_of_requests_without_latencies_has_no_samples() -> None:
    anchor = stretch({"latency": "p99"}, asked=REQUESTS)
    then, now = requests(THURSDAY, (5, 200, 0.1, 90)), requests(FRIDAY, (5, 200, None, 90))
    found = follow(anchor, {REQUESTS: then}, {REQUESTS: now})
    assert (found.outcome, found.then, found.now) == (Outcome.FOUND, "99.8 ms", "no samples")


def test_logs_that_do_not_reach_that_far_are_not_compared() -> None:
    window = Window.ending(FRIDAY, NIGHT)
    late = snapshot(
        REQUESTS, requests(FRIDAY, (1, 200, 0.1, 90)), window, obtained=Window.ending(FRIDAY, NIGHT / 9)
    )
    then = morning(THURSDAY, {REQUESTS: requests(THURSDAY, (300, 200, 0.1, 90))})
    noticed = notice(stretch(asked=REQUESTS, end=THURSDAY - timedelta(hours=5)))
    found = follow_up(noticed, then, morning(FRIDAY, {REQUESTS: late}))
    assert found.sentence == "cannot be compared: the logs do not reach that time today"


def test_a_controller_that_was_taken_away_is_not_there_any_more() -> None:
    anchor = stretch({"controller": "nginx", "measure": "requests"}, asked=CONTROLLERS, minutes=60)
    then = {CONTROLLERS: by_controller(THURSDAY, ["nginx", "traefik"])}
    there = follow(anchor, then, {CONTROLLERS: by_controller(FRIDAY, ["nginx"])})
    assert there.sentence == "nginx, requests a minute: 60 then, 60 in the same hour today"
    gone = follow(anchor, then, {CONTROLLERS: by_controller(FRIDAY, ["traefik"])})
    assert gone.outcome is Outcome.GONE


def test_every_line_of_a_chart_of_requests_is_found_by_the_labels_that_it_carries() -> None:
    """What the chart hands to a notice is what is looked for."""
    several = requests(THURSDAY, *((ago, status, 0.1, 9) for ago in range(1, 30) for status in (200, 404, 502)))
    for asked, frame in ((REQUESTS, several), (CONTROLLERS, by_controller(THURSDAY, ["nginx", "traefik"]))):
        window = Window.ending(THURSDAY, NIGHT)
        figure = request_figure(asked.look, snapshot(asked, frame, window))
        lines = [trace.meta["labels"] for trace in figure.data if trace.meta and "labels" in trace.meta]
        assert lines
        vista = morning(THURSDAY, {asked: frame})
        for labels in lines:
            found = follow_up(notice(stretch(labels, asked=asked, minutes=30)), vista, vista)
            assert (found.outcome, found.then) == (Outcome.FOUND, found.now)
            assert "no samples" not in found.then
