"""The critical path as a real API server, ingress lines and a real Prometheus tell it, gathered as one vista."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.ingress import IngressSource
from connectors.kubernetes import KubernetesSource
from connectors.prometheus import PrometheusSource
from tests.connectors.ingress.lines import ingress_line
from tests.live.kubernetes_objects import thing
from tests.servers import KubeApi, Prometheus
from tests.servers.fixtures import require
from tests.servers.metrics.remote_write import Series
from vistas.gathering.gather import gather
from vistas.practice.landscape.dependencies import Dependency, Through, elements, observed
from vistas.redaction import Redactor
from vistas.routine.file import built_in_routines
from vistas.snapshot import Window
from vistas.source import Deadline, Source
from vistas.vista import Vista, new_id

pytestmark = pytest.mark.live

NAMESPACE = "path-shop"
REDACTOR = Redactor(b"k" * 32)
HOST = "shop.example"
TRAEFIK = (
    '{"ClientHost":"203.0.113.9","DownstreamContentSize":11,"DownstreamStatus":200,"Duration":1500000,'
    '"OriginStatus":200,"RequestHost":"shop.example","RequestMethod":"GET","RequestPath":"/pay",'
    '"RequestProtocol":"HTTP/1.1","RetryAttempts":0,"RouterName":"front@kubernetes",'
    '"ServiceName":"path-shop-pay-80@kubernetes","ServiceURL":"http://127.0.0.1:8080",'
    '"StartUTC":"%s","level":"info","msg":"","time":"%s"}'
)


def pod(name: str, owner: str, owner_kind: str = "ReplicaSet", **labels: str) -> dict[str, Any]:
    reference = {"apiVersion": "apps/v1", "kind": owner_kind, "name": owner, "uid": owner, "controller": True}
    metadata = {"ownerReferences": [reference], "labels": labels}
    spec = {"containers": [{"name": "web", "image": "shop/web:1"}]}
    return thing("Pod", "v1", name, namespace=NAMESPACE, metadata=metadata, spec=spec)


def endpoints(service: str, *pods: str) -> dict[str, Any]:
    told = [
        {
            "addresses": ["192.0.2.1"],
            "conditions": {"ready": True},
            "targetRef": {"kind": "Pod", "namespace": NAMESPACE, "name": name},
        }
        for name in pods
    ]
    metadata = {"labels": {"kubernetes.io/service-name": service}}
    rest = {"addressType": "IPv4", "endpoints": told, "ports": [{"port": 8080}], "metadata": metadata}
    return thing("EndpointSlice", "discovery.k8s.io/v1", f"{service}-a", namespace=NAMESPACE, **rest)


def ingress() -> dict[str, Any]:
    paths = [
        {"path": path, "pathType": "Prefix", "backend": {"service": {"name": service, "port": {"number": 80}}}}
        for path, service in (("/", "web"), ("/pay", "pay"), ("/old", "retired"))
    ]
    spec = {"rules": [{"host": HOST, "http": {"paths": paths}}]}
    return thing("Ingress", "networking.k8s.io/v1", "front", namespace=NAMESPACE, spec=spec)


def service(name: str, **spec: Any) -> dict[str, Any]:
    return thing("Service", "v1", name, namespace=NAMESPACE, spec=spec or {"ports": [{"port": 80}]})


@pytest.fixture(scope="module")
def cluster() -> Iterator[KubeApi]:
    """`web` and `pay` stand behind one host; nobody stands behind `retired`."""
    require("etcd", "kube-apiserver")
    with KubeApi(users=("viewer", "routes-only")) as server:
        rules = [{"apiGroups": ["networking.k8s.io"], "resources": ["ingresses"], "verbs": ["list"]}]
        role = thing("ClusterRole", "rbac.authorization.k8s.io/v1", "routes", namespace=None, rules=rules)
        server.apply(
            [
                thing("Namespace", "v1", NAMESPACE, namespace=None),
                *(service(name) for name in ("web", "pay", "retired")),
                pod("web-5d4f-a", "web-5d4f", **{"pod-template-hash": "5d4f"}),
                pod("web-5d4f-b", "web-5d4f", **{"pod-template-hash": "5d4f"}),
                pod("ledger-0", "ledger", "StatefulSet"),
                endpoints("web", "web-5d4f-a", "web-5d4f-b"),
                endpoints("pay", "ledger-0"),
                ingress(),
                role,
            ]
        )
        server.bind("routes-only", "routes")
        yield server


@pytest.fixture(scope="module")
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def counting(now: datetime) -> Iterator[Prometheus]:
    """Where the mesh and the traces have been counting for fifty minutes: 2 calls a second, and 4."""
    require("prometheus")
    istio = {
        "__name__": "istio_requests_total",
        "reporter": "destination",
        "source_workload": "web",
        "source_workload_namespace": NAMESPACE,
        "destination_workload": "ledger",
        "destination_workload_namespace": NAMESPACE,
        "response_code": "200",
    }
    traced = {"__name__": "traces_service_graph_request_total", "client": "ledger", "server": "postgres"}
    moments = [now.timestamp() - back for back in range(3000, 0, -30)]
    with Prometheus() as server:
        server.remote_write(
            Series(labels, [(at, float(rate * (at - moments[0]))) for at in moments])
            for labels, rate in ((istio, 2), (traced, 4))
        )
        yield server


def lines(now: datetime) -> list[str]:
    """ingress-nginx tells no host, Traefik does."""
    return [ingress_line(now - timedelta(minutes=age), service=f"{NAMESPACE}-web-80") for age in (60, 30, 5)]


def ingress_source(folder: Path, name: str, written: Sequence[str], cluster: KubeApi) -> IngressSource:
    log = folder / f"{name}.log"
    log.write_text("".join(f"{line}\n" for line in written))
    return IngressSource.from_settings(
        name, {"files": str(log), "cluster": {"kubeconfig": str(cluster.kubeconfig)}}, REDACTOR
    )


def gathered(sources: Sequence[Source], now: datetime) -> Vista:
    (routine,) = (one for one in built_in_routines() if one.routine == "critical-path")
    window = Window.ending(now, routine.window)
    taken = gather(routine, sources, window, deadline=Deadline(timedelta(seconds=60)), redactor=REDACTOR)
    return Vista(new_id(), routine, window, "Maya", now, snapshots=tuple(taken))


def kubernetes(kubeconfig: Path) -> KubernetesSource:
    return KubernetesSource.from_settings("cluster", {"kubeconfig": str(kubeconfig)}, REDACTOR)


def by_pair(found: Sequence[Dependency]) -> dict[tuple[str, str], Dependency]:
    return {(one.needs, one.needed): one for one in found}


def test_what_all_three_saw_is_one_graph(
    cluster: KubeApi, counting: Prometheus, now: datetime, tmp_path: Path
) -> None:
    """The same workload, whether the cluster, either controller's log or the mesh speaks of it."""
    at = (now - timedelta(minutes=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sources: list[Source] = [
        kubernetes(cluster.kubeconfig),
        ingress_source(tmp_path, "old-door", lines(now), cluster),
        ingress_source(tmp_path, "new-door", [TRAEFIK % (at, at)], cluster),
        PrometheusSource.from_settings("metrics", {"url": counting.url}, REDACTOR),
    ]
    vista = gathered(sources, now)
    dependencies = observed(vista)
    found = by_pair(dependencies)
    web, ledger = f"{NAMESPACE}/web", f"{NAMESPACE}/ledger"
    assert {pair: one.through for pair, one in found.items()} == {
        (HOST, web): (Through.CLUSTER, Through.LOGS),
        (HOST, ledger): (Through.CLUSTER, Through.LOGS),
        (HOST, f"{NAMESPACE}/retired"): (Through.CLUSTER,),
        (web, ledger): (Through.GRAPH,),
        (ledger, "postgres"): (Through.GRAPH,),
    }
    assert found[web, ledger].requests_per_second == pytest.approx(2, rel=0.15)
    assert found[ledger, "postgres"].requests_per_second == pytest.approx(4, rel=0.15)
    assert (found[HOST, web].requests_per_second or 0) > 0
    assert found[HOST, f"{NAMESPACE}/retired"].requests_per_second is None
    assert elements(dependencies)[0] == HOST
    evidence = {(one.stop, one.look, one.source) for pair in found.values() for one in pair.evidence}
    taken = {(one.stop, one.look, one.source) for one in vista.snapshots if one.frame is not None}
    assert evidence <= taken
    assert {source for _, _, source in evidence} == {"cluster", "old-door", "new-door", "metrics"}


def test_ready_endpoints_are_counted_on_the_way(cluster: KubeApi, now: datetime) -> None:
    vista = gathered([kubernetes(cluster.kubeconfig)], now)
    (links,) = (one.frame for one in vista.at("wired") if one.look == "links")
    assert links is not None
    counted = {
        (row["name"], row["needs_kind"], row["needs"]): (row["ready"], row["endpoints"])
        for row in links.data.to_dicts()
        if row["kind"] == "Service"
    }
    assert counted == {("web", "Deployment", "web"): (2, 2), ("pay", "StatefulSet", "ledger"): (1, 1)}


def test_an_account_that_may_list_routes_alone_sees_as_far_as_the_services(
    cluster: KubeApi, now: datetime
) -> None:
    """What is missing is named, and what is there is used."""
    vista = gathered([kubernetes(cluster.kubeconfig_for("routes-only"))], now)
    assert set(by_pair(observed(vista))) == {(HOST, f"{NAMESPACE}/{name}") for name in ("web", "pay", "retired")}
    (links,) = (one for one in vista.at("wired") if one.look == "links")
    missing = " ".join(links.provenance.warnings)
    assert all(f"Not checked: {kind}. " in missing for kind in ("endpoints", "services", "pods"))


def test_an_account_without_rights_leaves_a_gap_that_says_which(cluster: KubeApi, now: datetime) -> None:
    vista = gathered([kubernetes(cluster.kubeconfig_for("viewer"))], now)
    (gap,) = (one.gap for one in vista.at("wired") if one.look == "links")
    assert gap is not None
    assert 'verbs: ["list"]' in gap.hint
    assert observed(vista) == ()
