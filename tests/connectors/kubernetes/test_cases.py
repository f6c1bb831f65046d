"""Clusters after public bug reports, served on loopback: what people would want told of each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.settings import KubernetesSettings
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.kubernetes.canned import NOW, REDACTOR, kubeconfig, rows, seconds, take
from vistas.snapshot import Gap, GapReason, Snapshot
from vistas.source import Health

CASES = Path(__file__).parents[2] / "cases" / "kubernetes"


class CaseServer(AnsweringServer):
    """A current API server that has what a case says, and of everything else none."""

    def __init__(self, version: str, case: Mapping[str, Any]) -> None:
        super().__init__()
        self._version, self._case = version, case

    def answer(self, request: Received) -> Reply:
        self.received.append(request)
        said = self._case.get("answers", {}).get(request.path)
        if said is not None:
            body = json.dumps(said["body"]) if "body" in said else said.get("raw", "")
            media_type = said.get("type", "application/json")
            return Reply(body.encode(), said.get("status", 200), media_type, said.get("headers", {}))
        if request.path == "/version":
            return told({"gitVersion": self._version})
        if request.path == "/apis":
            return told(usual_groups())
        return told({"kind": "List", "metadata": {}, "items": self._case.get("lists", {}).get(request.path, [])})


def usual_groups() -> dict[str, Any]:
    served: dict[str, dict[str, list[str]]] = {}
    for kind in KINDS.values():
        for version in kind.resource.served_as[:1]:
            if "/" in version:
                group, name = version.split("/")
                served.setdefault(group, {}).setdefault(name, []).append(kind.resource.name)
    served.setdefault("storage.k8s.io", {})["v1"] = ["storageclasses"]
    items = [
        {
            "metadata": {"name": group},
            "versions": [
                {"version": name, "freshness": "Current", "resources": [{"resource": one} for one in names]}
                for name, names in versions.items()
            ],
        }
        for group, versions in served.items()
    ]
    return {"kind": "APIGroupDiscoveryList", "items": items}


@dataclass
class Seen:
    """What was told of a case: each look's snapshot by what it takes, and how the source feels."""

    snapshots: list[tuple[str, Snapshot]] = field(default_factory=list)
    health: Health | None = None

    def of(self, kind: str) -> Snapshot:
        (one,) = (snapshot for took, snapshot in self.snapshots if took == kind)
        return one

    @property
    def told(self) -> dict[str, tuple[str, str]]:
        """Headline and severity of what stands out, by name."""
        return {row["name"]: (row["what"], row["severity"]) for row in rows(self.of("stands-out"))}


@pytest.fixture
def see(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Seen]]:
    with ExitStack() as servers:

        def see_case(name: str) -> Seen:
            case = json.loads((CASES / f"{name}.json").read_text())
            main = servers.enter_context(CaseServer("v1.36.0", case))
            other = servers.enter_context(CaseServer("v1.36.0-other", case))
            places = {"{server}": main.url, "{other}": other.url, "{folder}": str(tmp_path)}
            return look_at(case, source_for(case, places, tmp_path, main.url, monkeypatch))

        yield see_case


def source_for(
    case: Mapping[str, Any], places: Mapping[str, str], folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> KubernetesSource:
    for name, text in case.get("files", {}).items():
        (folder / name).write_text(text)
    written = []
    for number, text in enumerate(case.get("kubeconfigs", ())):
        written.append(folder / f"kubeconfig-{number}")
        written[-1].write_text(re.sub(r"\{(?:server|other|folder)\}", lambda place: places[place[0]], text))
    if case.get("environment"):
        monkeypatch.setenv("KUBECONFIG", ":".join(map(str, written)))
        settings = KubernetesSettings()
    else:
        settings = KubernetesSettings(kubeconfig=written[0] if written else kubeconfig(folder, url))
    return KubernetesSource("shop", settings, REDACTOR, clock=lambda: NOW)


def look_at(case: Mapping[str, Any], source: KubernetesSource) -> Seen:
    seen = Seen(health=source.check(seconds(60)) if case.get("check") else None)
    for look in case.get("looks", ()):
        query = {"query": look["query"]} if "query" in look else {}
        seen.snapshots.append((look["take"], take(source, look["take"], **query)))
    return seen


def nothing(seen: Seen) -> None:
    assert seen.told == {}


def complete(seen: Seen) -> None:
    nothing(seen)
    assert [(row["status"], row["updated"]) for row in rows(seen.of("statefulsets"))] == [("Complete", 3)]


def stuck(seen: Seen) -> None:
    assert seen.told == {
        "db": ("Only 2/3 ready; is rolling out: 1 of 3 updated", "watch"),
        "single": ("None of 1 ready", "failing"),
    }


def not_seen(seen: Seen) -> None:
    assert seen.told == {"web": ("Its controller has not seen its latest change", "watch")}
    assert [row["status"] for row in rows(seen.of("deployments"))] == ["Not seen yet"]


def evicted(seen: Seen) -> None:
    assert seen.told == {"web-abc-2": ("Was evicted (low on ephemeral-storage)", "failing")}


def nobody(seen: Seen) -> None:
    assert seen.told == {"web": ("Nothing behind it: its selector matches no running pod", "watch")}


def dropped_rule(seen: Seen) -> None:
    assert seen.told == {"web": ("Works only partly (UnsupportedValue)", "failing")}
    [row] = rows(seen.of("stands-out"))
    assert row["details"].startswith("infra/public: Dropped Rule(s) [1]: unsupported filter combination")


def silent(seen: Seen) -> None:
    gap = seen.of("node-metrics").content
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.UNREACHABLE
    assert "API service of metrics.k8s.io/v1beta1" in gap.message
    [warning] = seen.of("stands-out").provenance.warnings
    assert warning.startswith("Not checked: node-metrics. The API service")


def cannot_sync(seen: Seen) -> None:
    assert seen.told == {"pdb": ("Allows no evictions: its pods cannot be counted", "watch")}
    [row] = rows(seen.of("stands-out"))
    assert 'found no controllers for pod "custom-0"' in row["details"]


def first_consumer(seen: Seen) -> None:
    assert seen.told == {
        "cache": ("Has been waiting for its first consumer, or for a volume, for 22 days", "unknown")
    }


def main_server(seen: Seen) -> None:
    assert seen.health is not None
    assert seen.health.ok, seen.health.message
    assert seen.health.details["version"] == "v1.36.0"


def first_context(seen: Seen) -> None:
    main_server(seen)
    assert seen.health is not None
    assert seen.health.details["context"] == "main"


def reason(seen: Seen) -> None:
    assert seen.health is not None
    assert not seen.health.ok
    assert "proxy-url" in seen.health.message
    assert seen.health.hint


def reason_without_secrets(seen: Seen) -> None:
    assert seen.health is not None
    assert "OpenID Connect" in seen.health.message
    assert "NOT-TO-BE-SHOWN" not in seen.health.message + seen.health.hint


EXPECTED: dict[str, Callable[[Seen], None]] = {
    "k01-etcd-voter": nothing,
    "k04-two-current-contexts": first_context,
    "k03-stale-discovery": silent,
    "k07-statefulset-ondelete-done": complete,
    "k08-statefulset-rollout-stuck": stuck,
    "k11-evicted-status-unknown": evicted,
    "k13-pdb-sync-failed": cannot_sync,
    "k14-route-partially-invalid": dropped_rule,
    "k18-two-slices-of-a-service": nothing,
    "k22-claim-waits-for-first-consumer": first_consumer,
    "k23-generation-not-observed": not_seen,
    "k24-service-nobody-matches": nobody,
    "k29-token-file-with-line-end": main_server,
    "k30-socks-proxy": reason,
    "k31-relative-token-file": main_server,
    "k33-secrets-in-a-reason": reason_without_secrets,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_reported_cluster_is_told_as_people_want_it(see: Callable[[str], Seen], name: str) -> None:
    """Each case's `expected`."""
    EXPECTED[name](see(name))


def test_every_case_is_tried() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(EXPECTED)
