"""One request and its answer, in a thread of its own, so that the caller can give up at any moment."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent import futures
from typing import Any

from requests import Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import InvalidChunkLength

from vistas.source import Deadline

NOTICE_CANCELLING_EVERY = 0.1

_here = threading.local()


class OutOfTime(Exception):
    """The patience is spent, or the gathering was called off, before the answer was whole."""


class Exchange:
    """`received` counts the bytes of the body, None before there was an answer; once `is_cut` nobody waits."""

    def __init__(self) -> None:
        self.received: int | None = None
        self.is_cut = False
        self._answer: futures.Future[Response] = futures.Future()
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def begin(self, converse: Callable[[], Response]) -> None:
        threading.Thread(target=self._run, args=(converse,), name="http exchange", daemon=True).start()

    def _run(self, converse: Callable[[], Response]) -> None:
        _here.exchange = self
        try:
            response = converse()
        except BaseException as error:  # noqa: BLE001 - not judged here: `wait` raises it in the caller
            self._answer.set_exception(error)
        else:
            self._answer.set_result(response)
        finally:
            self.release()
            del _here.exchange

    def wait(self, deadline: Deadline, patience: float) -> Response:
        """The answer, or what `converse` raised. OutOfTime after `patience` seconds or when called off."""
        ends = time.monotonic() + patience
        while not deadline.passed and (left := ends - time.monotonic()) > 0:
            futures.wait((self._answer,), min(left, NOTICE_CANCELLING_EVERY))
            if self._answer.done():
                return self._answer.result()
        self.cut()
        raise OutOfTime

    def hold(self, connection: socket.socket | None) -> None:
        """From here on the exchange runs over this connection."""
        with self._lock:
            self._socket = connection
            if self.is_cut:
                raise ConnectionAbortedError

    def release(self) -> None:
        with self._lock:
            self._socket = None

    def cut(self) -> None:
        """Shut the connection down under the exchange, so that whatever it waits for ends now."""
        with self._lock:
            self.is_cut = True
            if self._socket is not None:
                _shut_down(self._socket)


def _shut_down(connection: socket.socket) -> None:
    try:
        # Below TLS: an SSLSocket's own `shutdown` takes its TLS state away from the thread that reads.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


class _SoberResponse(HTTPResponse):
    """urllib3 takes a chunk of -1 bytes for one, and reads it to the end of all there is."""

    def _update_chunk_length(self) -> None:
        super()._update_chunk_length()
        if self.chunk_left is not None and self.chunk_left < 0:
            raise InvalidChunkLength(self, b"%x" % self.chunk_left)


class _HeldConnection(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]
        _here.exchange.hold(self.sock)
        response = super().getresponse()
        response.__class__ = _SoberResponse
        return response


class _HeldTlsConnection(_HeldConnection, HTTPSConnection):
    pass


class _HeldPool(HTTPConnectionPool):
    ConnectionCls = _HeldConnection


class _HeldTlsPool(HTTPSConnectionPool):
    ConnectionCls = _HeldTlsConnection


class HeldAdapter(HTTPAdapter):
    """Connections that tell the exchange of their thread when they are about to wait for an answer."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _HeldPool, "https": _HeldTlsPool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = {"http": _HeldPool, "https": _HeldTlsPool}
        return manager
