"""A real Prometheus, with a day of history laid in beforehand when wanted."""

import urllib.request
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.servers.certificates import KeyPair
from tests.servers.metrics.remote_write import Series, encode
from tests.servers.packages import run
from tests.servers.process import Server, ServerError, local_opener

SCRAPES_NOTHING = "global: {scrape_interval: 15s}\n"
SAMPLE_USER = ("reader", "first-light")
BASIC_AUTH_WEB_CONFIG = """\
basic_auth_users:
  reader: $2b$04$abcdefghijklmnopqrstuuwCtV626UauOo2fZgqTgyXEgPFk7urRa
"""
"""A web-config file that lets in `SAMPLE_USER` alone."""


class Prometheus(Server):
    """`config` and `web_config` are the texts of its YAML files; `prefix` is a path such as `/metrics-of/shop`.

    The configuration may say `@PORT@` for its own port and `@DIR@` for its directory. `flags` come last on
    the command line. Where `web_config` asks for TLS, a password or a client certificate, say so by
    `scheme="https"`, `credentials` and `client_certificate`.
    """

    name = "prometheus"
    ready_path = "/-/ready"

    def __init__(
        self,
        *,
        config: str = SCRAPES_NOTHING,
        web_config: str | None = None,
        prefix: str = "",
        scheme: str = "http",
        credentials: tuple[str, str] | None = None,
        client_certificate: KeyPair | None = None,
        flags: Sequence[str] = (),
        oldest: bool = False,
        directory: Path | None = None,
    ) -> None:
        super().__init__(directory=directory)
        self.config = config
        self.web_config = web_config
        self.prefix = prefix
        self.scheme = scheme
        self.credentials = credentials
        self.client_certificate = client_certificate
        self.flags = tuple(flags)
        self.oldest = oldest
        self.data = self.directory / "data"

    @property
    def url(self) -> str:
        return super().url + self.prefix

    def prepare(self) -> None:
        self.data.mkdir(exist_ok=True)
        placed = self.config.replace("@PORT@", str(self.port)).replace("@DIR@", str(self.directory))
        (self.directory / "prometheus.yml").write_text(placed)
        if self.web_config is not None:
            (self.directory / "web.yml").write_text(self.web_config)

    def command(self) -> list[str]:
        guarded = [f"--web.config.file={self.directory}/web.yml"] if self.web_config is not None else []
        prefixed = [f"--web.external-url={self.url}", f"--web.route-prefix={self.prefix}"] if self.prefix else []
        return [
            self.program(),
            f"--config.file={self.directory}/prometheus.yml",
            f"--storage.tsdb.path={self.data}",
            "--storage.tsdb.retention.time=100y",
            f"--web.listen-address=127.0.0.1:{self.port}",
            "--web.enable-remote-write-receiver",
            "--web.enable-lifecycle",
            *guarded,
            *prefixed,
            *self.flags,
        ]

    def backfill(self, openmetrics: Path) -> None:
        """Lay history in from an OpenMetrics file with timestamps, before `start`. Raises ServerError."""
        if self.process:
            raise ServerError("history is laid in before Prometheus starts: it looks for blocks then")
        self.data.mkdir(exist_ok=True)
        # One block per day instead of one per two hours: fewer files, the same samples.
        block = "--max-block-duration=24h"
        run([self.program("promtool"), "tsdb", "create-blocks-from", "openmetrics", block, openmetrics, self.data])

    def remote_write(self, series: Iterable[Series]) -> None:
        """Push samples; they must not be older than what Prometheus already holds in memory (about an hour)."""
        push(f"{self.url}/api/v1/write", encode(series), {"X-Prometheus-Remote-Write-Version": "0.1.0"})


def push(url: str, body: bytes, headers: dict[str, str] | None = None) -> None:
    """POST a body; raises urllib.error.HTTPError when it is refused."""
    snappy = {"Content-Type": "application/x-protobuf", "Content-Encoding": "snappy"}
    request = urllib.request.Request(url, data=body, headers={**snappy, **(headers or {})}, method="POST")
    with local_opener().open(request, timeout=30) as answer:
        answer.read()
