"""A real HTTP backend that answers by path, and counts how often each request reached it."""

import contextlib
import select
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

SLOW_SECONDS = 1.5
STATUSES = {"missing": 404, "fails": 500}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Listener"

    def handle_any(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # One connection a request: a proxy that finds a kept one closed asks again without a word in its log.
        self.close_connection = True
        first = self.path.split("?")[0].split("/")[1]
        with self.server.counting:
            self.server.reached[self.path] += 1
            again = self.server.reached[self.path] > 1
        if first == "hangs":
            select.select([self.connection], [], [], self.server.patience)
        elif again or first != "retried":
            with contextlib.suppress(OSError):  # a proxy may have had enough, too
                self.answer(STATUSES.get(first, 200), after=SLOW_SECONDS if first == "slow" else 0.0)

    # The names that http.server looks for.
    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def answer(self, status: int, *, after: float) -> None:
        time.sleep(after)
        body = b"a page of the shop\n"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    patience = 120.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.counting = threading.Lock()
        self.reached: Counter[str] = Counter()


class Backend:
    """`/missing` is a 404, `/fails` a 500, `/slow` takes `SLOW_SECONDS`, `/hangs` waits until it is left alone.

    The first attempt at each path below `/retried` is dropped without an answer; all else is a 200.
    """

    def __init__(self) -> None:
        self._listener = _Listener()
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.server_port}"

    @property
    def reached(self) -> Counter[str]:
        """How often each path with its query was asked for, attempts that were dropped included."""
        return self._listener.reached

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
