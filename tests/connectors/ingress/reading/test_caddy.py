"""Caddy's clocks, durations and encoders, as its settings choose: time_format, duration_format and format."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.ingress.dialects import load_dialects
from connectors.ingress.reading.parsing import Block, Parser

REQUEST = '"request":{"remote_ip":"192.0.2.1","method":"GET","host":"shop.example","uri":"/a?b"}'
AT = datetime(2024, 5, 17, 10, 5, 3, 250_000, tzinfo=UTC)


def only_record(line: str) -> dict[str, Any]:
    parsed = Parser(load_dialects(), ZoneInfo("UTC"), AT).parse(Block(f"{line}\n".encode()))
    assert parsed.dialects == {"caddy": 1}
    return parsed.records.row(0, named=True)


def line_of(time: str = "1715940303.25", duration: str = "0.5", key: str = "ts") -> str:
    return (
        f'{{"level":"info","{key}":{time},"logger":"http.log.access.log0","msg":"handled request",{REQUEST},'
        f'"duration":{duration},"size":5,"status":200}}'
    )


@pytest.mark.parametrize(
    "time",
    [
        "1715940303.25",
        "1715940303250.0",
        "1715940303250",
        "1715940303250000000",
        '"2024-05-17T12:05:03.250+0200"',
        '"2024-05-17T10:05:03.250Z"',
        '"2024-05-17T12:05:03.250000000+02:00"',
        '"2024/05/17 10:05:03.250"',
        '"2024/05/17 10:05:03.250000000"',
    ],
)
def test_every_clock_is_read(time: str) -> None:
    assert abs(only_record(line_of(time))["time"] - AT) <= timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "time", ['"2024-05-17T10:05:03Z"', '"2024/05/17 10:05:03"', '"17/May/2024:12:05:03 +0200"']
)
def test_clocks_that_tell_seconds_only(time: str) -> None:
    assert only_record(line_of(time))["time"] == AT.replace(microsecond=0)


def test_the_key_of_the_time_is_a_setting_too() -> None:
    assert only_record(line_of(key="timestamp"))["time"] == AT


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("0.5", 0.5),
        ("1.5e-05", 0.000015),
        ('"500ms"', 0.5),
        ('"1m2.5s"', 62.5),
        ('"1h0m0.5s"', 3600.5),
        ('"250µs"', 0.00025),
        ("500", None),
        ("500000000", None),
        ("0", 0.0),
    ],
)
def test_durations_of_a_known_unit(duration: str, seconds: float | None) -> None:
    """A whole number is of milli- or nanoseconds, and nothing in the line tells which."""
    assert only_record(line_of(duration=duration))["seconds"] == seconds


@pytest.mark.parametrize("time", ["2024/05/17 10:05:03.250", "1.71594030325e+09"])
def test_lines_for_a_console(time: str) -> None:
    line = f'{time}\tINFO\thttp.log.access.log0\thandled request\t{{{REQUEST}, "duration": 0.5, "status": 404}}'
    record = only_record(line)
    assert (record["time"], record["target"], record["status"], record["seconds"]) == (AT, "/a", 404, 0.5)
