"""A client that speaks to a proxy byte by byte, and keeps what it did and what it was answered."""

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ResponseReceived, StreamEnded

PATIENCE = 60.0
LEAVES_AFTER = 1.0
STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})")
HOST = "Host: shop.example\r\n"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that the client did. `status` is what it was answered; None is no answer.

    `what` is `request`, or what else it was: `left`, `closed`, `tls`, or the name that it was sent under.
    `began` is Unix time.
    """

    what: str
    method: str
    route: str
    status: int | None
    began: float
    seconds: float


@dataclass
class Client:
    """Talks to a port of this machine. `http2_port` takes HTTP/2 without TLS, of clients that know it does."""

    port: int
    http2_port: int
    exchanges: list[Exchange] = field(default_factory=list)

    def ask(
        self, target: str, route: str, *, method: str = "GET", headers: str = "", body: str = "",
        version: str = "HTTP/1.1", what: str = "request", host: str = "127.0.0.1",
    ) -> None:  # fmt: skip
        """One request on a connection of its own. Its target is sent as it is, in UTF-8."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {target} {version}\r\n{HOST}Connection: close\r\n{length}{headers}\r\n"
        self.send((head + body).encode(), method, route, what=what, host=host)

    def send(self, request: bytes, method: str, route: str, *, what: str, host: str = "127.0.0.1") -> None:
        """Send bytes as they are, and read until the other side has closed."""
        began = time.time()
        with self._connect(host) as connection:
            connection.sendall(request)
            self._keep(what, method, route, self._statuses(connection), began)

    def pipeline(self, targets: Sequence[tuple[str, str]]) -> None:
        """Several requests in one piece on one connection: `targets` are paths, each with its route."""
        last = len(targets) - 1
        requests = [
            f"GET {target} HTTP/1.1\r\n{HOST}{'Connection: close' if number == last else 'X: y'}\r\n\r\n"
            for number, (target, _) in enumerate(targets)
        ]
        began = time.time()
        with self._connect() as connection:
            connection.sendall("".join(requests).encode())
            statuses = self._statuses(connection)
        assert len(statuses) == len(targets)
        for (_, route), status in zip(targets, statuses, strict=True):
            self._keep("request", "GET", route, [status], began)

    def leave(self, target: str, route: str) -> None:
        """Ask, and go away before the answer."""
        began = time.time()
        with self._connect() as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\n{HOST}\r\n".encode())
            time.sleep(LEAVES_AFTER)
        self._keep("left", "GET", route, [], began)

    def close_at_once(self) -> None:
        """Connect, and say nothing."""
        began = time.time()
        self._connect().close()
        self._keep("closed", "", "", [], began)

    def speak_tls(self) -> None:
        """A TLS handshake where plain HTTP is spoken."""
        began = time.time()
        with self._connect() as connection, contextlib.suppress(OSError):
            ssl.create_default_context().wrap_socket(connection, server_hostname="shop.example")
        self._keep("tls", "", "", [], began)

    def http2(self, targets: Sequence[tuple[str, str]]) -> None:
        """Requests over one HTTP/2 connection, all under way together."""
        connection = H2Connection(H2Configuration(client_side=True))
        connection.initiate_connection()
        pseudo = {":method": "GET", ":scheme": "http", ":authority": "shop.example"}
        routes = {}
        for target, route in targets:
            stream = connection.get_next_available_stream_id()
            connection.send_headers(stream, [*pseudo.items(), (":path", target)], end_stream=True)
            routes[stream] = route
        began = time.time()
        with self._connect(port=self.http2_port) as transport:
            transport.sendall(connection.data_to_send())
            while routes:
                for event in connection.receive_data(transport.recv(65536)):
                    if isinstance(event, ResponseReceived):
                        status = int(dict(event.headers)[b":status"])
                        self._keep("request", "GET", routes[event.stream_id], [status], began)
                    if isinstance(event, StreamEnded):
                        del routes[event.stream_id]
                transport.sendall(connection.data_to_send())

    def _connect(self, host: str = "127.0.0.1", port: int = 0) -> socket.socket:
        return socket.create_connection((host, port or self.port), timeout=PATIENCE)

    def _statuses(self, connection: socket.socket) -> list[int]:
        answer = b""
        try:
            while more := connection.recv(65536):
                answer += more
        except ConnectionResetError:
            pass  # Said with what was not read of us; what came before is the answer.
        return [int(status) for status in STATUS_LINE.findall(answer)]

    def _keep(self, what: str, method: str, route: str, statuses: list[int], began: float) -> None:
        status = statuses[0] if statuses else None
        self.exchanges.append(Exchange(what, method, route, status, began, time.time() - began))
