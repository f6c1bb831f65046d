"""A real VictoriaLogs: a log store that takes what a Loki takes, and cannot be asked like one."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from tests.servers.process import Server, local_opener


class VictoriaLogs(Server):
    name = "victoria-logs"
    ready_path = "/health"

    def command(self) -> list[str]:
        return [
            self.program(),
            f"-storageDataPath={self.directory}/data",
            f"-httpListenAddr=127.0.0.1:{self.port}",
            "-retentionPeriod=100y",
        ]

    def push(
        self,
        entries: Iterable[tuple[int, str | Mapping[str, Any]]],
        labels: Mapping[str, str],
        tenant: str = "0:0",
    ) -> None:
        """Nanoseconds and lines of one stream, visible at once. An object is kept field by field."""
        rows = ({"at": str(at), **_fields(line), **labels} for at, line in entries)
        account, project = tenant.split(":")
        self._post(
            f"/insert/jsonline?_time_field=at&_msg_field=line&_stream_fields={','.join(labels)}",
            "\n".join(map(json.dumps, rows)).encode(),
            {"AccountID": account, "ProjectID": project},
        )
        self._post("/internal/force_flush", b"", {})

    def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        sent = {"Content-Type": "application/stream+json", **headers}
        with local_opener().open(urllib.request.Request(self.url + path, body, sent), timeout=30) as answer:
            answer.read()


def _fields(line: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return {"line": line} if isinstance(line, str) else line
