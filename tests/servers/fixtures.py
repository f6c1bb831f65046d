"""The servers as pytest fixtures; `tests/live/conftest.py` lists them for those who write tests.

Each is started on first use and shared by the whole run. A test that stops, pauses or reconfigures
a server makes one of its own (`with Prometheus(config=…) as mine:`).
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from tests.plugins.missing_servers import NOT_FOR_HERE, NOTED
from tests.servers import (
    Alertmanager,
    KubeApi,
    KubeletLogs,
    MisbehavingServer,
    MissingServer,
    Nginx,
    NodeExporter,
    Prometheus,
    VictoriaMetrics,
)
from tests.servers.current import GATEWAY_API, why_without_go
from tests.servers.fetch import can_be_had, files_of, is_built, is_here
from tests.servers.metrics.history import openmetrics

SCRAPE = """\
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: ["@DIR@/rules.yml"]
scrape_configs:
  - job_name: prometheus
    static_configs: [{{targets: ["127.0.0.1:@PORT@"]}}]
  - job_name: node
    static_configs: [{{targets: ["127.0.0.1:{node_port}"]}}]
  - job_name: gone
    static_configs: [{{targets: ["127.0.0.1:1"]}}]
"""
RULES = """\
groups:
  - name: landscape
    rules:
      - record: job:up:count
        expr: count by (job) (up)
      - alert: TargetGone
        expr: up == 0
        labels: {severity: critical}
        annotations: {summary: "{{ $labels.job }} does not answer"}
      - alert: Watchdog
        expr: vector(1)
        labels: {severity: none}
"""
NODE = "node-1"
NODE_INFO = (
    "architecture", "bootID", "containerRuntimeVersion", "kernelVersion", "kubeProxyVersion",
    "machineID", "operatingSystem", "osImage", "systemUUID",
)  # fmt: skip


def require(*servers: str) -> None:
    """Make sure that servers are here: skip the test where they are not, or fail it in CI.

    What cannot be had on a machine without Go is not missing there.
    """
    _leave_untested([name for name in servers if not can_be_had(name)])
    for name in servers:
        if not is_here(name):
            _do_without(MissingServer(name))


def require_current(*servers: str) -> None:
    """The same for a test that only the servers of today can pass: skipped where Debian's stand in."""
    _leave_untested([name for name in servers if not is_built(name)])
    require(*servers)


def _leave_untested(servers: Sequence[str]) -> None:
    NOT_FOR_HERE.update(servers)
    if servers:
        pytest.skip(f"{', '.join(servers)} of today: {why_without_go()}")


def _do_without(missing: MissingServer) -> NoReturn:
    NOTED.add(missing.name)
    if os.environ.get("CI") == "true":
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


@pytest.fixture(scope="session")
def node_exporter() -> Iterator[NodeExporter]:
    require("node-exporter")
    with NodeExporter() as server:
        yield server


@pytest.fixture(scope="session")
def prometheus(node_exporter: NodeExporter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    require("prometheus")
    server = Prometheus(config=SCRAPE.format(node_port=node_exporter.port))
    (server.directory / "rules.yml").write_text(RULES)
    history = tmp_path_factory.mktemp("history") / "history.om"
    history.write_text("".join(openmetrics(until=datetime.now(UTC) - timedelta(minutes=1))))
    server.backfill(history)
    with server:
        yield server


@pytest.fixture(scope="session")
def alertmanager() -> Iterator[Alertmanager]:
    require("alertmanager")
    with Alertmanager() as server:
        yield server


@pytest.fixture(scope="session")
def victoria_metrics() -> Iterator[VictoriaMetrics]:
    require("victoria-metrics")
    with VictoriaMetrics() as server:
        yield server


@pytest.fixture(scope="session")
def nginx() -> Iterator[Nginx]:
    require("nginx")
    with Nginx() as server:
        yield server


@pytest.fixture(scope="session")
def kubelet_logs() -> Iterator[KubeletLogs]:
    with KubeletLogs() as server:
        yield server


@pytest.fixture(scope="session")
def kube_api(kubelet_logs: KubeletLogs) -> Iterator[KubeApi]:
    require("etcd", "kube-apiserver")
    with KubeApi() as server:
        server.apply([node(NODE, kubelet_logs.address)])
        if is_built(KubeApi.name):
            server.apply([*gateway_api(), *operators()])
        yield server


def gateway_api() -> list[dict[str, Any]]:
    """What Gateway API publishes to be installed in a cluster."""
    require(GATEWAY_API)
    files = sorted(files_of(GATEWAY_API).glob("*.yaml"))
    published = [one for path in files for one in yaml.safe_load_all(path.read_text())]
    return [one for one in published if one["kind"] == "CustomResourceDefinition"]


def operators() -> list[dict[str, Any]]:
    """The kinds of object that Argo CD, Flux, cert-manager and Velero define."""
    return list(yaml.safe_load_all((Path(__file__).parent / "kubernetes" / "operators.yaml").read_text()))


@pytest.fixture(scope="session")
def misbehaving() -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as server:
        yield server


def node(name: str, address: str) -> dict[str, object]:
    """A ready node whose pods' logs are asked for at `address`."""
    room = {"cpu": "4", "memory": "8Gi", "pods": "110"}
    ready = {
        "type": "Ready",
        "status": "True",
        "reason": "KubeletReady",
        "message": "kubelet is posting ready status",
    }
    status = {
        "capacity": room,
        "allocatable": room,
        "conditions": [ready],
        "addresses": [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}],
        "nodeInfo": dict.fromkeys(NODE_INFO, "") | {"kubeletVersion": "v1.20.2"},
    }
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}, "status": status}
