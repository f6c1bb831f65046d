"""Formats of somebody's own, from vistas.toml."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.parsing import Block, Parser
from connectors.ingress.settings import IngressSettings
from connectors.source_settings import read_settings
from tests.connectors.ingress.lines import combined_line
from vistas.errors import SettingsError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def own(**settings: Any) -> Dialect:
    return read_settings("door", IngressSettings, {"files": "access.log", **settings}).dialects[0]


def read(line: str, **settings: Any) -> dict[str, Any]:
    """The record of a line among others of a built-in format."""
    chosen = read_settings("door", IngressSettings, {"files": "access.log", **settings}).dialects
    parsed = Parser(chosen, ZoneInfo("UTC"), NOW).parse(Block(f"{combined_line()}\n{line}\n".encode()))
    assert parsed.dialects == {"custom": 1, "nginx-combined": 1}
    return parsed.records.row(1, named=True)


def test_log_format_with_names_before_values() -> None:
    """As nginx's own guide writes it: values in quotes within a word, and unknown variables between."""
    record = read(
        '203.0.113.9 [22/Nov/2026:06:00:00 +0100] "GET /cart?id=4 HTTP/1.1" 200 512 rt=0.250 uct="0.001" '
        'urt="1.000, 0.120" ua="Mozilla/5.0 (X11; Linux)" ups=10.0.0.1:80, 10.0.0.2:80',
        log_format='$remote_addr [$time_local] "$request" $status $body_bytes_sent rt=$request_time '
        'uct="$upstream_connect_time" urt="$upstream_response_time" ua="$http_user_agent" ups=$upstream_addr',
    )
    assert record["time"] == datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert (record["method"], record["target"], record["status"]) == ("GET", "/cart", 200)
    assert (record["seconds"], record["response_bytes"], record["retries"]) == (0.25, 512, 1)
    assert record["upstream_seconds"] == "1.000, 0.120"


@pytest.mark.parametrize(
    "log_format",
    [
        "log_format door '$msec $host ' '\"$request_method $request_uri\" $status' ' $remote_addr';",
        "'$msec $host ' '\"$request_method $request_uri\" $status'\n    ' $remote_addr'",
        'log_format door escape=default "$msec $host " "\\"$request_method $request_uri\\" $status $remote_addr";',
        '${msec} $host "$request_method $request_uri" $status $remote_addr',
    ],
)
def test_ways_to_write_a_log_format(log_format: str) -> None:
    """The string alone, its parts, or the directive as it stands in nginx.conf."""
    record = read('1795327200.250 shop.example "GET /a?b=1" 404 2001:db8::7', log_format=log_format)
    assert record["time"] == datetime(2026, 11, 22, 6, 0, 0, 250_000, tzinfo=UTC)
    assert (record["method"], record["target"], record["host"]) == ("GET", "/a", "shop.example")
    assert (record["status"], record["client"]) == (404, "2001:db8::7")


def test_log_format_without_blanks() -> None:
    line = "22/Nov/2026:06:00:00 +0000|GET|/a|503|-"
    record = read(line, log_format="$time_local|$request_method|$uri|$status|$x")
    assert (record["method"], record["target"], record["status"]) == ("GET", "/a", 503)


def test_log_format_that_escapes_nothing() -> None:
    """Quotes stand in values as they came."""
    record = read(
        '2026-11-22T06:00:00+00:00 "GET /a HTTP/1.1" 200 "say "hi" there" 0.5',
        log_format='escape=none \'$time_iso8601 "$request" $status "$http_user_agent" $request_time\'',
    )
    assert (record["target"], record["status"], record["seconds"]) == ("/a", 200, 0.5)


def test_variable_written_twice() -> None:
    record = read(
        "203.0.113.9 203.0.113.9 [22/Nov/2026:06:00:00 +0000] 200 200",
        log_format="$remote_addr $remote_addr [$time_local] $status $status",
    )
    assert (record["client"], record["status"]) == ("203.0.113.9", 200)


def test_log_format_that_is_json() -> None:
    """Its keys are found by the variables that are their values; numbers may be missing."""
    log_format = (
        """log_format door escape=json '{"@t":"$time_iso8601",' '"http":{"code":$status,"bytes":$bytes_sent},'"""
        """'"call":"$request","took":$request_time,"both":"$host $uri"}';"""
    )
    record = read(
        '{"@t":"2026-11-22T06:00:00+00:00","http":{"code":502,"bytes":},"call":"GET /a HTTP/2.0",'
        '"took":1.5,"both":"x y"}',
        log_format=log_format,
    )
    assert (record["status"], record["response_bytes"], record["seconds"]) == (502, 0, 1.5)
    assert (record["method"], record["target"]) == ("GET", "/a")


@pytest.mark.parametrize(
    "line",
    [
        '{"ts": 1795327200250, "req": {"verb": "GET", "url": "/a?b"}, "code": "404", "dur": 250}',
        '{"ts": "2026-11-22T05:59:60.250Z", "req.verb": "GET", "req.url": "/a", "code": 404, "dur": 250.0}',
    ],
)
def test_json_keys(line: str) -> None:
    """A dot steps into an object or stands in the name; clocks are told apart; the unit is as said."""
    keys = {
        "time": "ts",
        "status": "code",
        "method": "req.verb",
        "target": "req.url",
        "seconds": {"key": "dur", "unit": "ms"},
    }
    record = read(line, json_keys=keys)
    assert record["time"] == datetime(2026, 11, 22, 6, 0, 0, 250_000, tzinfo=UTC)
    assert (record["method"], record["target"], record["status"], record["seconds"]) == ("GET", "/a", 404, 0.25)


def test_json_time_may_be_the_start() -> None:
    keys = {"time": {"key": "t", "at": "start"}, "status": "s", "seconds": {"key": "d", "unit": "us"}}
    record = read('{"t": 1795327200, "s": 200, "d": 1500000}', json_keys=keys)
    assert record["time"] == datetime(2026, 11, 22, 6, 0, 1, 500_000, tzinfo=UTC)


def test_own_format_comes_before_built_in_ones() -> None:
    """Where both would read a line, what somebody wrote down is meant."""
    chosen = read_settings(
        "door",
        IngressSettings,
        {
            "files": "access.log",
            "log_format": '$remote_addr - $x [$time_local] "$request" $status $y "$z" "$http_user_agent"',
        },
    ).dialects
    parsed = Parser(chosen, ZoneInfo("UTC"), NOW).parse(Block(f"{combined_line()}\n".encode()))
    assert parsed.dialects == {"custom": 1}


def test_controller_can_be_named() -> None:
    """nginx's combined format is written by many products."""
    settings = read_settings(
        "door", IngressSettings, {"files": "access.log", "controller": "NGINX Gateway Fabric"}
    )
    parsed = Parser(settings.dialects, ZoneInfo("UTC"), NOW).parse(Block(f"{combined_line()}\n".encode()))
    assert parsed.records["controller"].to_list() == ["NGINX Gateway Fabric"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"log_format": "$remote_addr $status"}, r"log_format.*\$time_local"),
        ({"log_format": "$time_local $remote_addr"}, r"log_format.*\$status"),
        ({"log_format": "no variables"}, r"log_format.*no \$variable"),
        ({"log_format": "log_format door '$status"}, r"log_format.*quote"),
        ({"log_format": '{"t": "$msec", "s": $status'}, r"log_format.*JSON"),
        ({"log_format": '{"t": "$msec", "s": "is $status"}'}, r"log_format.*\$status"),
        ({"json_keys": {"time": "ts"}}, r"json_keys.*status is missing"),
        ({"json_keys": {"time": "ts", "status": "s", "colour": "c"}}, r"json_keys.*colour"),
        ({"json_keys": {"time": "ts", "status": {"key": "s", "unit": "ms"}}}, r"json_keys.*status has no unit"),
        ({"json_keys": {"time": "t", "status": "s", "seconds": {"key": "d", "unit": "min"}}}, r"json_keys.*sec"),
        ({"json_keys": {"time": "a.ts", "status": "a"}}, r"json_keys.*a\.ts"),
        ({"json_keys": {"time": "t", "status": {"key": "s", "at": "start"}}}, r"json_keys.*cannot have"),
        ({"dialect": "custom"}, r"needs log_format or json_keys"),
        (
            {"log_format": "$msec $status", "json_keys": {"time": "ts", "status": "s"}},
            r"log_format or json_keys",
        ),
    ],
)
def test_mistakes_name_the_key(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError, match=f"(?s){says}"):
        own(**settings)


@pytest.mark.parametrize(
    ("log_format", "line", "expected"),
    [
        (
            '$time_iso8601 "$request" $status $request_time u=$upstream_addr t=$upstream_response_time',
            '2026-11-22T06:00:00Z "GET /a HTTP/1.1" 200 0.016 u=a:1, b:2 : c:3 t=0.004, 0.012 : -',
            {"upstreams": "a:1, b:2 : c:3", "upstream_seconds": "0.004, 0.012 : -", "retries": 2},
        ),
        (
            '$time_iso8601 $status $upstream_status $upstream_response_time "$request" $upstream_addr',
            '2026-11-22T06:00:00Z 502 502, 502 0.001, 0.002 "GET /a HTTP/1.1" a:1, b:2',
            {"upstreams": "a:1, b:2", "upstream_statuses": "502, 502", "upstream_seconds": "0.001, 0.002"},
        ),
        (
            "[$time_local] $remote_addr to: $upstream_addr: $request $status request_time $request_time sec",
            "[22/Nov/2026:06:00:00 +0000] 203.0.113.9 to: 10.0.0.1:80: GET /a HTTP/1.1 200 request_time 0.016 sec",
            {"client": "203.0.113.9", "seconds": 0.016, "upstreams": "10.0.0.1:80"},
        ),
        (
            '$http_x_forwarded_for $remote_addr [$time_local] "$request" $status $request_time',
            '203.0.113.9, 10.0.0.1 10.0.0.2 [22/Nov/2026:06:00:00 +0000] "GET /a HTTP/1.1" 200 0.016',
            {"client": "10.0.0.2", "seconds": 0.016},
        ),
        (
            '$time_iso8601 "$request" $status "$http_user_agent"rt=$request_time urt=$upstream_response_time',
            '2026-11-22T06:00:00Z "GET /a HTTP/1.1" 499 "curl"rt=0.016 urt=-',
            {"status": 499, "seconds": 0.016, "upstream_seconds": "-"},
        ),
        (
            '{"at":"$time_iso8601","r":"$request","s":$status,"t":$upstream_response_time,"u":"$upstream_addr"}',
            '{"at":"2026-11-22T06:00:00Z","r":"GET /a HTTP/1.1","s":502,"t":0.004, 0.012,"u":"a:1, b:2"}',
            {"upstream_seconds": "0.004, 0.012", "retries": 1},
        ),
    ],
)
def test_lists_of_attempts_may_stand_bare(log_format: str, line: str, expected: dict[str, object]) -> None:
    """nginx writes `0.004, 0.012`, ` : ` between groups, and `-`, whether or not somebody put quotes around it."""
    record = read(line, log_format=log_format)
    assert record["target"] == "/a"
    assert {name: record[name] for name in expected} == expected
