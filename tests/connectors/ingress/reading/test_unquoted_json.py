"""JSON that people put together in a `log_format`: what is meant, bare or not, and under whichever key."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from connectors.ingress.dialects import load_dialects
from connectors.ingress.reading.parsing import Block, Parser
from connectors.ingress.reading.unquoted_json import repaired


def records_of(*lines: str) -> list[dict[str, Any]]:
    parser = Parser(load_dialects(), ZoneInfo("UTC"), datetime(2026, 11, 22, tzinfo=UTC))
    return parser.parse(Block("".join(f"{line}\n" for line in lines).encode())).records.rows(named=True)


def line_of(rest: str, time: str = "2024-04-02T10:00:01+00:00") -> str:
    asked = '"remote_addr":"192.0.2.1","request_method":"GET","request_uri":"/b"'
    return f'{{"time":"{time}",{asked},"status":200,{rest}}}'


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ('"upstream_addr":"a, b","upstream_response_time":0.004, 0.012', {"upstream_seconds": "0.004, 0.012"}),
        (
            '"upstream_addr":"a, b : c","upstream_status":502, 504 : 200',
            {"upstream_statuses": "502, 504 : 200"},
        ),
        (
            '"upstream_addr":-,"upstream_response_time": - ',
            {"upstreams": "-", "upstream_seconds": "-", "retries": 0},
        ),
        ('"upstream_status":,"request_time":0.500', {"upstream_statuses": None, "seconds": 0.5}),
        ('"bytes_sent":0150,"request_time":0.000', {"response_bytes": 150, "seconds": 0.0}),
        ('"http_referrer":"say \\x22hi\\x22","request_time":0.016', {"seconds": 0.016}),
        ('"request_time":0.016,', {"seconds": 0.016}),
        ('"upstream_addr":10.0.0.1:80,"request_time":0.016', {"upstreams": "10.0.0.1:80"}),
    ],
)
def test_what_stands_bare_is_meant(rest: str, expected: dict[str, object]) -> None:
    """nginx puts in what it has: exactly failed and retried requests are then no JSON."""
    (record,) = records_of(line_of(rest))
    assert (record["target"], record["status"]) == ("/b", 200)
    assert {name: record[name] for name in expected} == expected


def test_json_is_left_as_it_is() -> None:
    text = b'{"a": "x\\":, {}", "b": 1.5e3, "c": [1, 2], "d": {"e": null}}'
    assert orjson.loads(repaired(text)) == orjson.loads(text)


@pytest.mark.parametrize(
    ("rest", "seconds"),
    [
        ('"request_time":"0.250"', 0.25),
        ('"request_time":0', 0.0),
        ('"request_time":250', None),
        ('"duration":0.250', 0.25),
        ('"duration":250', None),
        ('"duration":250,"response_flags":"-"', 0.25),
        ('"duration":"250ms"', 0.25),
        ('"duration_ms":250', 0.25),
        ('"latency_us":"250000"', 0.25),
        ('"duration_ns":250000000', 0.25),
        ('"latency":250', None),
        ('"latency":"250.5ms"', 0.2505),
        ('"latency":"0.25s"', 0.25),
        ('"elapsed":"250µs"', 0.00025),
        ('"request_time":"-","responsetime":0.250', 0.25),
        ('"latency":"soon"', None),
        ('"request_time":-0.250', None),
    ],
)
def test_durations_have_a_unit_by_evidence(rest: str, seconds: float | None) -> None:
    """By key, by unit, by point, by who wrote it; no latency rather than a wrong one."""
    (record,) = records_of(line_of(rest))
    assert record["seconds"] == seconds


def test_whole_numbers_beside_envoys_times_are_milliseconds() -> None:
    (record,) = records_of(line_of('"duration":250', time="2024-05-17T10:05:03.100Z"))
    assert record["seconds"] == 0.25


@pytest.mark.parametrize(
    "line",
    [
        '{"time":"2024-04-02T10:00:01Z","status":200,"message":"all is well"}',
        '{"time":"2024-04-02T10:00:01Z","status":200,"path":"/var/lib/app","level":"info"}',
        '{"time":"2024-04-02T10:00:01Z","status":"ok","method":"GET","path":"/x","remote_addr":"192.0.2.1"}',
        '{"time":"2024-04-02T10:00:01Z","remote_addr":"192.0.2.1","status":503}',
        '{"status":200,"method":"GET","path":"/x","remote_addr":"192.0.2.1"}',
    ],
)
def test_a_status_alone_is_no_request(line: str) -> None:
    """Programs say `status` of many things."""
    assert records_of(line) == []


@pytest.mark.parametrize(
    ("said", "target", "method", "host"),
    [
        ('"verb":"PUT","url":"https://shop.example/orders/7?a=b"', "/orders/7", "PUT", "shop.example"),
        ('"method":"GET","request_path":"/a","virtual_host":"shop.example"', "/a", "GET", "shop.example"),
        ('"request_line":"GET /a?b HTTP/1.1","http_host":"shop.example"', "/a", "GET", "shop.example"),
        ('"http":{"request":{"method":"GET"},"url":{"path":"/a"}}', "/a", "GET", ""),
        ('"http.request.method":"GET","url.path":"/a"', "/a", "GET", ""),
        ('"uri":"/a","bytes_sent":5', "/a", "", ""),
        ('"target":"/a","user_agent":"curl"', "/a", "", ""),
    ],
)
def test_a_target_that_is_written_is_told(said: str, target: str, method: str, host: str) -> None:
    """Under whichever key, in whatever object; never as no request."""
    (record,) = records_of(f'{{"ts":1715940303.25,"status_code":"204",{said}}}')
    assert (record["target"], record["method"], record["host"]) == (target, method, host)
    assert record["status"] == 204


def test_usual_and_unusual_lines_together() -> None:
    """Each as it is alone, in the order in which they stand there."""
    lines = [
        line_of('"request_time":0.016'),
        '{"ts":1715940303,"status_code":"204","verb":"PUT","url":"/c"}',
        line_of('"request_time":-,"latency":"5ms"'),
        line_of('"request_time":0.016,"bytes_sent":5'),
        '{"what":"is this"}',
    ]
    assert records_of(*lines) == [record for line in lines for record in records_of(line)]
