"""A server that does everything a tool can do wrong, one way of it per first path segment.

`MisbehavingServer().url_for("half")` is the address of a tool of which every path answers half a
JSON document. It also listens for what nobody expects: see `MODES`.
"""

import gzip
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from types import TracebackType
from typing import ClassVar, Self

from tests.servers.ports import free_port

LOGIN_PAGE = b"<!doctype html><title>Sign in</title><h1>Sign in</h1><form action=/login method=post></form>"
OPENING = b'{"status":"success","data":{"resultType":"matrix","result":['
SERIES = b'{"metric":{"__name__":"up"},"values":[[1700000000,"1"]]},'
DRIP_EVERY = 0.2
BOMB_SIZE = 1 << 30


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Listener"

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        mode = self.path.strip("/").split("/", 1)[0]
        self.close_connection = True
        try:
            MODES.get(mode, _answer_unknown)(self)
        except OSError:
            # The client has had enough and went away, which is what it should do.
            return

    # The names that http.server looks for.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def open_answer(self, status: int = 200, media_type: str = "application/json", **headers: str) -> None:
        """Send status line and headers; an underscore in a header's name stands for a dash."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def answer(self, status: int, body: bytes, media_type: str = "application/json", **headers: str) -> None:
        """A whole answer, properly delimited."""
        self.open_answer(status, media_type, Content_Length=str(len(body)), **headers)
        self.wfile.write(body)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    closing: threading.Event


def _hang(handler: _Handler) -> None:
    handler.server.closing.wait()


def _fail(handler: _Handler) -> None:
    handler.answer(500, b"internal server error", "text/plain")


def _refuse_credentials(handler: _Handler) -> None:
    handler.answer(401, b"Unauthorized", "text/plain", WWW_Authenticate="Basic")


def _forbid(handler: _Handler) -> None:
    status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Forbidden", "code": 403}
    handler.answer(403, json.dumps({**status, "message": "not you"}).encode())


def _show_login_page(handler: _Handler) -> None:
    handler.answer(200, LOGIN_PAGE, "text/html; charset=utf-8")


def _send_half(handler: _Handler) -> None:
    handler.open_answer()
    handler.wfile.write(OPENING + SERIES[:20])


def _promise_too_much(handler: _Handler) -> None:
    handler.open_answer(Content_Length="100000")
    handler.wfile.write(OPENING)


def _never_end(handler: _Handler) -> None:
    handler.open_answer()
    handler.wfile.write(OPENING)
    for chunk in repeat(SERIES * 1000):
        if handler.server.closing.is_set():
            return
        handler.wfile.write(chunk)


def _drip(handler: _Handler) -> None:
    handler.open_answer()
    for byte in OPENING + SERIES * 1000:
        if handler.server.closing.wait(DRIP_EVERY):
            return
        handler.wfile.write(bytes([byte]))


def _send_in_circles(handler: _Handler) -> None:
    handler.answer(302, b"", Location=handler.path)


def _send_nonsense(handler: _Handler) -> None:
    handler.wfile.write(b"\x00\xff\x16\x03\x01 this is no HTTP\r\n\r\n")


def _send_bomb(handler: _Handler) -> None:
    """A gibibyte of blanks in about a megabyte of gzip."""
    handler.open_answer(Content_Encoding="gzip")
    block = b" " * (1 << 20)
    with gzip.GzipFile(fileobj=handler.wfile, mode="wb", compresslevel=9) as packed:
        for _ in range(BOMB_SIZE // len(block)):
            if handler.server.closing.is_set():
                return
            packed.write(block)


def _close_at_once(handler: _Handler) -> None:
    handler.connection.close()


def _answer_unknown(handler: _Handler) -> None:
    handler.answer(404, f"one of {', '.join(MODES)}".encode(), "text/plain")


MODES: dict[str, Callable[[_Handler], None]] = {
    "hang": _hang,
    "500": _fail,
    "401": _refuse_credentials,
    "403": _forbid,
    "html": _show_login_page,
    "half": _send_half,
    "wrong-length": _promise_too_much,
    "endless": _never_end,
    "drip": _drip,
    "redirect-loop": _send_in_circles,
    "nonsense": _send_nonsense,
    "bomb": _send_bomb,
    "close": _close_at_once,
}
"""What each first path segment brings about. `refuse` is the only one without a handler: see `url_for`."""


class MisbehavingServer:
    """All the ways of going wrong at once, on one loopback port, in threads of this process."""

    modes: ClassVar[tuple[str, ...]] = (*MODES, "refuse")

    def __init__(self) -> None:
        self._closed_port = free_port()

    def url_for(self, mode: str) -> str:
        """The base address of a tool that misbehaves so; `refuse` is one where nothing listens."""
        if mode not in self.modes:
            raise ValueError(f"no such way to misbehave: {mode}; there are {', '.join(self.modes)}")
        if mode == "refuse":
            return f"http://127.0.0.1:{self._closed_port}"
        return f"http://127.0.0.1:{self._listener.server_port}/{mode}"

    def start(self) -> Self:
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.closing = threading.Event()
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every answer in progress and stop listening."""
        self._listener.closing.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
