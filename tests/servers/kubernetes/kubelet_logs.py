"""The one part of a kubelet that reading a pod's log needs: its log endpoint, over TLS.

The API server dials a node's address for `pods/log`. A node whose address is `KubeletLogs.address`
gets its pods' logs from here; every address is a loopback address of its own, so that several
test runs on one machine do not meet.
"""

import ssl
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import SystemRandom
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.servers.certificates import Authority

KUBELET_PORT = 10250

LogLine = tuple[datetime, str]
"""When a line was written, and the line without its end."""


@dataclass(frozen=True)
class LogRequest:
    """What a client may ask of a pod's log, as the kubelet reads it from the query string."""

    since: datetime | None = None
    tail_lines: int | None = None
    limit_bytes: int | None = None
    timestamps: bool = False

    @classmethod
    def parse(cls, query: str, *, now: datetime) -> "LogRequest":
        asked = {key: values[-1] for key, values in parse_qs(query).items()}
        since = datetime.fromisoformat(asked["sinceTime"]) if "sinceTime" in asked else None
        if "sinceSeconds" in asked:
            since = now - timedelta(seconds=int(asked["sinceSeconds"]))
        tail, limit = asked.get("tailLines"), asked.get("limitBytes")
        return cls(
            since=since,
            tail_lines=int(tail) if tail else None,
            limit_bytes=int(limit) if limit else None,
            timestamps=asked.get("timestamps") == "true",
        )

    def select(self, lines: Sequence[LogLine]) -> bytes:
        """The part of the log that was asked for; `limit_bytes` may cut the last line, as a kubelet's does."""
        chosen = [line for line in lines if self.since is None or line[0] >= self.since]
        if self.tail_lines is not None:
            chosen = chosen[len(chosen) - min(self.tail_lines, len(chosen)) :]
        text = "".join(f"{_nanoseconds(at)} {line}\n" if self.timestamps else f"{line}\n" for at, line in chosen)
        return text.encode()[: self.limit_bytes]


def _nanoseconds(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f000Z")


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    logs: dict[str, list[LogLine]]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path = address.path.removeprefix("/containerLogs/")
        lines = self.server.logs.get(path)
        request = LogRequest.parse(address.query, now=datetime.now(UTC))
        body = request.select(lines) if lines is not None else f"no log of {path}".encode()
        self.send_response(404 if lines is None else 200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class KubeletLogs:
    """Serves what `write` was given."""

    def __init__(self) -> None:
        numbers = SystemRandom()
        self.address = f"127.{numbers.randint(2, 254)}.{numbers.randint(0, 254)}.{numbers.randint(2, 254)}"
        self._logs: dict[str, list[LogLine]] = {}

    def write(self, namespace: str, pod: str, container: str, lines: Sequence[LogLine]) -> None:
        """Add lines, oldest first, to a container's log."""
        self._logs.setdefault(f"{namespace}/{pod}/{container}", []).extend(lines)

    def start(self) -> Self:
        with tempfile.TemporaryDirectory(prefix="kubelet-") as directory:
            pair = Authority.make(Path(directory)).issue("kubelet", names=f"IP:{self.address}")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pair.certificate, pair.key)
        self._listener = _Listener((self.address, KUBELET_PORT), _Handler)
        self._listener.logs = self._logs
        self._listener.socket = context.wrap_socket(
            self._listener.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
