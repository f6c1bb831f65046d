"""Servers left running between commands: recorded when started, and exactly those stopped."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.servers.kubernetes.kube_api import KubeApi
from tests.servers.metrics.alertmanager import Alertmanager
from tests.servers.metrics.node_exporter import NodeExporter
from tests.servers.metrics.prometheus import Prometheus
from tests.servers.metrics.victoria_metrics import VictoriaMetrics
from tests.servers.process import STOPPED_WITHIN, Server, ServerError
from tests.servers.proxies.nginx import Nginx

SCRAPES_ITSELF = """\
global: {scrape_interval: 5s}
scrape_configs: [{job_name: prometheus, static_configs: [{targets: ["127.0.0.1:@PORT@"]}]}]
"""

MAKERS: dict[str, Callable[[Path], Server]] = {
    "prometheus": lambda directory: Prometheus(config=SCRAPES_ITSELF, directory=directory),
    "alertmanager": lambda directory: Alertmanager(directory=directory),
    "node-exporter": lambda directory: NodeExporter(directory=directory),
    "victoria-metrics": lambda directory: VictoriaMetrics(directory=directory),
    "nginx": lambda directory: Nginx(directory=directory),
    "kube-apiserver": lambda directory: KubeApi(directory=directory),
}
STARTABLE = tuple(MAKERS)


@dataclass(frozen=True)
class Entry:
    """One process that was started: `began` is the kernel's clock, so that a reused id is not mistaken for it."""

    server: str
    url: str
    pid: int
    began: str

    def is_alive(self) -> bool:
        return _began(self.pid) == self.began

    def stop(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + STOPPED_WITHIN
            if self.is_alive():
                os.killpg(self.pid, number)
            while self.is_alive() and time.monotonic() < deadline:
                time.sleep(0.05)


def _began(pid: int) -> str | None:
    """When a process started, in clock ticks since boot; None when it is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return None
    return None if fields[0] == "Z" else fields[19]


@dataclass(frozen=True)
class Running:
    """What `up` left running, with its data, in `directory`."""

    directory: Path

    def up(self, names: Sequence[str]) -> None:
        """Start the named servers. Raises MissingServer and ServerError; what was started then is stopped."""
        for unknown in set(names) - set(MAKERS):
            raise ServerError(f"no server is called {unknown}; there are {', '.join(MAKERS)}")
        entries = self.entries()
        if any(entry.is_alive() for entry in entries):
            raise ServerError(f"servers are already running from {self.directory}: `scripts/servers down` first")
        shutil.rmtree(self.directory, ignore_errors=True)
        try:
            for name in names:
                self._record(MAKERS[name](self.directory / name).start())
        except BaseException:
            self.down()
            raise

    def down(self) -> None:
        """Stop what is recorded, newest first, and forget it with its data."""
        for entry in reversed(self.entries()):
            entry.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def entries(self) -> list[Entry]:
        """What was started, oldest first."""
        if not self._record_file.exists():
            return []
        return [Entry(**json.loads(line)) for line in self._record_file.read_text().splitlines()]

    def describe(self) -> str:
        """A line for each running server: its name and where it answers."""
        alive = {entry.server: entry.url for entry in self.entries() if entry.is_alive()}
        lines = [f"{name:18} {url}" for name, url in alive.items()]
        if "kube-apiserver" in alive:
            lines.append(f"{'kubeconfig':18} {self.directory}/kube-apiserver/admin.kubeconfig")
        return "\n".join(lines) or f"nothing is running from {self.directory}"

    @property
    def _record_file(self) -> Path:
        return self.directory / "running.jsonl"

    def _record(self, server: Server) -> None:
        if isinstance(server, KubeApi):
            server.kubeconfig_for("admin")
        with self._record_file.open("a") as record:
            for process in server.processes:
                entry = Entry(server.name, server.url, process.pid, _began(process.pid) or "")
                record.write(json.dumps(asdict(entry)) + "\n")
