"""The published role on a real API server: with it everything works, without it every gap says what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.api.access import ClusterAccess, Request
from connectors.kubernetes.failures import Right
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.log_pods import list_pods
from connectors.kubernetes.source import CUSTOM
from connectors.taking import Unobtainable
from tests.servers import KubeApi, KubeletLogs
from tests.servers.fetch import is_built
from tests.servers.kubernetes.kube_objects import JsonClient
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

ROLE_FILE = Path(__file__).parents[2] / "docs" / "kubernetes-clusterrole.yaml"
DEFINED = {
    *("gateways", "httproutes", "applications", "kustomizations", "helmreleases", "certificates", "backups"),
    "backup-schedules",
}
NOT_HERE = {"node-metrics", "pod-metrics"} | (set() if is_built(KubeApi.name) else DEFINED)
"""What nobody has installed in the cluster."""
NAMESPACES = ("morning-vistas", "ingress-nginx", "rbac-shop")
LOG_LINE = "127.0.0.1 - - [23/Nov/2026:06:00:00 +0000] GET / 200"

Account = Callable[[str], Path]
"""Makes a service account; gives a kubeconfig for it."""


@pytest.fixture(scope="module")
def account(kube_api: KubeApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    directory = tmp_path_factory.mktemp("accounts")
    kube_api.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in NAMESPACES)
    client = JsonClient(kube_api.url, kube_api.token, kube_api.authority)

    def make(name: str) -> Path:
        metadata = {"name": name, "namespace": "morning-vistas"}
        kube_api.apply([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}])
        path = f"/api/v1/namespaces/morning-vistas/serviceaccounts/{name}/token"
        wanted = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
        token = client.request("POST", path, wanted)[1]["status"]["token"]
        config = json.loads(kube_api.kubeconfig.read_text())
        config["users"][0]["user"] = {"token": token}
        kubeconfig = directory / name
        kubeconfig.write_text(json.dumps(config))
        return kubeconfig

    yield make
    client.close()


@pytest.fixture(scope="module")
def allowed(kube_api: KubeApi, account: Account) -> Path:
    """A kubeconfig of the account that the published file makes and binds."""
    kubeconfig = account("morning-vistas")
    kube_api.apply(yaml.safe_load_all(ROLE_FILE.read_text()))
    return kubeconfig


@pytest.fixture(scope="module")
def stranger(account: Account) -> Path:
    """A kubeconfig of an account without any right."""
    return account("stranger")


def source_of(kubeconfig: Path) -> KubernetesSource:
    return KubernetesSource.from_settings("shop", {"kubeconfig": str(kubeconfig)}, Redactor(b"k" * 32))


def access_of(kubeconfig: Path) -> ClusterAccess:
    return ClusterAccess.from_settings("shop", {"kubeconfig": str(kubeconfig)}, Redactor(b"k" * 32))


def take(source: KubernetesSource, what: str) -> Snapshot:
    window = Window.ending(datetime.now(UTC), timedelta(hours=12))
    look = Look(look="look", title="A look", source="shop", take=what)
    return source.take("stop", look, window, soon())


def soon() -> Deadline:
    return Deadline(timedelta(seconds=60))


def test_with_the_role_every_look_works(allowed: Path) -> None:
    source = source_of(allowed)
    gaps = {what: gap for what in source.takes - CUSTOM if (gap := take(source, what).gap)}
    assert set(gaps) == NOT_HERE
    assert {gap.reason for gap in gaps.values()} == {GapReason.NOT_HERE}
    assert take(source, "stands-out").provenance.warnings == ()


def test_with_the_role_the_source_is_well(allowed: Path, kube_api: KubeApi) -> None:
    health = source_of(allowed).check(soon())
    assert health.ok, health
    assert kube_api.get("/version")["gitVersion"] in health.details["version"]
    assert health.details["context"] == "shop"


@pytest.mark.parametrize("resource", ["secrets", "configmaps"])
def test_secrets_and_configmaps_stay_closed(allowed: Path, resource: str) -> None:
    request = Request(f"/api/v1/{resource}", resource, right=Right("list", "", resource))
    with pytest.raises(Unobtainable) as caught:
        access_of(allowed).get(request, soon())
    assert caught.value.gap.reason is GapReason.REFUSED


@pytest.mark.parametrize("what", sorted(set(KINDS) - NOT_HERE))
def test_without_the_role_each_gap_names_its_rule(stranger: Path, what: str) -> None:
    gap = take(source_of(stranger), what).gap
    assert gap is not None
    resource = KINDS[what].resource
    assert gap.reason is GapReason.REFUSED
    assert f'{{apiGroups: ["{resource.group}"], resources: ["{resource.name}"], verbs: ["list"]}}' in gap.hint
    assert "docs/kubernetes-clusterrole.yaml" in gap.hint


def test_without_the_role_nothing_stands_out_but_a_gap(stranger: Path) -> None:
    gap = take(source_of(stranger), "stands-out").gap
    assert gap is not None
    assert gap.reason is GapReason.REFUSED


def test_without_the_role_the_source_is_not_well(stranger: Path) -> None:
    health = source_of(stranger).check(soon())
    assert not health.ok
    assert "list nodes" in health.message
    assert "verbs" in health.hint


def test_a_token_that_is_not_known_is_refused_with_advice(kube_api: KubeApi, tmp_path: Path) -> None:
    config = json.loads(kube_api.kubeconfig.read_text())
    config["users"][0]["user"] = {"token": "made-up"}
    (tmp_path / "config").write_text(json.dumps(config))
    health = source_of(tmp_path / "config").check(soon())
    assert health.message == "The cluster does not accept our credentials."


def test_a_server_whose_certificate_is_not_trusted_is_a_gap(kube_api: KubeApi, tmp_path: Path) -> None:
    config = json.loads(kube_api.kubeconfig.read_text())
    del config["clusters"][0]["cluster"]["certificate-authority-data"]
    (tmp_path / "config").write_text(json.dumps(config))
    gap = take(source_of(tmp_path / "config"), "pods").gap
    assert gap is not None
    assert gap.reason is GapReason.UNREACHABLE
    assert "certificate-authority" in gap.hint


@pytest.fixture(scope="module")
def controllers(kube_api: KubeApi, kubelet_logs: KubeletLogs) -> None:
    """The same pod in a namespace whose logs may be read, and in another."""
    for namespace in ("ingress-nginx", "rbac-shop"):
        spec = {"nodeName": "node-1", "containers": [{"name": "controller", "image": "controller:1"}]}
        metadata = {"name": "controller-1", "namespace": namespace, "labels": {"app": "ingress"}}
        pod = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": metadata,
            "spec": spec,
            "status": {"phase": "Running"},
        }
        kube_api.apply([pod])
        kubelet_logs.write(namespace, "controller-1", "controller", [(datetime.now(UTC), LOG_LINE)] * 50)


@pytest.mark.usefixtures("controllers")
def test_logs_may_be_read_where_the_role_says_so_and_nowhere_else(allowed: Path) -> None:
    access = access_of(allowed)
    [pod] = list_pods(access, "ingress-nginx", "app=ingress", soon())
    assert (pod.name, pod.containers, pod.phase) == ("controller-1", ("controller",), "Running")
    log = access.stream_log(
        pod.namespace, pod.name, "controller", since_seconds=3600, limit_bytes=1_000_000, deadline=soon()
    )
    lines = b"".join(log).decode().splitlines()
    assert [line.partition(" ")[2] for line in lines] == [LOG_LINE] * 50
    with pytest.raises(Unobtainable) as caught:
        list(access.stream_log("rbac-shop", "controller-1", "controller", limit_bytes=99, deadline=soon()))
    assert '"pods/log"' in caught.value.gap.hint


@pytest.mark.usefixtures("controllers")
def test_a_log_that_is_not_there_is_a_gap(allowed: Path) -> None:
    with pytest.raises(Unobtainable) as caught:
        list(access_of(allowed).stream_log("ingress-nginx", "gone", "controller", limit_bytes=99, deadline=soon()))
    assert caught.value.gap.reason is GapReason.NOT_HERE
