"""A tool that answers every request with bytes that a test writes down: nothing between them and the wire."""

import socket
import threading
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Self

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"


def whole(body: bytes, head: bytes = OK) -> bytes:
    """A body with the length that it has."""
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(body: bytes, head: bytes = OK) -> bytes:
    """A body that is in chunks already, be they right or wrong."""
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + body


class _Listener(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


class RawServer:
    """`answer` may be set anew at any time. `{authorization}` in it becomes what the request's header says."""

    def __init__(self, answer: bytes = b"") -> None:
        self.answer = answer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def __enter__(self) -> Self:
        owner = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                said, length = b"", 0
                try:
                    while line := self.rfile.readline().rstrip():
                        name, _, value = line.partition(b":")
                        said = value.strip() if name.lower() == b"authorization" else said
                        length = int(value) if name.lower() == b"content-length" else length
                    self.rfile.read(length)
                    self.wfile.write(owner.answer.replace(b"{authorization}", said))
                    self.connection.shutdown(socket.SHUT_WR)
                except OSError:
                    return  # the client has had enough

        self._listener = _Listener(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()
