"""What no HTTP library expects of an answer is a reason, too, and never an exception of its own."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.http.client import BoundedSession
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from tests.connectors.http.raw_answers import OK, RawServer, chunked, whole
from vistas.snapshot import Gap, GapReason
from vistas.source import Deadline

REDIRECT = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: %s\r\n\r\n"
BLANKS = b" " * (8 << 20)


@pytest.fixture(scope="module")
def server() -> Iterator[RawServer]:
    with RawServer() as listening:
        yield listening


def answered(server: RawServer, answer: bytes, **settings: object) -> bytes | Gap:
    """The body, or the gap in its place."""
    server.answer = answer
    read = HttpSettings.model_validate({"url": server.url, "max_bytes": 1 << 20, **settings})
    session = BoundedSession(read)
    try:
        with session.within(Deadline(timedelta(seconds=20))):
            return session.get(f"{read.url}/api").content
    except Unobtainable as failure:
        return failure.gap
    finally:
        session.close()


@pytest.mark.parametrize(
    "location",
    [
        b"http://[::1",
        b"http://[",
        b"//[v1",
        b"http://host:99999999/",
        b"http://\xff\xfe/",
        b"http://a b/",
        b"\x00",
    ],
)
def test_a_redirect_to_nowhere(server: RawServer, location: bytes) -> None:
    gap = answered(server, REDIRECT % location)
    assert isinstance(gap, Gap)
    assert "redirects in a loop" in gap.message or "redirects us to" in gap.message


def test_what_comes_with_a_redirect_is_not_read(server: RawServer) -> None:
    """However small it is on the wire, it may be large in memory."""
    bomb = gzip.compress(BLANKS)
    head = b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.test/\r\nContent-Encoding: gzip\r\n"
    tracemalloc.start()
    try:
        gap = answered(server, whole(bomb, head))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(gap, Gap)
    assert "redirects us to http://elsewhere.test" in gap.message
    assert most < len(BLANKS) / 2


def test_a_redirect_to_an_address_that_is_none_says_so(server: RawServer) -> None:
    gap = answered(server, REDIRECT % b"http://[::1")
    assert gap == Gap(
        GapReason.GARBLED,
        f"{server.url} redirects us to an invalid address.",
        "Whatever is in front of it is misconfigured; look at its Location header with curl.",
    )


@pytest.mark.parametrize(
    "size", [b"-5", b"-ffffffffffffffff", b"+5_0", b"x", b"", b"f" * 30, b"5 5", b"9" * 70_000]
)
def test_a_chunk_of_an_impossible_size(server: RawServer, size: bytes) -> None:
    gap = answered(server, chunked(size + b"\r\nhello\r\n0\r\n\r\n"))
    assert isinstance(gap, Gap)
    assert gap.reason in {GapReason.GARBLED, GapReason.UNREACHABLE}
    assert gap.hint


def test_a_negative_chunk_is_no_http(server: RawServer) -> None:
    """Nor is it read: -1 would be everything, of whatever size."""
    for size in (b"-5", b"-1"):
        gap = answered(server, chunked(size + b"\r\n" + BLANKS))
        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.GARBLED
        assert "does not speak HTTP" in gap.message


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: 5, 7",
        b"Content-Length: -5",
        b"Content-Length: 1e3",
        b"Content-Length: " + b"9" * 5000,
        b"Transfer-Encoding: gzip, chunked, chunked",
        b"Content-Encoding: " + b"gzip, " * 40 + b"gzip",
        b"Content-Encoding: zstd, br, \xff",
        b"Set-Cookie: \xff=\x01; expires=never; max-age=1e308; domain=[::1",
        b"Content-Type: \xff\xfe; charset=\x00",
        b": nameless",
        b"No colon at all",
        b" folded",
        b"X: " + b"y" * 70_000,
        b"\r\n".join(b"X%d: y" % number for number in range(200)),
    ],
)
def test_headers_that_are_garbage(server: RawServer, header: bytes) -> None:
    """Be it read all the same or not: never an error of a library."""
    answer = answered(server, OK + header + b"\r\n\r\n[]")
    assert isinstance(answer, bytes | Gap)


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_bomb_in_several_wrappings_is_too_much(server: RawServer, layers: int) -> None:
    body = BLANKS * 8
    for _ in range(layers):
        body = gzip.compress(body)
    head = OK + b"Content-Encoding: " + b", ".join([b"gzip"] * layers) + b"\r\n"
    for answer in (whole(body, head), chunked(b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n", head)):
        gap = answered(server, answer)
        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.TOO_MUCH


def test_what_says_it_is_compressed_and_is_not(server: RawServer) -> None:
    for coding, body in ((b"gzip", b"[]"), (b"deflate", gzip.compress(b"[]")), (b"gzip", zlib.compress(b"[]"))):
        gap = answered(server, whole(body, OK + b"Content-Encoding: " + coding + b"\r\n"))
        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.GARBLED
        assert "badly compressed" in gap.message


@pytest.mark.parametrize(
    ("proxy", "says"),
    [
        ("socks5://127.0.0.1:1080", "kind that cannot be used here"),
        ("http://[::1", "address of the proxy"),
        ("http://ann:\u20ac@127.0.0.1:9", "address of the proxy"),
    ],
)
def test_a_proxy_that_cannot_be_used(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, proxy: str, says: str
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", proxy)
    gap = answered(server, whole(b"[]"), url="http://tool.example")
    assert isinstance(gap, Gap)
    assert says in gap.message


@given(answer=st.binary(max_size=300))
def test_any_bytes_at_all(server: RawServer, answer: bytes) -> None:
    assert isinstance(answered(server, answer), bytes | Gap)


header_lines = st.tuples(
    st.sampled_from(
        ["Content-Length", "Content-Encoding", "Transfer-Encoding", "Location", "Set-Cookie", "Content-Type", "X"]
    ),
    st.sampled_from([b"chunked", b"gzip", b"-5", b"/", b"http://[::1", b"text/html"]) | st.binary(max_size=20),
)


@given(
    status=st.sampled_from([b"200", b"204", b"301", b"302", b"400", b"401", b"500", b"999", b"100", b"-1"]),
    headers=st.lists(header_lines, max_size=4),
    body=st.binary(max_size=60) | st.sampled_from([b"-5\r\nhello\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"{}"]),
)
def test_any_head_before_any_body(
    server: RawServer, status: bytes, headers: list[tuple[str, bytes]], body: bytes
) -> None:
    lines = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers)
    answer = b"HTTP/1.1 " + status + b" Whatever\r\nConnection: close\r\n" + lines + b"\r\n" + body
    assert isinstance(answered(server, answer), bytes | Gap)
