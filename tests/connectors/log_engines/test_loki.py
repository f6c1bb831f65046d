"""Loki's API from outside: every line once whatever its limits, counts that agree, reasons for what it refuses."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.http.client import BoundedSession
from connectors.http.settings import HttpSettings
from connectors.log_engines.lines import DAY, MINUTE, LogLine, TimeSpan, moment, nanoseconds
from connectors.log_engines.loki import LokiApi, RangeTooLong, TooManySeries
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.servers.logs.emulator import HOUR, Limits, LokiServer
from tests.servers.misbehaving import MisbehavingServer
from vistas.snapshot import GapReason
from vistas.source import Deadline

ALL = '{app="ingress"}'
APP = {"app": "ingress"}
START = nanoseconds(datetime(2026, 11, 22, 6, tzinfo=UTC))


def api_of(url: str, tenant: str | None = None, **changed: object) -> LokiApi:
    return LokiApi(url, BoundedSession(HttpSettings.model_validate({"url": url, **changed})), tenant)


def patience(seconds: float = 20) -> Deadline:
    return Deadline(timedelta(seconds=seconds))


@pytest.fixture(scope="module")
def shared() -> Iterator[LokiServer]:
    with LokiServer() as server:
        yield server


@pytest.fixture
def loki() -> Iterator[LokiServer]:
    with LokiServer() as server:
        yield server


def had(api: LokiApi, span: TimeSpan) -> tuple[list[LogLine], int]:
    pages = list(api.pages(ALL, span, patience()))
    return [entry for page in pages for entry in page.entries], sum(page.lost for page in pages)


@given(
    entries=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from("abcdefgh"), st.sampled_from(["one", "two"])), max_size=60
    ),
    limit=st.integers(1, 8),
    longest=st.sampled_from([721 * HOUR, 2 * MINUTE]),
)
def test_every_line_comes_once(
    shared: LokiServer, entries: list[tuple[int, str, str]], limit: int, longest: int
) -> None:
    """Any lines, many at the same nanosecond, any limit: each once, in order; what cannot be had is counted."""
    shared._stored.clear()
    shared.limits = Limits(max_entries_limit_per_query=limit, max_query_length=longest)
    for stream in ("one", "two"):
        shared.push(((START + at, line) for at, line, of in entries if of == stream), {**APP, "pod": stream})
    stored = Counter({(START + at, line, of): 1 for at, line, of in entries})
    lines, lost = had(api_of(shared.url), TimeSpan(START, START + 5 * MINUTE))
    got = Counter((entry.at, entry.line, "one" if "'one'" in entry.stream else "two") for entry in lines)
    assert got <= stored
    assert got.total() + lost == stored.total()
    assert [entry.at for entry in lines] == sorted(entry.at for entry in lines)
    at_once = Counter(at for at, _, _ in stored)
    if all(number < limit for number in at_once.values()):
        assert lost == 0


def test_more_lines_at_one_nanosecond_than_a_page_holds(loki: LokiServer) -> None:
    loki.limits = Limits(max_entries_limit_per_query=10)
    loki.push(((START, f"line {number}") for number in range(25)), APP)
    loki.push([(START + 1, "the next")], APP)
    lines, lost = had(api_of(loki.url), TimeSpan(START, START + MINUTE))
    assert len(lines) + lost == 26
    assert lost == 15
    assert lines[-1].line == "the next"


def test_lines_that_differ_in_structured_metadata_only(loki: LokiServer) -> None:
    """They are two lines; Loki is asked to keep metadata apart from the stream's labels."""
    loki.push([(START, "same")], APP, metadata={"trace": "1"})
    loki.push([(START, "same")], APP, metadata={"trace": "2"})
    lines, _ = had(api_of(loki.url), TimeSpan(START, START + 1))
    assert [entry.line for entry in lines] == ["same", "same"]
    assert len({entry.stream for entry in lines}) == 2


def test_begin_counts_and_end_does_not(loki: LokiServer) -> None:
    """Lines and counts agree on it, although Loki's ranges are open where its windows are closed."""
    ends = [START - 1, START, START + MINUTE - 1, START + MINUTE]
    loki.push([(at, str(at)) for at in ends], APP)
    span, api = TimeSpan(START, START + MINUTE), api_of(loki.url)
    lines, _ = had(api, span)
    assert [entry.at for entry in lines] == ends[1:3]
    assert api.total(ALL, span, patience()) == 2
    minutes = api.counted_by_minute(ALL, (), TimeSpan(START - MINUTE, START + 2 * MINUTE), patience())
    assert [(cell.end, cell.count) for cell in minutes] == [
        (START + n * MINUTE, c) for n, c in [(0, 1), (1, 2), (2, 1)]
    ]


def test_newest_lines(loki: LokiServer) -> None:
    loki.push(((START + number, str(number)) for number in range(10)), APP)
    lines = api_of(loki.url).lines(ALL, TimeSpan(START, START + MINUTE), patience(), limit=3, newest=True)
    assert [entry.line for entry in lines] == ["7", "8", "9"]


def test_long_windows_are_asked_in_parts(loki: LokiServer) -> None:
    """A Loki refuses more than 721 hours at once, and may be set to refuse less."""
    loki.limits = Limits(max_query_length=3 * HOUR)
    loki.push([(START + day * DAY, f"day {day}") for day in range(40)], APP)
    lines, _ = had(api_of(loki.url), TimeSpan(START, START + 40 * DAY))
    assert [entry.line for entry in lines] == [f"day {day}" for day in range(40)]


def test_limits_are_told_from_other_refusals(loki: LokiServer) -> None:
    loki.limits = Limits(max_query_series=2, max_query_length=HOUR)
    loki.push([(START, str(number)) for number in range(3)], APP)
    api, span = api_of(loki.url), TimeSpan(START, START + MINUTE)
    with pytest.raises(TooManySeries) as many:
        api.counted(f"{ALL} | regexp `(?P<line>.*)`", ("line",), span, patience())
    assert many.value.gap.reason is GapReason.TOO_MUCH
    assert "max_query_series" in many.value.gap.hint
    with pytest.raises(RangeTooLong):
        api.lines(ALL, TimeSpan(START, START + 2 * HOUR), patience())


def test_wrong_query_is_refused_in_lokis_words(loki: LokiServer) -> None:
    with pytest.raises(Unobtainable) as refused:
        api_of(loki.url).lines("{app=}", TimeSpan(START, START + 1), patience())
    assert refused.value.gap.reason is GapReason.REFUSED
    assert "parse error" in refused.value.gap.message


def test_tenants() -> None:
    with LokiServer(multi_tenant=True) as loki:
        for tenant in ("shop", "bank"):
            loki.push([(START, tenant)], APP, tenant=tenant)
        span = TimeSpan(START, START + 1)
        assert [entry.line for entry in had(api_of(loki.url, "shop"), span)[0]] == ["shop"]
        assert [entry.line for entry in had(api_of(loki.url, "shop|bank"), span)[0]] == ["bank", "shop"]
        with pytest.raises(Unobtainable) as nobody:
            had(api_of(loki.url), span)
    assert nobody.value.gap.reason is GapReason.REFUSED
    assert "tenant" in nobody.value.gap.hint


def test_version(loki: LokiServer) -> None:
    assert api_of(loki.url).version(patience()) == "3.7.8"


@pytest.mark.parametrize(
    ("reply", "reason", "says"),
    [
        (Reply(b"too many outstanding requests", 429, "text/plain"), GapReason.REFUSED, "too many outstanding"),
        (Reply(b"context deadline exceeded", 504, "text/plain"), GapReason.TOO_SLOW, "504"),
        (Reply(b"empty ring", 500, "text/plain"), GapReason.UNREACHABLE, "empty ring"),
        (Reply(b"404 page not found", 404, "text/plain"), GapReason.REFUSED, "404"),
        (told({"status": "success"}), GapReason.GARBLED, "not a Loki answer"),
        (told({"data": {"resultType": "matrix", "result": []}}), GapReason.GARBLED, "not a Loki answer"),
        (
            told({"data": {"resultType": "streams", "result": [{"stream": {}, "values": [["x", "line"]]}]}}),
            GapReason.GARBLED,
            "not a Loki answer",
        ),
    ],
)
def test_refusals_and_garbage_are_reasons(reply: Reply, reason: GapReason, says: str) -> None:
    def answer(_: Received) -> Reply:
        return reply

    with AnsweringServer(**{"/loki/api/v1/query_range": answer}) as server, pytest.raises(Unobtainable) as refused:
        had(api_of(server.url), TimeSpan(START, START + 1))
    assert refused.value.gap.reason is reason
    assert says in refused.value.gap.message
    assert refused.value.gap.hint


@pytest.mark.parametrize("mode", MisbehavingServer.modes)
def test_whatever_a_loki_does_is_a_reason_in_time(mode: str) -> None:
    with MisbehavingServer() as server:
        api = api_of(server.url_for(mode), timeout=0.4, max_bytes=1 << 20)
        for ask in (
            lambda: list(api.pages(ALL, TimeSpan(START, START + 1), patience(1))),
            lambda: api.total(ALL, TimeSpan(START, START + 1), patience(1)),
        ):
            with pytest.raises(Unobtainable):
                ask()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_moments_are_kept(at: datetime) -> None:
    assert moment(nanoseconds(at)) == at


@given(st.integers(0, 10 * DAY), st.integers(1, 10 * DAY), st.integers(1, 3 * DAY))
def test_parts_are_the_whole(start: int, length: int, part: int) -> None:
    if length // part > 1000:
        return
    parts = list(TimeSpan(start, start + length).parts(part))
    assert parts[0].start == start
    assert parts[-1].end == start + length
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert all(0 < each.length <= part for each in parts)


ODD_NUMBERS = ["1e308", '"1e308"', "9223372036854775808", '"99999999999999999999"', '"-1"', "null"]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_number_that_no_clock_and_no_log_has_is_no_answer_of_loki(number: str) -> None:
    """Neither as the time of a line, nor as a count, nor as the time of one."""
    stream = f'{{"stream": {{}}, "values": [[{number}, "line"]]}}'
    counted = f'{{"metric": {{}}, "value": [1, {number}]}}'
    by_minute = f'{{"metric": {{}}, "values": [[{number}, {number}]]}}'
    span = TimeSpan(START, START + MINUTE)
    with AnsweringServer() as server:
        api = api_of(server.url)
        server.answers["/loki/api/v1/query_range"] = Reply(streams(stream))
        server.answers["/loki/api/v1/query"] = Reply(streams(counted))
        with pytest.raises(Unobtainable, match="not a Loki answer"):
            api.lines(ALL, span, patience())
        with pytest.raises(Unobtainable, match="not a Loki answer"):
            api.counted(ALL, (), span, patience())
        server.answers["/loki/api/v1/query_range"] = Reply(streams(by_minute))
        with pytest.raises(Unobtainable, match="not a Loki answer"):
            api.counted_by_minute(ALL, (), span, patience())


def streams(result: str) -> bytes:
    return f'{{"data": {{"resultType": "streams", "result": [{result}]}}}}'.encode()
