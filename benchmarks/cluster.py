"""5,000 pods of a real API server: to our frame, to the official client's objects, with `kubectl get pods -A`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from subprocess import PIPE

from benchmarks.many_pods import ManyPods
from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Disagreement, Finding, Measured, Missing, Target, times_as_long
from tests.servers.fetch import MissingServer, program

ROOT = Path(__file__).resolve().parents[1]
OURS, TYPED, KUBECTL = "vistas", "typed list", "kubectl get pods -A"
WAYS = {OURS: "vistas", TYPED: "typed"}


def measure(rounds: int, small: bool) -> list[Finding]:
    pods = 300 if small else 5_000
    try:
        with ManyPods() as cluster:
            cluster.fill(pods, datetime.now(UTC))
            return _compare(cluster, pods, rounds)
    except MissingServer as missing:
        return [Missing("the pods of a cluster", str(missing))]


def _compare(cluster: ManyPods, pods: int, rounds: int) -> list[Finding]:
    try:
        kubectl = [shutil.which("kubectl") or str(program("kubectl")), "get", "pods", "-A"]
    except MissingServer as missing:
        return [Missing(KUBECTL, str(missing))]
    settings = [f"--kubeconfig={cluster.kubeconfig}", f"--cache-dir={cluster.directory}/kubectl"]

    def list_with_kubectl() -> Ran:
        ran = run([*kubectl, *settings])
        _agree(KUBECTL, len(ran.output.splitlines()) - 1, pods)
        return ran

    list_with_kubectl()  # from here on it knows what the cluster serves
    task = f"{pods:,} pods"
    with _listing(OURS, cluster, pods) as ours, _listing(TYPED, cluster, pods) as typed:
        contenders = {OURS: ours, TYPED: typed, KUBECTL: list_with_kubectl}
        listed = programs_in_turn(task, rounds, contenders, amount=pods, unit="pods")
    starts = {
        OURS: partial(_from_nothing, OURS, cluster, pods),
        TYPED: partial(_from_nothing, TYPED, cluster, pods),
    }
    begun = programs_in_turn(f"{task}, with Python's start", rounds, starts, amount=pods, unit="pods")
    return [*listed.values(), *begun.values(), *_targets(task, listed)]


def _targets(task: str, listed: dict[str, Measured]) -> Iterator[Target]:
    beside = times_as_long(listed[OURS], listed[KUBECTL])
    yield Target(f"{task} to a frame, of the time of kubectl", beside, "at most", 1.0)
    faster = times_as_long(listed[TYPED], listed[OURS])
    yield Target(f"{task} to a frame, faster than the typed list", faster, "at least", 3.0)


@contextmanager
def _listing(name: str, cluster: ManyPods, pods: int) -> Iterator[Callable[[], Ran]]:
    """Lists the pods in a process that is already there, whenever it is called."""
    process = subprocess.Popen(_command(name, cluster), stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT)
    try:
        _answer(name, process)
        yield partial(_list_once, name, process, pods)
    finally:
        process.communicate()


def _list_once(name: str, process: subprocess.Popen[str], pods: int) -> Ran:
    print(file=process.stdin, flush=True)
    found, seconds, cpu_seconds, peak, own = json.loads(_answer(name, process))
    _agree(name, found, pods)
    return Ran(seconds, cpu_seconds, peak, own, "")


def _answer(name: str, process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise Disagreement(f"{name} ended without an answer")
    return line


def _from_nothing(name: str, cluster: ManyPods, pods: int) -> Ran:
    ran = run([*_command(name, cluster), "once"], {"PYTHONPATH": str(ROOT)})
    _agree(name, int(ran.output), pods)
    return ran


def _command(name: str, cluster: ManyPods) -> list[str]:
    return [sys.executable, "-m", "benchmarks.pods_listed", WAYS[name], str(cluster.kubeconfig)]


def _agree(name: str, found: int, pods: int) -> None:
    if found != pods:
        raise Disagreement(f"{name} listed {found:,} of {pods:,} pods")


if __name__ == "__main__":
    for finding in measure(rounds=5, small="--small" in sys.argv):
        print(finding)
