"""A message reaches a chat as Slack documents it, or a reason comes back that does not tell the address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.servers.misbehaving import MisbehavingServer
from vistas.errors import PostError
from vistas.extensions.chat import post
from vistas.source import Deadline

TAKEN: list[tuple[str, str, dict[str, str]]] = []


class _Chat(BaseHTTPRequestHandler):
    """Answers as Slack's webhooks do: `ok`, or a word that says what was wrong."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        known = self.path == "/services/T0/B0/s3cret"
        if known:
            TAKEN.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"ok" if known else b"no_service")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def chat() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_message_is_posted_as_json_text(chat: str) -> None:
    TAKEN.clear()
    post(f"{chat}/services/T0/B0/s3cret", "What we learned:\n• sleep", deadline=Deadline(timedelta(seconds=10)))
    assert TAKEN == [("/services/T0/B0/s3cret", "application/json", {"text": "What we learned:\n• sleep"})]


def test_a_webhook_that_is_gone_says_so_and_keeps_its_secret(chat: str) -> None:
    with pytest.raises(PostError, match="404") as refused:
        post(f"{chat}/services/gone-s3cret", "hello", deadline=Deadline(timedelta(seconds=10)))
    assert "s3cret" not in str(refused.value)


def test_an_address_that_is_none_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(PostError, match="address") as refused:
        post("slack s3cret", "hello", deadline=Deadline(timedelta(seconds=10)))
    assert "s3cret" not in str(refused.value)


def test_a_chat_that_hangs_is_given_up() -> None:
    with MisbehavingServer() as server, pytest.raises(PostError, match="no answer within"):
        post(server.url_for("hang"), "hello", deadline=Deadline(timedelta(seconds=1)))
