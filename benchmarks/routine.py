"""Built-in routines gathered from real servers, beside the very same HTTP requests sent at once by curl.

Access logs are no HTTP: of each routine, the looks at Prometheus and at Kubernetes are compared.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from subprocess import PIPE
from typing import Any

from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Finding, Missing, Target, times_as_long
from benchmarks.routine_gathered import AT_ONCE
from tests.servers import KubeApi, Prometheus
from tests.servers.fetch import MissingServer
from tests.servers.landscape import landscape
from tests.servers.shop.metrics import openmetrics
from tests.servers.shop.mornings import MORNINGS
from tests.servers.shop.objects import all_objects

ROOT = Path(__file__).resolve().parents[1]
OURS, CURL, BODIES = "vistas", "curl --parallel", "requests, the bodies alone"
ROUTINES = ("landscape", "ground", "workloads", "room-to-grow")
SLOWEST = 1.25


class Unanswered(Exception):
    """Nothing was gathered, so that its time says nothing."""


@dataclass(frozen=True)
class Servers:
    prometheus: Prometheus
    kube_api: KubeApi
    moment: float

    @property
    def sources(self) -> str:
        tables = {
            "prometheus": {"type": "prometheus", "url": self.prometheus.url},
            "kubernetes": {"type": "kubernetes", "kubeconfig": str(self.kube_api.kubeconfig)},
        }
        return json.dumps(tables)

    @property
    def urls(self) -> dict[str, str]:
        """By host and port, as requests name them."""
        return {server.url.partition("://")[2]: server.url for server in (self.prometheus, self.kube_api)}

    @property
    def places(self) -> str:
        return json.dumps({"urls": self.urls, "authority": str(self.kube_api.authority)})


def measure(rounds: int, small: bool) -> list[Finding]:
    if (curl := shutil.which("curl")) is None:
        return [Missing("curl", "there is no curl on this machine")]
    try:
        with _few() if small else _shop() as servers:
            routines = ROUTINES[:1] if small else ROUTINES
            return [
                finding
                for routine in routines
                for finding in _compare(curl, servers, routine, rounds if small else 3 * rounds)
            ]
    except MissingServer as missing:
        return [Missing("routines", str(missing))]


@contextmanager
def _few() -> Iterator[Servers]:
    with landscape() as running:
        yield Servers(running.prometheus, running.kube_api, datetime.now(UTC).timestamp())


@contextmanager
def _shop() -> Iterator[Servers]:
    """What the bundled shop's Prometheus and cluster held on the second morning."""
    moment = MORNINGS[1].moment
    with tempfile.TemporaryDirectory(prefix="routine-") as folder:
        history = Path(folder) / "history.om"
        with history.open("w", encoding="utf-8") as out:
            out.writelines(openmetrics(moment))
        prometheus = Prometheus()
        prometheus.backfill(history)
        with prometheus, KubeApi() as kube_api:
            kube_api.apply(all_objects(moment))
            yield Servers(prometheus, kube_api, moment)


def _compare(curl: str, servers: Servers, routine: str, rounds: int) -> list[Finding]:
    command = [sys.executable, "-m", "benchmarks.routine_gathered", routine, servers.sources, str(servers.moment)]
    process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT)
    try:
        requests = json.loads(_answer(process))
        with tempfile.TemporaryDirectory(prefix="curl-") as folder:
            config = Path(folder) / "requests.txt"
            config.write_text(_curl_config(requests, servers), encoding="utf-8")
            config.chmod(0o600)
            many = ["--parallel", "--parallel-immediate", "--parallel-max", str(AT_ONCE)]
            contenders = {
                CURL: partial(run, [curl, "--silent", "--show-error", *many, "--config", config]),
                BODIES: partial(_ask, process, servers.places),
                OURS: partial(_ask, process, ""),
            }
            task = f"{routine}: {len(requests)} requests"
            taken = programs_in_turn(task, rounds, contenders, amount=len(requests), unit="requests")
    finally:
        process.communicate()
    # Both together hold little; ours has imported more.
    measured = [replace(each, peak_bytes=None, own_bytes=None) for each in taken.values()]
    ratio = times_as_long(taken[OURS], taken[CURL])
    return [*measured, Target(f"{task} gathered, of the time of curl", ratio, "at most", SLOWEST)]


def _curl_config(requests: Sequence[dict[str, Any]], servers: Servers) -> str:
    """As `curl --config` reads them. Their lengths and hosts are curl's own business."""
    urls = servers.urls
    parts = []
    for request in requests:
        headers = [line for line in request["headers"] if _name(line) not in ("host", "content-length")]
        host = next(line.partition(": ")[2] for line in request["headers"] if _name(line) == "host")
        lines = [("url", urls[host] + request["target"]), ("request", request["method"]), ("output", "/dev/null")]
        lines += [("header", header) for header in headers]
        lines += [("data-binary", request["body"])] if request["body"] else []
        lines += [("cacert", str(servers.kube_api.authority))]
        parts.append("fail\n" + "\n".join(f"{name} = {json.dumps(value)}" for name, value in lines))
    return "\nnext\n".join(parts) + "\n"


def _name(header: str) -> str:
    return header.partition(":")[0].lower()


def _ask(process: subprocess.Popen[str], line: str) -> Ran:
    print(line, file=process.stdin, flush=True)
    answered, asked, seconds, cpu_seconds = json.loads(_answer(process))
    if not answered:
        raise Unanswered(f"none of {asked} was answered")
    return Ran(seconds, cpu_seconds, 0, 0, "")


def _answer(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise Unanswered("gathering ended without an answer")
    return line
