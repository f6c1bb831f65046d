"""Grafana's annotations API in this process, as its documentation has it. It keeps what it is sent.

Grafana itself is in none of the registries that the tests fetch servers from: its Go module is not served, and its
pages are built apart. Sources: Grafana's documentation, "Annotations HTTP API" (permissions and bodies), "Service
account HTTP API"; grafana/grafana `pkg/api/annotations.go` (what is answered, and with which status).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

CREATE, WRITE, DELETE = "annotations:create", "annotations:write", "annotations:delete"
ALL = frozenset({CREATE, WRITE, DELETE})
_LONGEST_BODY = 1 << 20


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class GrafanaServer:
    """`token` is that of a service account, which `may` do these things with its organisation's annotations."""

    token: str = "glsa_of-the-test"
    may: frozenset[str] = ALL
    annotations: dict[int, dict[str, Any]] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    _last: int = 0

    def __enter__(self) -> Self:
        grafana = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                grafana.received.append(f"{self.command} {self.path}")
                body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST_BODY))
                status, told = grafana._told(self.command, self.path, self.headers["Authorization"], body)
                written = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - as the library wants them

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def _told(self, method: str, path: str, who: str | None, body: bytes) -> tuple[int, Mapping[str, Any]]:
        if who != f"Bearer {self.token}":
            return 401, {"message": "Invalid API key"}
        try:
            told = self._do(method, path, body)
        except _RefusedError as refused:
            return refused.status, {"message": str(refused)}
        return 200, told

    def _do(self, method: str, path: str, body: bytes) -> Mapping[str, Any]:
        match method, path.strip("/").split("/"):
            case "GET", ["api", "org"]:
                return {"id": 1, "name": "Main Org."}
            case "POST", ["api", "annotations"]:
                self._insist(CREATE)
                return {"message": "Annotation added", "id": self._add(_read(body))}
            case "PATCH", ["api", "annotations", number]:
                self._insist(WRITE)
                self._one(number).update(_read(body))
                return {"message": "Annotation patched"}
            case "DELETE", ["api", "annotations", number]:
                self._insist(DELETE)
                self._one(number)
                del self.annotations[int(number)]
                return {"message": "Annotation deleted"}
            case _:
                raise _RefusedError(404, "Not found")

    def _add(self, told: dict[str, Any]) -> int:
        if not told.get("text"):
            raise _RefusedError(400, "Failed to save annotation: text field should not be empty")
        self._last += 1
        self.annotations[self._last] = {**told, "timeEnd": told.get("timeEnd") or told["time"]}
        return self._last

    def _insist(self, permission: str) -> None:
        if permission not in self.may:
            raise _RefusedError(403, f"You'll need additional permissions to perform this action: {permission}")

    def _one(self, number: str) -> dict[str, Any]:
        if int(number) not in self.annotations:
            raise _RefusedError(404, "Could not find annotation to update")
        return self.annotations[int(number)]


def _read(body: bytes) -> dict[str, Any]:
    told = json.loads(body)
    for key, kind in {"text": str, "tags": list, "time": int, "timeEnd": int}.items():
        if key in told and type(told[key]) is not kind:
            raise _RefusedError(400, "bad request data")
    return dict(told)
