"""A real VictoriaMetrics: a second implementation of Prometheus' query API."""

import urllib.request
from collections.abc import Iterable

from tests.servers.metrics.prometheus import push
from tests.servers.metrics.remote_write import Series, encode
from tests.servers.process import Server, local_opener


class VictoriaMetrics(Server):
    name = "victoria-metrics"
    ready_path = "/health"

    def command(self) -> list[str]:
        return [
            self.program(),
            f"-storageDataPath={self.directory}/data",
            f"-httpListenAddr=127.0.0.1:{self.port}",
            "-retentionPeriod=100y",
            # Fresh samples are answered at once instead of half a minute later.
            "-search.latencyOffset=0s",
        ]

    def import_text(self, exposition: str) -> None:
        """Take samples in Prometheus' text format; their timestamps are in milliseconds."""
        self._post("/api/v1/import/prometheus", exposition.encode())

    def remote_write(self, series: Iterable[Series]) -> None:
        """Take samples of any age, and make them visible to queries."""
        push(f"{self.url}/api/v1/write", encode(series))
        self._flush()

    def _post(self, path: str, body: bytes) -> None:
        request = urllib.request.Request(self.url + path, body, method="POST")
        with local_opener().open(request, timeout=30) as answer:
            answer.read()
        self._flush()

    def _flush(self) -> None:
        with local_opener().open(f"{self.url}/internal/force_flush", timeout=30) as answer:
            answer.read()
