"""An answer that comes a byte at a time holds nobody longer than the deadline, whatever of it drips."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from connectors.kubernetes.api.access import ByteBudget, Request
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, told
from tests.connectors.kubernetes.canned import canned_access, seconds
from tests.waiting import eventually
from vistas.snapshot import GapReason

WHAT = "what drips"
PODS = Request("/api/v1/pods", WHAT)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIPPING = {
    "the head": (b"HTTP/1.1 200 OK\r\n", b"X-Slow: " + b"a" * 60_000),
    "the body": (HEAD + b"Content-Length: 60000\r\n\r\n", b" " * 60_000),
    "a body that ends the connection": (HEAD + b"Connection: close\r\n\r\n", b" " * 60_000),
    "a chunk's size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 60_000),
    "a packed body": (
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 60000\r\n\r\n",
        gzip.compress(b"") * 3000,
    ),
    "a refusal": (b"HTTP/1.1 500 Oh\r\nContent-Length: 60000\r\n\r\n", b" " * 60_000),
    "a refusal that ends the connection": (b"HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n", b" " * 60_000),
}


class DrippingServer:
    """Sends `at_once`, then `drop_by_drop`, a byte each twentieth of a second, until the other side goes away."""

    def __init__(self, at_once: bytes, drop_by_drop: bytes) -> None:
        self._said = at_once, drop_by_drop
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._listener.close()

    def _listen(self) -> None:
        try:
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._drip, args=(connection,), daemon=True).start()
        except OSError:
            return

    def _drip(self, connection: socket.socket) -> None:
        at_once, drop_by_drop = self._said
        with connection:
            try:
                connection.recv(1 << 16)
                connection.sendall(at_once)
                for byte in drop_by_drop:
                    if self._closing.wait(0.05):
                        return
                    connection.sendall(bytes([byte]))
            except OSError:
                return


def waiting_for(what: str) -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == f"kubernetes-{what}"]


@pytest.fixture(params=DRIPPING.values(), ids=DRIPPING.keys())
def server(request: pytest.FixtureRequest) -> Iterator[DrippingServer]:
    with DrippingServer(*request.param) as dripping:
        yield dripping


@pytest.mark.slow("it waits for a deadline")
def test_no_thread_is_left_behind_once_the_deadline_has_passed(server: DrippingServer, tmp_path: Path) -> None:
    """The server goes on dripping for the better part of an hour."""
    with pytest.raises(Unobtainable) as caught:
        canned_access(tmp_path, server.url).get(PODS, seconds(0.5))
    assert caught.value.gap.reason is GapReason.TOO_SLOW
    eventually(lambda: not waiting_for(WHAT))


@pytest.mark.slow("it waits for a deadline")
def test_nor_is_one_that_reads_a_log(server: DrippingServer, tmp_path: Path) -> None:
    log = canned_access(tmp_path, server.url).stream_log(
        "shop", "web", "w", limit_bytes=10**6, deadline=seconds(0.5)
    )
    with pytest.raises(Unobtainable):
        list(log)
    eventually(lambda: not waiting_for("the log of w in the pod shop/web"))


def test_nor_is_one_that_asks_over_a_proxy_that_drips(tmp_path: Path) -> None:
    with DrippingServer(b"HTTP/1.1 200 OK\r\n", b"X-Slow: " + b"a" * 60_000) as proxy:
        access = canned_access(tmp_path, "https://cluster.example.org")
        config = tmp_path / "kubeconfig"
        config.write_text(config.read_text().replace('"server"', f'"proxy-url": "{proxy.url}", "server"'))
        with pytest.raises(Unobtainable):
            access.get(PODS, seconds(0.5))
        eventually(lambda: not waiting_for(WHAT))


def test_an_answer_that_has_come_leaves_its_connection_to_the_next_question(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        server.answers["/api/v1/pods"] = told({"items": []})
        access = canned_access(tmp_path, server.url)
        for _ in range(20):
            errand = access.begin(PODS, seconds(60), ByteBudget(10**6))
            assert errand.result()
            errand.abandon()
        assert len({request.port for request in server.received}) == 1
