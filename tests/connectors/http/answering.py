"""A tool whose every answer a test writes down: a real HTTP server on loopback."""

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.servers.certificates import KeyPair


@dataclass(frozen=True)
class Received:
    """A request as it came from `port`; `form` holds the query's and the body's fields together.

    `target` and `body` are what stood in it, byte for byte.
    """

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, list[str]]
    port: int
    target: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def told(value: Any, status: int = 200) -> Reply:
    """JSON, as an API answers."""
    return Reply(json.dumps(value).encode(), status)


class AnsweringServer:
    """Answers by path: with a Reply, or with what a function makes of the request; 404 where nothing is said."""

    def __init__(self, **answers: Reply | Callable[[Received], Reply]) -> None:
        self.answers: dict[str, Reply | Callable[[Received], Reply]] = dict(answers)
        self.received: list[Received] = []
        self.certificate: KeyPair | None = None
        """With which it answers by HTTPS; set before it starts."""

    @property
    def port(self) -> int:
        return self._listener.server_port

    @property
    def url(self) -> str:
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    def forms(self, path: str) -> list[dict[str, list[str]]]:
        return [request.form for request in self.received if request.path == path]

    def answer(self, request: Received) -> Reply:
        self.received.append(request)
        answer = self.answers.get(request.path, Reply(b"no such page", 404, "text/plain"))
        return answer if isinstance(answer, Reply) else answer(request)

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_any(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fields = parse_qs(body.decode(), keep_blank_values=True)
                form = parse_qs(parts.query, keep_blank_values=True) | fields
                came = (self.command, parts.path, dict(self.headers), form, self.client_address[1])
                reply = owner.answer(Received(*came, self.path, body))
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.media_type)
                self.send_header("Content-Length", str(len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_POST = handle_any  # noqa: N815 - how http.server finds them

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self._listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._listener.daemon_threads = True
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate.certificate, self.certificate.key)
            self._listener.socket = context.wrap_socket(self._listener.socket, server_side=True)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()
