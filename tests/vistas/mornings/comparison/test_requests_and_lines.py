"""Requests of services, and log patterns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl

from tests.strategies import LINES
from tests.vistas.mornings.comparison.mornings import FRIDAY, THURSDAY, compared, look, sentences
from vistas.requests import summary
from vistas.snapshot import Frame, FrameKind


def requests(end: datetime, **services: dict[int, int]) -> Frame:
    """So many requests of each status at each service, an hour before the window's end, in 100 ms each."""
    rows = [
        {
            "minute": end - timedelta(hours=1),
            "service": name,
            "status": status,
            "latency_le": 0.1,
            "requests": count,
        }
        for name, statuses in services.items()
        for status, count in statuses.items()
    ]
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=summary.SCHEMA))


def slow(end: datetime, bound: float) -> Frame:
    frame = requests(end, cart={200: 1000})
    return Frame(FrameKind.REQUESTS, frame.data.with_columns(latency_le=pl.lit(bound)))


def lines(**counts: int) -> Frame:
    rows: list[dict[str, Any]] = [
        {"pattern": name, "lines": count, "first": FRIDAY, "last": FRIDAY, "sample": ""}
        for name, count in counts.items()
    ]
    return Frame(FrameKind.LINES, pl.DataFrame(rows, schema=LINES))


def test_a_service_is_told_by_the_share_that_failed() -> None:
    then = requests(THURSDAY, cart={200: 990, 502: 10}, pay={200: 500})
    now = requests(FRIDAY, cart={200: 900, 502: 90, 404: 10}, pay={200: 480})
    found = compared(then, now, look("requests"))
    assert sentences(found) == ["changed: cart: 5xx 9 %, was 1 %; 4xx 1 %, was 0 %."]
    assert (found.noun, found.unchanged) == ("services", 1)


def test_services_come_and_go() -> None:
    found = compared(requests(THURSDAY, cart={200: 12}), requests(FRIDAY, pay={200: 1}), look("requests"))
    assert sentences(found) == ["gone: cart is gone: 12 requests then.", "new: pay is new: 1 request."]


def test_shares_of_a_handful_say_nothing() -> None:
    found = compared(requests(THURSDAY, a={200: 9}), requests(FRIDAY, a={200: 8, 500: 1}), look("requests"))
    assert not found.is_different


def test_a_look_in_seconds_is_compared_by_how_long_requests_took() -> None:
    found = compared(slow(THURSDAY, 0.1), slow(FRIDAY, 0.8), look("requests", unit="seconds"))
    assert {cell.column for cell in found.changes[0].cells} == {"p50_seconds", "p95_seconds", "p99_seconds"}
    assert not compared(slow(THURSDAY, 0.1), slow(FRIDAY, 0.8), look("requests")).is_different


def test_controllers_are_compared_with_each_other_by_name() -> None:
    frames = [
        Frame(FrameKind.REQUESTS, requests(end, cart={200: count}).data.with_columns(controller=pl.lit("nginx")))
        for end, count in ((THURSDAY, 100), (FRIDAY, 300))
    ]
    found = compared(*frames, look("controllers"))
    assert sentences(found) == ["changed: nginx: requests 300, was 100."]


def test_patterns_are_new_gone_more_or_fewer() -> None:
    found = compared(lines(a=82, b=10, c=4, d=5), lines(b=30, c=1, d=6, e=1), look("lines"))
    assert sentences(found) == [
        "gone: a: none now, 82 lines then (at 07:30).",
        "new: e: 1 line, none then (at 07:30).",
        "changed: b: more lines: 30, was 10.",
    ]
    assert found.unchanged == 2
