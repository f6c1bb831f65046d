"""Ingress logs in the other log engines, each a real one: the same promises as with a Loki."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines import sampling
from connectors.ingress.engines.opening import open_engine
from connectors.log_engines import lines as paging
from connectors.log_engines.lines import MINUTE, NANOSECONDS, LogPage, TimeSpan, nanoseconds
from tests.connectors.ingress.engines.kept import (
    COUNTED,
    MANY,
    MENDED,
    InClickHouse,
    InVictoriaLogs,
    Kept,
    assert_counted_as_read,
    check,
    frame,
    patience,
    read,
    source_of,
    taken,
)
from tests.connectors.ingress.engines.mixture import START, Line, at, lines, some_lines
from tests.connectors.ingress.lines import KLOG_WARNING, MORNING, NGINX_ERROR, cri, ingress_line, minutes
from tests.examples import examples
from vistas.snapshot import GapReason


@pytest.fixture(params=[pytest.param("victoria_logs", marks=pytest.mark.live), "clickhouse"])
def kept(request: pytest.FixtureRequest) -> Kept:
    """Where lines are kept, with none in it yet."""
    server = request.getfixturevalue(request.param)
    return InClickHouse(server) if request.param == "clickhouse" else InVictoriaLogs(server)


@pytest.mark.slow("the same lines through an engine and through the reader")
@pytest.mark.parametrize("dialect", COUNTED, ids=lambda dialect: dialect.name)
def test_samples_are_counted_as_they_are_read(kept: Kept, dialect: Dialect) -> None:
    """Each in a minute of its own."""
    samples = [sample for sample in dialect.samples if sample.about not in MENDED]
    written = [sample.line for sample in samples]
    kept.push([(START + place * MINUTE, line) for place, line in enumerate(written)])
    assert_counted_as_read(kept, dialect, written)


def test_durations_in_objects_keep_their_point(kept: Kept) -> None:
    """nginx writes seconds with a point, and others milliseconds without: only the former are seconds."""
    values = ["1.000", "12.0", "0.0125", "3", '"0.200"', '"12"', '"-"', "null", "0", "1e-7"]
    (nginx,) = (dialect for dialect in COUNTED if dialect.name == "nginx-json")
    form = (
        '{"time_iso8601":"2026-11-22T06:00:00+00:00","status":"200","request":"GET / HTTP/1.1","request_time":%s}'
    )
    written = [form % value for value in values]
    assert all(read(nginx, line) for line in written)
    kept.push([(START + place * MINUTE, line) for place, line in enumerate(written)])
    assert_counted_as_read(kept, nginx, written)


def test_few_lines_are_all_read(kept: Kept) -> None:
    """As from a file: requests, routes, odd lines, each with the engine's time where it has none of its own."""
    kept.push(some_lines(360))
    kept.push([(at(60), KLOG_WARNING), (at(62), NGINX_ERROR), (at(63), "what\nis this")])
    source = source_of(kept)
    requests = taken(source, "requests")
    assert frame(requests)["requests"].sum() == 358  # two are before the window
    assert requests.provenance.warnings == ()
    assert "361 lines" in requests.provenance.query
    assert frame(taken(source, "routes"))["route"].to_list() == ["/orders/:id"]
    odd = frame(taken(source, "lines"))
    assert {"what is this"} <= set(odd["sample"])
    assert odd["first"].null_count() == 0


def test_every_line_once_however_they_share_a_time(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages end within a nanosecond, and more lines than a page have one; some are the same twice."""
    monkeypatch.setattr(paging, "LINES_AT_ONCE", 7)
    written = [(at(1), "a"), (at(1), "b"), *((at(2), f"c{place % 9}") for place in range(20)), (at(2) + 1, "d")]
    written += [(at(3) + place // 3, f"e{place}") for place in range(30)]
    kept.push(written)
    engine = open_engine(kept.settings())
    pages: list[LogPage] = list(engine.pages(engine.everything, TimeSpan(START, at(60)), patience()))
    had = [(entry.at, entry.line) for page in pages for entry in page.entries]
    assert sorted(had) == sorted(written)
    assert [when for when, _ in had] == sorted(when for when, _ in written)
    assert not any(page.lost for page in pages)
    newest = engine.some(engine.everything, TimeSpan(START, at(60)), patience(), limit=2, newest=True)
    assert [entry.at for entry in newest] == [at(3) + 9] * 2
    counted = engine.count(engine.everything, TimeSpan(at(2), at(2) + 1), patience())
    assert [(cell.count, cell.end) for cell in counted] == [(20, START + MINUTE)]


def assert_counts_equal_reading(kept: Kept) -> None:
    counted = taken(source_of(kept, max_lines=MANY), "requests")
    whole = taken(source_of(kept, max_lines=1_000_000), "requests")
    assert any("Counted by" in warning for warning in counted.provenance.warnings)
    assert not any("Counted" in warning or "not complete" in warning for warning in whole.provenance.warnings)
    keys = sorted(frame(whole).columns)
    assert_frame_equal(frame(counted).select(keys).sort(keys), frame(whole).select(keys).sort(keys))


@pytest.mark.slow("the same lines through an engine and through the reader")
@settings(examples(3), suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate])
@given(some=st.lists(lines(), min_size=20, max_size=150))
def test_what_is_counted_is_what_reading_counts(kept: Kept, some: list[Line]) -> None:
    """Minute, controller, host, service, status, latency, attempts made again: of any lines, whole frames."""
    apart = kept.another()
    apart.push([(at(20), ingress_line(MORNING + timedelta(seconds=20))), *some])
    assert_counts_equal_reading(apart)


def test_lines_as_the_container_runtime_wraps_them(kept: Kept) -> None:
    kept.push([(when, cri(line)) for when, line in some_lines(300)])
    assert_counts_equal_reading(kept)


@pytest.fixture
def much(kept: Kept) -> Kept:
    """More than is read: 3,000 requests, some of them slow or failed, and what is no request."""
    kept.push(some_lines(3_000))
    slow = [("7.000", "504"), ("6.000", "200"), ("5.000", "200")]
    kept.push(
        [
            (
                at(100 + place),
                ingress_line(
                    MORNING + timedelta(seconds=100 + place),
                    request=f"GET /slow/{place} HTTP/1.1",
                    seconds=seconds,
                    status=status,
                ),
            )
            for place, (seconds, status) in enumerate(slow)
        ]
    )
    kept.push([(at(200), KLOG_WARNING), (at(201), NGINX_ERROR), (at(202), "what is this")])
    return kept


def test_what_is_much_is_counted_and_the_rest_says_what_it_is(much: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SAMPLED_LINES", 50)
    source = source_of(much, max_lines=MANY)
    whole = frame(taken(source, "requests"))["requests"].sum()
    assert whole == 3_003 - 15
    routes = taken(source, "routes")
    assert routes.provenance.warnings[0].startswith("From a sample:")
    assert 0 < frame(routes)["requests"].sum() < whole
    slowest = frame(taken(source, "slowest")).rows(named=True)
    assert [(row["seconds"], row["status"]) for row in slowest[:2]] == [(7.0, 504), (6.0, 200)]
    odd = taken(source, "lines")
    patterns = " ".join(frame(odd)["pattern"])
    for part in ("504 GET /slow/:id", "no active Endpoint", "[error] connect() failed", "what is this"):
        assert part in patterns
    assert "1 of 1 failed requests" in odd.provenance.warnings[0]
    assert "3 of 3 lines that are not requests" in odd.provenance.warnings[0]


def test_route_of_few_lines_among_many(much: Kept) -> None:
    """Only lines with the route's text are asked for, so that they can be read."""
    source = source_of(much, max_lines=10)
    assert frame(taken(source, "requests", route="/slow/:id"))["requests"].sum() == 3
    often = taken(source, "requests", route="/orders/:id").gap
    assert often
    assert often.reason is GapReason.TOO_MUCH


def test_nothing_there_is_a_gap(kept: Kept) -> None:
    gap = taken(source_of(kept), "requests").gap
    assert gap
    assert gap.reason is GapReason.NOT_HERE
    assert kept.app in gap.hint


def test_check(kept: Kept) -> None:
    now = datetime.now(UTC)
    quiet = check(source_of(kept))
    assert quiet.ok
    assert "no requests yet" in quiet.message
    kept.push([(nanoseconds(now - minutes(2)) + NANOSECONDS // 2, ingress_line(now - minutes(2)))])
    health = check(source_of(kept))
    assert health.ok
    assert "2 minutes old" in health.message
    assert health.details["formats"] == "ingress-nginx"
