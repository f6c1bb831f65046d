"""Lines as syslog and Docker keep them are read as their writers wrote them."""

import json
from datetime import UTC, datetime

import pytest

from connectors.ingress.blocks import unwrap
from connectors.ingress.parsing import Block

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
