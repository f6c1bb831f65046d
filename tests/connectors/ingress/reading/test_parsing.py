"""Mixed, broken and hostile streams: every line is a request, set aside, or unparsed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.ingress.aggregation.summarising import SummaryScope, summarise
from connectors.ingress.dialects import load_dialects
from connectors.ingress.reading.parsing import Block, Parsed, Parser
from tests.connectors.ingress.lines import (
    KLOG_INFO,
    KLOG_WARNING,
    NGINX_ERROR,
    combined_line,
    ingress_line,
    json_line,
    stream_line,
)

FEW_BUT_LONG = settings(max_examples=settings.default.max_examples // 2)
"""An example costs the setting up of every dialect, a line next to nothing."""
SAMPLE_LINES = [sample.line.encode() for dialect in load_dialects() for sample in dialect.samples]


def parse(*lines: str | bytes) -> Parsed:
    text = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    return Parser(load_dialects(), ZoneInfo("UTC"), datetime(2026, 11, 22, 12, tzinfo=UTC)).parse(Block(text))


def test_formats_mixed_in_one_stream() -> None:
    """Controllers write access lines, stream lines, their own log and nginx's errors to one place."""
    parsed = parse(
        ingress_line(),
        KLOG_INFO,
        json_line(),
        NGINX_ERROR,
        "",
        stream_line(),
        combined_line(),
        "what is this",
        KLOG_WARNING,
    )
    assert parsed.lines == 9
    assert parsed.dialects == {"ingress-nginx": 1, "ingress-nginx-json": 1, "nginx-combined": 1}
    assert parsed.set_aside == {"controller": 2, "nginx": 1, "blank": 1, "stream": 1}
    assert [(line.kind, line.text) for line in parsed.odd if line.kind == "unparsed"] == [
        ("unparsed", "what is this")
    ]
    assert parsed.unparsed == 1


@pytest.mark.parametrize(
    "broken",
    [
        'x "opened and not closed',
        '2026/11/22 06:00:03 [error] 32#32: cut off in request: "GET /',
        'a "b',
        '"',
        '"""',
        "\x00\x01\r",
        "\r",
        "{",
        '{"time": "2026-11-22T06:00:00Z", "status": }',
        '{"time": 1, "status": "abc"}',
        "[" * 200,
        ingress_line().replace("22/Nov/2026", "01/Jan/0000"),
        ingress_line().replace("22/Nov/2026", "31/Feb/2026"),
        ingress_line().replace("22/Nov/2026:06:00:00", "22/Nov/2026:29:61:00"),
        json_line().replace("2026-11", "+262000-11"),
        json_line(status="1000"),
        "é" * 50,
    ],
)
def test_one_broken_line_harms_no_other(broken: str) -> None:
    """Quotes that do not come out even would swallow line ends; only the line itself is lost."""
    good = [ingress_line(request=f"GET /{number} HTTP/1.1") for number in range(20)]
    parsed = parse(*good[:10], broken, *good[10:])
    assert parsed.records["target"].to_list() == [f"/{number}" for number in range(20)]
    assert parsed.lines == 21
    assert parsed.unparsed + parsed.set_aside.total() == 1


def test_bytes_that_are_no_text() -> None:
    """`log_format … escape=none` writes what the client sent."""
    parsed = parse(
        ingress_line(request="GET /caf\udce9 HTTP/1.1").encode("utf-8", "surrogateescape"), ingress_line()
    )
    assert parsed.records["target"].to_list() == ["/caf\ufffd", "/"]


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "-1.000", "1e999", "-", "1.0.0"])
def test_durations_that_are_none(seconds: str) -> None:
    """The request counts; it only has no duration."""
    upstream = f"10.0.0.1:80 5 {seconds} 200"
    for line in (ingress_line(seconds=seconds, upstream=upstream), ingress_line(user="a b", seconds=seconds)):
        summary = summarise(parse(line), SummaryScope())
        assert summary.tables["routes"]["slowest_seconds"].to_list() == [None]
        assert summary.tables["minutes"]["bucket"].to_list() == [None]


def test_windows_line_ends() -> None:
    parsed = parse(combined_line() + "\r", ingress_line() + "\r", json_line() + "\r", "\r")
    assert parsed.dialects.total() == 3
    assert parsed.set_aside == {"blank": 1}


@FEW_BUT_LONG
@given(st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(SAMPLE_LINES)), max_size=30))
def test_any_bytes_balance(lines: list[bytes]) -> None:
    """Never an exception, and every line counted exactly once."""
    lines = [line.replace(b"\n", b"") for line in lines]
    parsed = parse(*lines)
    assert parsed.lines == len(lines)
    assert parsed.lines == parsed.records.height + parsed.set_aside.total() + parsed.unparsed
    assert parsed.records.height == parsed.dialects.total()
    assert sum(line.kind == "unparsed" for line in parsed.odd) == parsed.unparsed


@FEW_BUT_LONG
@given(st.data())
def test_damaged_lines_balance(data: st.DataObject) -> None:
    """Genuine lines with bytes replaced, cut or doubled: still every line counted once."""
    lines = []
    for _ in range(data.draw(st.integers(1, 20))):
        line = bytearray(data.draw(st.sampled_from(SAMPLE_LINES)))
        at = data.draw(st.integers(0, len(line) - 1))
        line[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b'"', b" ", b"[", b"{", b"\\", b",", b"\x00", b"\xff", b"", b"9" * 30, b'"" '])
        )
        lines.append(bytes(line))
    parsed = parse(*lines)
    assert parsed.lines == len(lines) == parsed.records.height + parsed.set_aside.total() + parsed.unparsed
