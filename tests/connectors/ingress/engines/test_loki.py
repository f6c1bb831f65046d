"""Ingress logs in Loki: every line where they are few; where they are many, counts that equal reading them all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from connectors.ingress import IngressSource
from connectors.ingress.dialects import load_dialects
from connectors.ingress.engines import sampling
from connectors.ingress.engines.counting import counting
from connectors.ingress.engines.logql import other_lines, pipeline
from connectors.log_engines.lines import NANOSECONDS, nanoseconds
from tests.connectors.http.answering import Received, Reply
from tests.connectors.ingress.engines.mixture import ODD_SECONDS, START, WINDOW, Line, at, lines, some_lines
from tests.connectors.ingress.lines import (
    KLOG_INFO,
    KLOG_WARNING,
    MORNING,
    NGINX_ERROR,
    clf,
    cri,
    ingress_line,
    minutes,
)
from tests.examples import examples
from tests.servers.logs.emulator import HOUR, Limits, LokiServer
from tests.servers.logs.logql import LogQuery, parse
from vistas.errors import SettingsError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline, Health

pytestmark = pytest.mark.slow("the same lines through a Loki and through the reader")

APP = {"app": "ingress-nginx", "status": "a label of the stream", "host": "node-1"}
MANY = 0
"""Whatever there is, is too many lines to be read."""


@pytest.fixture
def loki() -> Iterator[LokiServer]:
    with LokiServer() as server:
        yield server


def source_of(server: LokiServer, **changed: Any) -> IngressSource:
    table = {"url": server.url, "selector": '{app="ingress-nginx"}', **changed}
    rest = {key: table.pop(key) for key in ("dialect", "log_format") if key in table}
    return IngressSource.from_settings("edge", {"loki": table, **rest}, Redactor(b"a key for these tests"))


def taken(source: IngressSource, what: str, window: Window = WINDOW, **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="edge", take=what, where=where)
    return source.take("front-door", look, window, Deadline(timedelta(seconds=60)))


def frame(snapshot: Snapshot) -> pl.DataFrame:
    assert snapshot.frame, snapshot.gap
    return snapshot.frame.data


def test_few_lines_are_all_read(loki: LokiServer) -> None:
    """As from a file: requests, routes, clients, odd lines, each with Loki's time where it has none of its own."""
    loki.push(some_lines(360), APP)
    loki.push([(at(60), KLOG_WARNING), (at(61), KLOG_INFO), (at(62), NGINX_ERROR), (at(63), "what\nis this")], APP)
    source = source_of(loki)
    requests = taken(source, "requests")
    assert frame(requests)["requests"].sum() == 358  # two are before the window
    assert requests.provenance.warnings == ()
    assert "362 lines" in requests.provenance.query
    assert '{app="ingress-nginx"}' in requests.provenance.query
    assert frame(taken(source, "routes"))["route"].to_list() == ["/orders/:id"]
    lines = frame(taken(source, "lines"))
    assert {"what is this"} <= set(lines["sample"])
    assert lines["first"].null_count() == 0


def test_line_that_was_taken_a_little_late_counts(loki: LokiServer) -> None:
    """The request's own time decides; a log agent may have been slower."""
    loki.push(some_lines(36), APP)
    end = nanoseconds(WINDOW.end)
    loki.push([(end + 2 * NANOSECONDS, ingress_line(WINDOW.end - timedelta(seconds=1), service="late"))], APP)
    loki.push([(end + 3 * NANOSECONDS, ingress_line(WINDOW.end + timedelta(seconds=1), service="after"))], APP)
    services = frame(taken(source_of(loki), "requests"))["service"]
    assert "late" in services
    assert "after" not in services


@pytest.mark.parametrize("wrap", [lambda line: line, cri])
def test_lines_as_the_container_runtime_wraps_them(loki: LokiServer, wrap: Callable[[str], str]) -> None:
    loki.push([(when, wrap(line)) for when, line in some_lines(300)], APP)
    for max_lines in (MANY, 10_000):
        assert frame(taken(source_of(loki, max_lines=max_lines), "requests"))["requests"].sum() == 300 - 2


def both_ways(loki: LokiServer, **changed: Any) -> tuple[Snapshot, Snapshot]:
    """The look `requests`, counted by Loki and from all lines read."""
    counted = taken(source_of(loki, max_lines=MANY, **changed), "requests")
    return counted, taken(source_of(loki, max_lines=1_000_000, **changed), "requests")


def assert_counts_equal_reading(loki: LokiServer, **changed: Any) -> None:
    counted, read = both_ways(loki, **changed)
    assert any("Counted by Loki" in warning for warning in counted.provenance.warnings)
    assert not any("Loki" in warning for warning in read.provenance.warnings)
    keys = sorted(frame(read).columns)
    assert_frame_equal(frame(counted).select(keys).sort(keys), frame(read).select(keys).sort(keys))


@settings(examples(5), suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate])
@given(some=st.lists(lines(ODD_SECONDS), min_size=20, max_size=150))
def test_what_loki_counts_is_what_reading_counts(some: Sequence[Line]) -> None:
    """Minute, controller, host, service, status, latency, attempts made again: of any lines, whole frames."""
    with LokiServer() as loki:
        loki.push([(at(20), ingress_line(MORNING + timedelta(seconds=20)))], APP)
        loki.push(some, APP)
        assert_counts_equal_reading(loki)


def test_few_series_at_once(loki: LokiServer) -> None:
    """Where a Loki gives few series, latencies and time are halved until they fit."""
    loki.limits = Limits(max_query_series=7)
    loki.push(
        [
            (
                when,
                ingress_line(MORNING + timedelta(seconds=(when - START) / 1e9), seconds=f"{number % 97 / 10:.3f}"),
            )
            for number, (when, _) in enumerate(some_lines(240))
        ],
        APP,
    )
    assert_counts_equal_reading(loki)


def test_too_many_series_even_so(loki: LokiServer) -> None:
    """So many services in one minute and bucket that Loki gives no count of them."""
    loki.limits = Limits(max_query_series=3)
    loki.push(
        [
            (at(60 + place / 100), ingress_line(MORNING + minutes(1), service=f"shop-{place % 9}-80"))
            for place in range(240)
        ],
        APP,
    )
    gap = taken(source_of(loki, max_lines=MANY), "requests").gap
    assert gap
    assert gap.reason is GapReason.TOO_MUCH
    assert "max_query_series" in gap.hint


def test_short_ranges(loki: LokiServer) -> None:
    loki.limits = Limits(max_query_length=HOUR // 4)
    loki.push(some_lines(240), APP)
    assert_counts_equal_reading(loki)


@pytest.fixture
def much() -> Iterator[LokiServer]:
    """More than is read: 3,000 requests, some of them slow or failed, and what is no request."""
    with LokiServer() as server:
        ordinary = some_lines(3_000)
        server.push(ordinary, APP)
        server.push(
            [
                (
                    at(100 + place),
                    ingress_line(
                        MORNING + timedelta(seconds=100 + place),
                        request=f"GET /slow/{place} HTTP/1.1",
                        seconds=f"{5 + place}.000",
                        status=status,
                    ),
                )
                for place, status in enumerate(["200", "200", "504"])
            ],
            APP,
        )
        server.push([(at(200), KLOG_WARNING), (at(201), NGINX_ERROR), (at(202), "what is this")], APP)
        yield server


def test_what_comes_from_a_sample_says_so(much: LokiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SAMPLED_LINES", 50)
    source = source_of(much, max_lines=MANY)
    requests = taken(source, "requests")
    whole = frame(requests)["requests"].sum()
    assert whole == 3_003 - 15
    routes = taken(source, "routes")
    (warning, *_) = routes.provenance.warnings
    assert warning.startswith("From a sample:")
    assert frame(routes)["requests"].sum() < whole
    assert frame(routes).row(0, named=True)["route"] == "/orders/:id"
    assert frame(taken(source, "clients"))["requests"].sum() == frame(routes)["requests"].sum()
    assert "sum by (mv_status" in requests.provenance.query


def test_slowest_are_found_among_all(much: LokiServer) -> None:
    """Not those of a sample: the slowest buckets, as Loki counted them, are read."""
    slowest = taken(source_of(much, max_lines=MANY), "slowest")
    rows = frame(slowest).rows(named=True)
    assert [(row["seconds"], row["status"]) for row in rows[:2]] == [(7.0, 504), (6.0, 200)]
    assert "were read" in slowest.provenance.warnings[0]


def test_failed_and_odd_lines_are_found_among_all(much: LokiServer) -> None:
    found = taken(source_of(much, max_lines=MANY), "lines")
    patterns = " ".join(frame(found)["pattern"])
    for part in ("504 GET /slow/:id", "no active Endpoint", "[error] connect() failed", "what is this"):
        assert part in patterns
    assert "1 of 1 failed requests" in found.provenance.warnings[0]
    assert "3 of 3 lines that are not requests" in found.provenance.warnings[0]


def test_route_of_few_lines_among_many(much: LokiServer) -> None:
    """Only lines with the route's text are asked for, so that they can be read."""
    source = source_of(much, max_lines=10)
    rare = taken(source, "requests", route="/slow/:id")
    assert frame(rare)["requests"].sum() == 3
    often = taken(source, "requests", route="/orders/:id").gap
    assert often
    assert often.reason is GapReason.TOO_MUCH
    assert taken(source, "requests", route="/none").frame


def test_unknown_format_in_large(loki: LokiServer) -> None:
    loki.push([(at(20 + place), f"what is this {place}") for place in range(300)], APP)
    source = source_of(loki, max_lines=MANY)
    gap = taken(source, "requests").gap
    assert gap
    assert gap.reason is GapReason.GARBLED
    assert "what is this" in " ".join(frame(taken(source, "lines"))["sample"])


def test_nothing_there_is_a_gap(loki: LokiServer) -> None:
    """An ingress that wrote nothing at all is rather a selector that chooses nothing."""
    loki.push(some_lines(10), {"app": "else"})
    gap = taken(source_of(loki), "requests").gap
    assert gap
    assert gap.reason is GapReason.NOT_HERE
    assert '{app="ingress-nginx"}' in gap.hint


def test_lines_that_cannot_be_had_are_told(loki: LokiServer) -> None:
    loki.limits = Limits(max_entries_limit_per_query=100)
    loki.push(
        [(at(60), ingress_line(MORNING + minutes(1), service=f"shop-{place}-80")) for place in range(150)], APP
    )
    snapshot = taken(source_of(loki), "requests")
    lost = 150 - frame(snapshot)["requests"].sum()
    assert 0 < lost <= 50
    assert snapshot.provenance.warnings[0].startswith(f"{lost} lines cannot be read")


def test_failure_midway_keeps_what_there_is(loki: LokiServer) -> None:
    loki.limits = Limits(max_entries_limit_per_query=1000)
    loki.push(some_lines(9000), APP)
    asked: list[Received] = []

    def tire(request: Received) -> Reply | None:
        asked.append(request)
        tired = sum("limit" in each.form for each in asked) > 4
        return Reply(b"too many outstanding requests", 429, "text/plain") if tired else None

    loki.interfere = tire
    snapshot = taken(source_of(loki, at_once=1), "requests")
    assert 0 < frame(snapshot)["requests"].sum() < 9000
    assert "not complete" in snapshot.provenance.warnings[0]


@pytest.mark.parametrize("status", [401, 429, 500])
def test_refusal_is_a_gap(loki: LokiServer, status: int) -> None:
    loki.interfere = lambda _: Reply(b"no", status, "text/plain")
    for max_lines in (MANY, 100_000):
        gap = taken(source_of(loki, max_lines=max_lines), "requests").gap
        assert gap
        assert str(status) in gap.message
        assert gap.hint


def test_looks_share_what_was_asked(much: LokiServer) -> None:
    source = source_of(much, max_lines=MANY)
    taken(source, "requests")
    asked = len(much.received)
    for what in ("routes", "slowest", "lines", "clients", "upstreams"):
        assert taken(source, what).frame
    assert len(much.received) == asked


def test_named_dialect(much: LokiServer) -> None:
    assert taken(source_of(much, max_lines=MANY, dialect="nginx-combined"), "requests").gap


def test_format_of_ones_own(loki: LokiServer) -> None:
    """It has no sample but the lines themselves."""
    written = [
        (
            at(18 + place),
            f"[{clf(MORNING + timedelta(seconds=18 + place))}] {200 + place % 3} {place / 100:.3f} /{place}",
        )
        for place in range(40)
    ]
    loki.push(written, APP)
    assert_counts_equal_reading(loki, log_format="[$time_local] $status $request_time $request_uri")


def test_tenant() -> None:
    with LokiServer(multi_tenant=True) as loki:
        loki.push(some_lines(50), APP, tenant="shop")
        assert taken(source_of(loki, tenant="shop"), "requests").frame
        gap = taken(source_of(loki), "requests").gap
    assert gap
    assert "no org id" in gap.message


def check(source: IngressSource) -> Health:
    return source.check(Deadline(timedelta(seconds=10)))


def test_check(loki: LokiServer) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    quiet = check(source_of(loki))
    assert quiet.ok
    assert "no requests yet" in quiet.message
    loki.push([(nanoseconds(now - minutes(2)), ingress_line(now - minutes(2)))], APP)
    health = check(source_of(loki))
    assert health.ok
    assert "2 minutes old" in health.message
    assert health.details["formats"] == "ingress-nginx"
    loki.interfere = lambda _: Reply(b"no", 500, "text/plain")
    assert not check(source_of(loki)).ok


@pytest.mark.parametrize(
    "dialect", [each for each in load_dialects() if not each.set_aside], ids=lambda each: each.name
)
def test_samples_of_each_dialect_are_counted_by_its_logql(dialect: Any) -> None:
    """The lines that its reader takes are those that the LogQL takes; others it leaves."""
    counted, left = (
        parse(f'{{app="ingress-nginx"}} {stages}')
        for stages in (pipeline(counting(dialect)), other_lines([dialect]))
    )
    assert isinstance(counted, LogQuery)
    assert isinstance(left, LogQuery)
    taken_lines = [sample.line for sample in dialect.samples if counted.labels(sample.line, APP)]
    assert taken_lines or dialect.json_marks
    for line in taken_lines:
        assert left.labels(line, APP) is None
    for other in (KLOG_INFO, NGINX_ERROR, "", "what is this"):
        assert counted.labels(other, APP) is None
        assert left.labels(other, APP) is not None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"selector": "app"}, "sources.edge.loki.selector: write a stream selector"),
        ({"selector": '{app="x"} | json'}, "sources.edge.loki.selector: write a stream selector"),
        ({"tenant": "a b"}, "sources.edge.loki.tenant"),
        ({"max_lines": -1}, "sources.edge.loki.max_lines"),
        ({"url": "loki:3100"}, "sources.edge.loki.url"),
        ({"password": "hunter2"}, "sources.edge.loki.password is not a setting"),
    ],
)
def test_wrong_settings_name_the_key(loki: LokiServer, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as raised:
        source_of(loki, **changed)
    assert says in str(raised.value)
    assert "hunter2" not in str(raised.value)
