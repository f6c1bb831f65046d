"""A real Alertmanager, alone (no cluster)."""

import json
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.servers.fetch import SHARED_FOLDER, shared_files
from tests.servers.process import Server, local_opener

NOTIFIES_NOBODY = """\
route: {receiver: nobody, group_by: [alertname], group_wait: 0s}
receivers: [{name: nobody}]
"""


class Alertmanager(Server):
    name = "alertmanager"
    ready_path = "/-/ready"

    def __init__(self, *, config: str = NOTIFIES_NOBODY, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self.config = config

    def prepare(self) -> None:
        (self.directory / "alertmanager.yml").write_text(self.config)
        link = self.directory / SHARED_FOLDER
        if (shared := shared_files(self.name)) and not link.is_symlink():
            link.symlink_to(shared)

    def command(self) -> list[str]:
        return [
            self.program(),
            f"--config.file={self.directory}/alertmanager.yml",
            f"--storage.path={self.directory}/data",
            f"--web.listen-address=127.0.0.1:{self.port}",
            "--cluster.listen-address=",
        ]

    def fire(self, alerts: Sequence[Mapping[str, Any]]) -> None:
        """Post alerts as Prometheus does: `labels`, and where wanted `annotations`, `startsAt`, `endsAt`."""
        self._post("/api/v2/alerts", list(alerts))

    def silence(self, alertname: str, *, comment: str, author: str, now: datetime) -> str:
        """Silence an alert by name for two hours from `now`; the silence's id."""
        matcher = {"name": "alertname", "value": alertname, "isRegex": False, "isEqual": True}
        span = {"startsAt": now.isoformat(), "endsAt": (now + timedelta(hours=2)).isoformat()}
        said = {"comment": comment, "createdBy": author}
        silenced: str = self._post("/api/v2/silences", {"matchers": [matcher], **span, **said})["silenceID"]
        return silenced

    def _post(self, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        with local_opener().open(request, timeout=10) as answer:
            return json.loads(answer.read() or b"{}")
