"""A small landscape on real servers of its own: what all three kinds of source together tell about one shop."""

from __future__ import annotations

import json
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.servers import KubeApi, Nginx, Prometheus
from tests.servers.metrics.history import openmetrics

SELF_SCRAPE = """\
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: prometheus
    static_configs: [{targets: ["127.0.0.1:@PORT@"]}]
"""
CRASHING = "parser-5d4f"
VISITS = ("/",) * 12 + ("/missing",) * 3 + ("/checkout",) * 4


@dataclass(frozen=True)
class Landscape:
    """`settings` is a vistas.toml that connects all three; `stop` takes every tool away."""

    prometheus: Prometheus
    kube_api: KubeApi
    nginx: Nginx
    settings: Path
    data: Path

    def stop(self) -> None:
        for server in (self.prometheus, self.kube_api, self.nginx):
            server.stop()
        self.nginx.access_log.unlink()

    def write_settings(self, name: str, **changed: dict[str, Any]) -> Path:
        """Another vistas.toml, with some sources' tables changed, for a test that breaks one of them."""
        tables = {
            "prometheus": {"type": "prometheus", "url": self.prometheus.url},
            "cluster": {"type": "kubernetes", "kubeconfig": str(self.kube_api.kubeconfig)},
            "front-door": {"type": "ingress", "files": [str(self.nginx.access_log)]},
        } | changed
        lines = ['person = "Maya"', f'data = "{self.data}"', "[gather]", 'deadline = "20s"']
        for source, table in tables.items():
            lines += [f"[sources.{source}]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
        path = self.data.with_name(name)
        path.write_text("\n".join(lines) + "\n")
        return path


@contextmanager
def landscape() -> Iterator[Landscape]:
    """Three hours of metrics, a pod that crashes, a few visits. MissingServer where a program is not here."""
    with ExitStack() as running:
        home = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="landscape-")))
        prometheus = Prometheus(config=SELF_SCRAPE)
        history = home / "history.om"
        history.write_text("".join(openmetrics(until=datetime.now(UTC) - timedelta(minutes=1))))
        prometheus.backfill(history)
        running.enter_context(prometheus)
        kube_api = running.enter_context(KubeApi())
        kube_api.apply([crashing_pod()])
        nginx = running.enter_context(Nginx())
        visit(nginx)
        made = Landscape(prometheus, kube_api, nginx, home / "vistas.toml", home / "data")
        made.write_settings("vistas.toml")
        yield made


def visit(nginx: Nginx) -> None:
    """Real requests, the same each time: 12 answered, 3 not found, 4 with a bad gateway."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for path in VISITS:
        try:
            opener.open(f"{nginx.url}{path}", timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()


def crashing_pod() -> dict[str, Any]:
    """A pod that ran out of memory three times and waits to be started again."""
    now = datetime.now(UTC)
    terminated = {
        "reason": "OOMKilled",
        "exitCode": 137,
        "startedAt": _time(now - timedelta(minutes=20)),
        "finishedAt": _time(now - timedelta(minutes=10)),
    }
    status = {
        "phase": "Running",
        "containerStatuses": [
            {
                "name": "parser",
                "image": "shop/parser:1.4.2",
                "imageID": "",
                "ready": False,
                "restartCount": 3,
                "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s"}},
                "lastState": {"terminated": terminated},
            }
        ],
        "conditions": [{"type": "Ready", "status": "False", "reason": "ContainersNotReady"}],
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": CRASHING, "namespace": "default"},
        "spec": {"nodeName": "node-1", "containers": [{"name": "parser", "image": "shop/parser:1.4.2"}]},
        "status": status,
    }


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
