"""Controllers' logs through a real API server: every replica, and how far back each of them reaches."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from connectors.ingress import IngressSource
from tests.connectors.ingress.lines import KLOG_INFO, KLOG_WARNING, ingress_line
from tests.servers import KubeApi, KubeletLogs
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

NOW = datetime.now(UTC).replace(microsecond=0)
WINDOW = Window(NOW - timedelta(hours=1), NOW + timedelta(minutes=1))


@pytest.fixture(autouse=True)
def _the_clock_goes_on() -> None:
    """A long run reaches these tests minutes after it read this file."""
    global NOW, WINDOW  # noqa: PLW0603
    NOW = datetime.now(UTC).replace(microsecond=0)
    WINDOW = Window(NOW - timedelta(hours=1), NOW + timedelta(minutes=1))


LABELS = {"app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller"}


def pod(
    namespace: str,
    name: str,
    *,
    phase: str = "Running",
    node: str | None = "node-1",
    labels: Mapping[str, str] = LABELS,
) -> dict[str, Any]:
    container = {"name": "controller", "image": "registry.example/controller:v1"}
    sidecar = {"name": "sidecar", "image": "registry.example/sidecar:v1"}
    running = [
        {**each, "ready": True, "restartCount": 0, "imageID": "", "state": {"running": {}}}
        for each in (sidecar, container)
    ]
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"namespace": namespace, "name": name, "labels": labels},
        "spec": {"containers": [sidecar, container], **({"nodeName": node} if node else {})},
        "status": {"phase": phase, "containerStatuses": running if node else []},
    }


def at(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def said(minutes: int, **line: str) -> tuple[datetime, str]:
    return at(minutes), ingress_line(at(minutes), **line)


@pytest.fixture
def namespace(kube_api: KubeApi) -> str:
    name = f"edge-{uuid4().hex[:8]}"
    kube_api.apply([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}])
    return name


def source_of(kube_api: KubeApi, namespace: str, user: str = "admin", **pods: Any) -> IngressSource:
    settings = {"pods": {"namespace": namespace, "kubeconfig": str(kube_api.kubeconfig_for(user)), **pods}}
    return IngressSource.from_settings("edge", settings, Redactor(b"a key for these tests"))


def taken(source: IngressSource, what: str = "requests", **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="edge", take=what, where=where)
    return source.take("front-door", look, WINDOW, Deadline(timedelta(seconds=60)))


def total(snapshot: Snapshot) -> int:
    assert snapshot.frame is not None, snapshot.gap
    return int(snapshot.frame.data["requests"].sum())


def test_every_replica_counts(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    """Requests of both replicas add up; lines from before the window prove that its begin is covered."""
    kube_api.apply([pod(namespace, "controller-a"), pod(namespace, "controller-b")])
    kubelet_logs.write(
        namespace,
        "controller-a",
        "controller",
        [said(65), said(30), said(20), (at(19), KLOG_INFO), said(10, status="502")],
    )
    kubelet_logs.write(namespace, "controller-b", "controller", [said(62), said(15), (at(5), KLOG_WARNING)])
    source = source_of(kube_api, namespace)
    snapshot = taken(source)
    assert total(snapshot) == 4
    assert ": 8 lines, 4 requests, 2 outside the window, 2 controller" in snapshot.provenance.query
    assert snapshot.provenance.obtained == WINDOW
    assert snapshot.provenance.warnings == ()
    assert total(taken(source, status="5xx")) == 1


def test_old_and_new_controller_in_one_source(
    kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str
) -> None:
    """Each table chooses its own pods; one that chooses none is a warning."""
    kube_api.apply([pod(namespace, "old"), pod(namespace, "new", labels={"app": "new"})])
    kubelet_logs.write(namespace, "old", "controller", [said(65), said(20)])
    kubelet_logs.write(namespace, "new", "controller", [said(65), said(10), said(5)])
    account = {"namespace": namespace, "kubeconfig": str(kube_api.kubeconfig_for("admin"))}
    tables = [account, {**account, "selector": "app=new"}, {**account, "selector": "app=none"}]
    source = IngressSource.from_settings("edge", {"pods": tables}, Redactor(b"a key for these tests"))
    snapshot = taken(source)
    assert total(snapshot) == 3
    (warning,) = snapshot.provenance.warnings
    assert "app=none" in warning
    assert "the pods app=new" in snapshot.provenance.query


def test_time_of_what_a_controller_says(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    """The API's own time stamp is taken, whatever the line says."""
    kube_api.apply([pod(namespace, "controller-a")])
    kubelet_logs.write(namespace, "controller-a", "controller", [said(65), (at(5), KLOG_WARNING), (at(4), "odd")])
    frame = taken(source_of(kube_api, namespace), "lines").frame
    assert frame is not None
    assert dict(frame.data.select("sample", "first").rows()) == {KLOG_WARNING: at(5), "odd": at(4)}


def test_log_that_begins_late(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    """The API has only the newest part of a busy pod's log: said, and the window is only from there obtained."""
    kube_api.apply([pod(namespace, "controller-a"), pod(namespace, "controller-b")])
    kubelet_logs.write(namespace, "controller-a", "controller", [said(20), said(10)])
    kubelet_logs.write(namespace, "controller-b", "controller", [said(61), said(15)])
    snapshot = taken(source_of(kube_api, namespace))
    assert total(snapshot) == 3
    assert snapshot.provenance.obtained == Window(at(20), WINDOW.end)
    (warning,) = snapshot.provenance.warnings
    begin = f"The log of {namespace}/controller-a begins at {at(20):%H:%M} UTC, 40m into the window: "
    assert warning == begin + "Kubernetes keeps only the newest part of a pod's log, or the pod started then."


def test_one_replica_without_a_log(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    """What the others say is kept, and the missing one is named."""
    kube_api.apply([pod(namespace, "controller-a"), pod(namespace, "controller-b")])
    kubelet_logs.write(namespace, "controller-a", "controller", [said(65), said(20)])
    snapshot = taken(source_of(kube_api, namespace))
    assert total(snapshot) == 1
    (warning,) = snapshot.provenance.warnings
    assert warning.startswith(f"The log of {namespace}/controller-b is missing or not complete: ")


def test_no_replica_with_a_log(kube_api: KubeApi, namespace: str) -> None:
    kube_api.apply([pod(namespace, "controller-a"), pod(namespace, "controller-b")])
    gap = taken(source_of(kube_api, namespace)).gap
    assert gap is not None
    assert gap.message


@pytest.mark.parametrize(
    ("pods", "says"),
    [
        ([], "No pod in the namespace"),
        ([{"phase": "Pending", "node": None}], "None of the 1 controller pods"),
    ],
)
def test_no_replica_at_all(kube_api: KubeApi, namespace: str, pods: list[Mapping[str, Any]], says: str) -> None:
    kube_api.apply([pod(namespace, f"controller-{number}", **each) for number, each in enumerate(pods)])
    gap = taken(source_of(kube_api, namespace)).gap
    assert gap is not None
    assert gap.reason == GapReason.NOT_HERE
    assert says in gap.message


def test_account_without_rights(kube_api: KubeApi, namespace: str) -> None:
    """What the account must be allowed is said."""
    gap = taken(source_of(kube_api, namespace, user="viewer")).gap
    assert gap is not None
    assert gap.reason == GapReason.REFUSED
    assert "pods" in gap.message + gap.hint


def test_named_container_and_labels(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    kube_api.apply([pod(namespace, "controller-a")])
    kubelet_logs.write(namespace, "controller-a", "sidecar", [said(65), said(20), said(10)])
    labels = {"app.kubernetes.io/name": "ingress-nginx"}
    assert total(taken(source_of(kube_api, namespace, container="sidecar", labels=labels))) == 2


def test_check(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    kube_api.apply([pod(namespace, "controller-a")])
    kubelet_logs.write(namespace, "controller-a", "controller", [said(3)])
    health = source_of(kube_api, namespace).check(Deadline(timedelta(seconds=30)))
    assert health.ok, health
    assert health.message.startswith("1 log of ingress-nginx; the newest request is 3 minutes")
    assert health.details["logs"] == f"{namespace}/controller-a"


def test_services_of_the_pods_own_cluster(kube_api: KubeApi, kubelet_logs: KubeletLogs, namespace: str) -> None:
    """Nothing has to be set: whoever reads the pods knows whom to ask."""
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"namespace": namespace, "name": "web"},
        "spec": {"ports": [{"port": 80}]},
    }
    kube_api.apply([pod(namespace, "controller-a"), service])
    line = said(10, service=f"{namespace}-web-80")
    kubelet_logs.write(namespace, "controller-a", "controller", [said(65), line])
    frame = taken(source_of(kube_api, namespace)).frame
    assert frame is not None
    assert frame.data["service"].to_list() == [f"{namespace}/web"]
