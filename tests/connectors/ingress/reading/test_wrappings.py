"""Lines as syslog and Docker keep them are read as their writers wrote them."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.ingress.dialects import load_dialects
from connectors.ingress.origins.blocks import unwrap
from connectors.ingress.reading.custom import from_log_format
from connectors.ingress.reading.parsing import Block, Parser
from connectors.ingress.reading.wrappings import innermost
from tests.connectors.ingress.lines import cri

HAPROXY = (
    "10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- "
    '1/1/1/1/0 0/0 "GET /index.html HTTP/1.1"'
)


def only(text: bytes) -> Block:
    (block,) = unwrap([text])
    return block


@pytest.mark.parametrize(
    "prefix",
    [
        "Feb  6 12:14:14 localhost haproxy[14389]: ",
        "<134>Feb  6 12:14:14 haproxy[14389]: ",
        "2009-02-06T12:14:14.655123+01:00 door haproxy[14389]: ",
        "<134>1 2009-02-06T12:14:14+01:00 door haproxy 14389 - - ",
        "Nov 22 06:00:00 door nginx: ",
    ],
)
def test_syslog_prefix(prefix: str) -> None:
    """rsyslog writes the host and the program before each line, journalctl too."""
    assert only(f"{prefix}{HAPROXY}\n{prefix}Proxy edge started.\n".encode()).text == (
        f"{HAPROXY}\nProxy edge started.\n".encode()
    )


@pytest.mark.parametrize("line", [HAPROXY, "2026-11-23T02:23:36Z ERR error: no such host", "", "Feb  6 12:14:14"])
def test_no_prefix_is_no_prefix(line: str) -> None:
    """What only looks a little like it stays as it is."""
    assert only(f"{line}\n".encode()).text == f"{line}\n".encode()


def docker(line: str, time: str = "2024-05-17T10:05:03.123456789Z") -> str:
    return json.dumps({"log": line, "stream": "stdout", "time": time}, separators=(",", ":"), ensure_ascii=False)


def test_docker_json_file() -> None:
    """Each line stands in an object, escaped; its time is kept for what has none itself."""
    block = only(f"{docker(HAPROXY + chr(10))}\n{docker('say é' + chr(10))}\n".encode())
    assert block.text == f"{HAPROXY}\nsay é\n".encode()
    assert block.times is not None
    assert block.times[1] == datetime(2024, 5, 17, 10, 5, 3, 123000, tzinfo=UTC)


def test_docker_parts_of_a_long_line() -> None:
    """Docker cuts lines at 16 KiB; only the last part has a line end."""
    text = f"{docker(HAPROXY[:40])}\n{docker(HAPROXY[40:] + chr(10))}\n{docker('cut off')}\n"
    assert only(text.encode()).text == f"{HAPROXY}\ncut off\n".encode()


def test_docker_with_something_else_between() -> None:
    """A torn line harms no other."""
    text = f'{docker("a" + chr(10))}\n{{"log":"torn\n{docker("b" + chr(10))}\n'
    assert only(text.encode()).text == b'a\n{"log":"torn\nb\n'


def test_docker_parts_are_joined_per_stream() -> None:
    """What the other stream says in between does not end up in the middle of a line."""
    error = json.dumps(
        {"log": "error\n", "stream": "stderr", "time": "2024-05-17T10:05:03Z"}, separators=(",", ":")
    )
    text = f"{docker(HAPROXY[:40])}\n{error}\n{docker(HAPROXY[40:] + chr(10))}\n"
    assert only(text.encode()).text == f"error\n{HAPROXY}\n".encode()


@pytest.mark.parametrize("first", ["5:03.1Z stdout F torn", "==> a.log <==", "", "plain words"])
def test_first_line_is_something_else(first: str) -> None:
    """A log cut by size begins in the middle of a line, and tail puts a header before each file."""
    text = f"{first}\n{cri('ab', tag='P')}\n{cri('x', stream='stderr')}\n{cri('cd')}\n"
    assert only(text.encode()).text == f"{first}\nx\nabcd\n".encode()
    assert only(f"{first}\n{docker(HAPROXY + chr(10))}\n".encode()).text == f"{first}\n{HAPROXY}\n".encode()


DOCUMENTS = {
    "grafana": json.dumps([{"line": "a", "timestamp": "1", "fields": {}}, {"line": "b", "date": "2024"}]),
    "loki": json.dumps(
        {
            "status": "success",
            "data": {"resultType": "streams", "result": [{"stream": {}, "values": [["1", "a"], ["2", "b"]]}]},
        }
    ),
    "aws logs filter-log-events": json.dumps(
        {"events": [{"timestamp": 1, "message": "a"}, {"timestamp": 2, "message": "b"}]}, indent=4
    ),
    "gcloud logging read": json.dumps([{"textPayload": "a"}, {"textPayload": "b"}], indent=2),
    "firehose": '{"messageType":"DATA_MESSAGE","logEvents":[{"message":"a"}]}\n'
    '{"messageType":"DATA_MESSAGE","logEvents":[{"message":"b"}]}',
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_of_many_lines(name: str) -> None:
    """What log stores answer, or give to be saved, is a line for each entry."""
    lines = only(f"{DOCUMENTS[name]}\n".encode()).text.split(b"\n")
    assert [innermost(line) for line in lines] == [b"a", b"b", b""]


def test_a_format_of_ones_own_comes_before_a_wrapping() -> None:
    """`$time_iso8601` at the begin is the format's, not a container runtime's."""
    own = from_log_format("$time_iso8601 $remote_addr $status $request_method $uri")
    parser = Parser([own, *load_dialects()], ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC))
    lines = ["2024-05-17T10:05:03+00:00 203.0.113.9 200 GET /a", f"2024-05-17T10:05:03Z {HAPROXY}"]
    read = parser.parse(only("".join(f"{line}\n" for line in lines).encode()))
    assert read.records["target"].to_list() == ["/a", "/index.html"]
    assert read.dialects == {"custom": 1, "haproxy": 1}


def test_what_fits_nothing_is_shown_as_its_writer_wrote_it() -> None:
    """Without headers; but words and objects that only may have been put around it stay."""
    parser = Parser(load_dialects(), ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC))
    lines = ["<6>odd", "[pod/a/b] odd", "web-1  | odd", '{"message":"odd"}']
    odd = parser.parse(only("".join(f"{line}\n" for line in lines).encode())).odd
    assert [line.text for line in odd] == ["odd", "odd", "web-1  | odd", '{"message":"odd"}']
