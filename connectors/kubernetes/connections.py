"""Connections that can be closed from another thread when time is up.

The HTTP library's timeout applies to each read: an answer that arrives a byte at a time would otherwise hold its
thread for ever.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

_current = threading.local()
_lock = threading.Lock()


class OpenConnection:
    """What one exchange goes over. It is used by one thread, and cut by another."""

    def __init__(self) -> None:
        self._cut = threading.Event()
        self._connection: Any = None
        self._socket: socket.socket | None = None

    @property
    def is_cut(self) -> bool:
        return self._cut.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is cut within that time."""
        return self._cut.wait(seconds)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread asks over a pool of `with_lines` goes over this line.

        Afterwards a cut harms nobody: the connection may carry somebody else's question by then.
        """
        _current.line = self
        try:
            yield
        finally:
            _current.line = None
            with _lock:
                self._connection = self._socket = None

    def attach(self, connection: Any) -> None:
        """ConnectionAbortedError where it is cut already."""
        with _lock:
            connection.line, self._connection = self, connection
            # The library forgets the socket of an answer that is the connection's last.
            self._socket = connection.sock or self._socket
            if self.is_cut:
                raise ConnectionAbortedError

    def cut(self) -> None:
        """End what is going on, and let nothing more begin."""
        with _lock:
            self._cut.set()
            if self._connection is not None and self._connection.line is self:
                _shut(self._connection.sock or self._socket)


def _shut(held: Any) -> None:
    """As by the other side. TLS is passed by: its state belongs to the thread that reads."""
    plain = getattr(held, "socket", held)
    if isinstance(plain, socket.socket):
        with suppress(OSError):
            socket.socket.shutdown(plain, socket.SHUT_RDWR)


class _Cuttable:
    """A connection of urllib3 that tells the current line of each step after which it may be held up."""

    line: OpenConnection | None = None

    def connect(self) -> None:
        self._attach()
        super().connect()  # type: ignore[misc]

    def request(self, *asked: Any, **more: Any) -> None:
        self._attach()
        super().request(*asked, **more)  # type: ignore[misc]

    def getresponse(self) -> Any:
        self._attach()
        return super().getresponse()  # type: ignore[misc]

    def _attach(self) -> None:
        line: OpenConnection | None = getattr(_current, "line", None)
        if line is not None:
            line.attach(self)


def with_lines(manager: Any) -> None:
    """Make the connections of a `urllib3.PoolManager`, with a proxy or without, such as can be cut."""
    manager.pool_classes_by_scheme = {
        scheme: _pool(kind) for scheme, kind in manager.pool_classes_by_scheme.items()
    }


@cache
def _pool(kind: Any) -> Any:
    connection = type(kind.ConnectionCls.__name__, (_Cuttable, kind.ConnectionCls), {})
    return type(kind.__name__, (kind,), {"ConnectionCls": connection})
