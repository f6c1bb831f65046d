"""What only an API server of today says: Gateway API as it is published, a part of the API that is away, 429."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.api.access import ClusterAccess, Request
from tests.connectors.http.answering import AnsweringServer, told
from tests.connectors.kubernetes.canned import recorded
from tests.live.kubernetes_objects import ago, pod, thing
from tests.servers import KubeApi, ServerError
from tests.servers.certificates import Authority
from tests.servers.fixtures import operators, require_current
from tests.servers.kubernetes.kube_objects import DEFINITION, JsonClient
from tests.waiting import eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Gap, GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

PLACE = "live-gateways"
GATEWAY = "gateway.networking.k8s.io/v1"
AS_TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
METRICS = "metrics.k8s.io/v1beta1"
CONTROLLER = "example.org/gateway-controller"


def source_of(server: KubeApi, user: str = "admin") -> KubernetesSource:
    settings = {"kubeconfig": str(server.kubeconfig_for(user))}
    return KubernetesSource.from_settings("shop", settings, Redactor(b"k" * 32))


def take(source: KubernetesSource, what: str, **where: str) -> Snapshot:
    look = Look(look="look", title="A look", source="shop", take=what, where=where)
    return source.take("stop", look, Window.ending(datetime.now(UTC), timedelta(hours=12)), soon())


def soon() -> Deadline:
    return Deadline(timedelta(seconds=60))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot.gap
    return snapshot.frame.data.to_dicts()


def says(kind: str, holds: bool, reason: str, message: str = "") -> dict[str, Any]:
    told = {"reason": reason, "message": message, "lastTransitionTime": ago(hours=1), "observedGeneration": 1}
    return {"type": kind, "status": str(holds), **told}


@pytest.fixture(scope="module")
def gateways(kube_api: KubeApi) -> KubeApi:
    """A Gateway that is programmed and one that nobody took; a route that its Gateway refused."""
    require_current("kube-apiserver", "gateway-api")
    classed = thing("GatewayClass", GATEWAY, "edge", namespace=None, spec={"controllerName": CONTROLLER})
    listener = {"name": "web", "protocol": "HTTPS", "port": 443, "hostname": "shop.example.com"}
    certificate = {"certificateRefs": [{"name": "shop"}]}
    listener |= {"tls": certificate, "allowedRoutes": {"namespaces": {"from": "Same"}}}
    spec = {"gatewayClassName": "edge", "listeners": [listener]}
    kinds = [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute"}]
    status = {
        "addresses": [{"type": "IPAddress", "value": "192.0.2.10"}],
        "conditions": [says("Accepted", True, "Accepted"), says("Programmed", True, "Programmed")],
        "listeners": [
            {
                "name": "web",
                "attachedRoutes": 1,
                "supportedKinds": kinds,
                "conditions": [says("ResolvedRefs", False, "InvalidCertificateRef", "no Secret shop")],
            }
        ],
    }
    parent = {"name": "front", "sectionName": "web"}
    refused = {
        "parentRef": parent,
        "controllerName": CONTROLLER,
        "conditions": [says("Accepted", False, "NoMatchingListenerHostname", "no listener of that name")],
    }
    backend = {"name": "web", "port": 80}
    route = {"parentRefs": [parent], "hostnames": ["shop.example.org"], "rules": [{"backendRefs": [backend]}]}
    kube_api.apply(
        [
            thing("Namespace", "v1", PLACE, namespace=None),
            classed,
            thing("Gateway", GATEWAY, "front", namespace=PLACE, spec=spec, status=status),
            thing("Gateway", GATEWAY, "nobody-s", namespace=PLACE, spec=spec),
            thing("HTTPRoute", GATEWAY, "shop", namespace=PLACE, spec=route, status={"parents": [refused]}),
        ]
    )
    return kube_api


def test_gateways_are_told_as_the_server_tells_kubectl(gateways: KubeApi) -> None:
    """The columns of a custom resource are those that its definition names."""
    settings = {"kubeconfig": str(gateways.kubeconfig)}
    access = ClusterAccess.from_settings("shop", settings, Redactor(b"k" * 32))
    request = Request(f"/apis/{GATEWAY}/namespaces/{PLACE}/gateways", "the table", accept=AS_TABLE)
    table = access.get(request, soon())
    names = [column["name"] for column in table["columnDefinitions"]]
    printed = [dict(zip(names, row["cells"], strict=True)) for row in table["rows"]]
    ours = rows(take(source_of(gateways), "gateways", namespace=PLACE))
    said = {True: "True", False: "False", None: "Unknown"}
    assert [(row["name"], row["class"], row["address"], said[row["programmed"]]) for row in ours] == [
        (cells["Name"], cells["Class"], cells["Address"] or "", cells["Programmed"]) for cells in printed
    ]
    assert len(ours) == 2


def test_what_a_controller_did_not_take_stands_out(gateways: KubeApi) -> None:
    """The defaults are the definition's own: a Gateway waits for a controller from the beginning."""
    source = source_of(gateways)
    front, nobody_s = rows(take(source, "gateways", namespace=PLACE))
    assert (front["accepted"], front["programmed"], front["listeners"]) == (
        True,
        True,
        ["HTTPS:443 shop.example.com"],
    )
    assert (nobody_s["accepted"], nobody_s["programmed"]) == (None, None)
    [route] = rows(take(source, "httproutes", namespace=PLACE))
    assert (route["accepted"], route["backends"], route["not_taken_by"]) == (False, ["web:80"], [])
    told = {
        (row["kind"], row["name"]): f"{row['what']} {row['details']}"
        for row in rows(take(source, "stands-out", namespace=PLACE))
    }
    assert "no Secret shop" in told["Gateway", "front"]
    assert "no listener of that name" in told["HTTPRoute", "shop"]


def test_custom_resources_are_told_by_what_all_have_in_common(gateways: KubeApi) -> None:
    """Of a definition of somebody's own: served in two versions and looked at in the one that is named."""
    plural, group = "orders", "example.org"
    fields = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    schema = {"openAPIV3Schema": {"type": "object", "properties": {"spec": fields, "status": fields}}}
    version = {"served": True, "schema": schema, "subresources": {"status": {}}}
    versions = [{"name": "v1", "storage": True, **version}, {"name": "v1beta1", "storage": False, **version}]
    definition = {
        "group": group,
        "scope": "Namespaced",
        "names": {"plural": plural, "singular": "order", "kind": "Order", "listKind": "OrderList"},
        "versions": versions,
    }
    status = {"phase": "Paid", "conditions": [says("Ready", False, "OutOfStock", "no tea at token=hunter2abc")]}
    gateways.apply(
        [
            thing(DEFINITION, "apiextensions.k8s.io/v1", f"{plural}.{group}", namespace=None, spec=definition),
            thing("Order", f"{group}/v1", "tea", namespace=PLACE, spec={}, status=status),
        ]
    )
    source = source_of(gateways)
    for named in ("v1", "v1beta1"):
        taken = take(source, "custom-resources", resource=f"{plural}.{group}/{named}")
        [order] = rows(taken)
        assert (order["name"], order["phase"], order["wrong"]) == ("tea", "Paid", ["Ready=False"])
        assert "hunter2abc" not in str(order)
        assert taken.provenance.query == f"GET /apis/{group}/{named}/{plural}"
    classes = rows(take(source, "custom-resources", resource=f"gatewayclasses.{GATEWAY}"))
    assert [(row["name"], row["namespace"]) for row in classes] == [("edge", "")]
    undefined = take(source, "custom-resources", resource=f"orders.{group}/v2").gap
    assert undefined is not None
    assert undefined.reason is GapReason.NOT_HERE


OF_OPERATORS = {
    "applications": ("applications.argoproj.io/v1alpha1", ("sync_status", "health_status", "revision", "project")),
    "kustomizations": ("kustomizations.kustomize.toolkit.fluxcd.io/v1", ("ready", "status")),
    "helmreleases": ("helmreleases.helm.toolkit.fluxcd.io/v2", ("ready", "status")),
    "certificates": ("certificates.cert-manager.io/v1", ("ready", "secret", "issuer", "status")),
    "backups": ("backups.velero.io/v1", ()),
    "backup-schedules": ("schedules.velero.io/v1", ("status", "schedule", "last_backup", "paused")),
}


def recorded_objects(kind: str) -> list[dict[str, Any]]:
    listed, ours = recorded(kind), ("name", "namespace", "labels", "creationTimestamp")
    told = {"apiVersion": listed["apiVersion"], "kind": listed["kind"].removesuffix("List")}
    metadata = [{key: said for key, said in each["metadata"].items() if key in ours} for each in listed["items"]]
    return [{**told, **each, "metadata": own} for each, own in zip(listed["items"], metadata, strict=True)]


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KubeApi]:
    """A server on which nothing is installed at first."""
    require_current("etcd", "kube-apiserver")
    with KubeApi(directory=tmp_path_factory.mktemp("operated")) as server:
        yield server


def test_operators_that_are_not_installed_are_nothing_to_look_at_and_then_are(operated: KubeApi) -> None:
    """The columns are those that the definitions print, and what is judged is what controllers would write."""
    before = source_of(operated)
    for kind, (resource, _) in OF_OPERATORS.items():
        for taken in (take(before, kind), take(before, "objects", resource=resource)):
            assert taken.gap is not None
            assert taken.gap.reason is GapReason.NOT_HERE
    assert take(before, "stands-out").provenance.warnings == ()
    assert rows(take(before, "changes")) == []
    things = [thing for kind in OF_OPERATORS for thing in recorded_objects(kind)]
    places = sorted({one["metadata"]["namespace"] for one in things})
    named = [thing("Namespace", "v1", place, namespace=None) for place in places]
    operated.apply([*operators(), *named, *things])
    now = source_of(operated)
    for kind, (resource, columns) in OF_OPERATORS.items():
        taken = take(now, "objects", resource=resource)
        found = rows(taken)
        assert len(found) == len(recorded(kind)["items"]) == len(rows(take(now, kind)))
        assert tuple(found[0])[2 : 2 + len(columns)] == columns, kind
        assert taken.provenance.warnings == ()
    [mail] = rows(take(now, "objects", resource=OF_OPERATORS["applications"][0], fields="metadata.name=mail"))
    assert (mail["sync_status"], mail["health_status"], mail["project"]) == ("OutOfSync", "Missing", "shop")
    [paused] = [row for row in rows(take(now, "objects", resource="schedules.velero.io/v1")) if row["paused"]]
    assert (paused["name"], paused["schedule"]) == ("resting", "0 5 * * *")
    told = {(row["kind"], row["name"]): row["what"] for row in rows(take(now, "stands-out"))}
    assert told["Application", "basket"] == "Is synced, yet degraded"
    assert told["Kustomization", "infra"] == "Is not ready (BuildFailed)"
    assert told["HelmRelease", "cache"] == "Has given up (UpgradeFailed)"
    assert told["Certificate", "expired"].startswith("Has expired")
    assert told["Schedule", "typo"] == "Makes no backups: it is not valid"
    assert "hunter2" not in str(told)


def test_what_an_operator_rolled_out_tonight_is_a_change(operated: KubeApi) -> None:
    operated.apply([*operators(), thing("Namespace", "v1", "argocd", namespace=None)])
    history = [{"id": 1, "revision": "1.2.0", "deployedAt": ago(hours=3), "initiatedBy": {"username": "mira"}}]
    status = {"sync": {"status": "Synced"}, "health": {"status": "Healthy"}, "history": history}
    version = "argoproj.io/v1alpha1"
    operated.apply([thing("Application", version, "tonight", namespace="argocd", spec={}, status=status)])
    found = {row["name"]: row for row in rows(take(source_of(operated), "changes"))}
    assert (found["tonight"]["result"], found["tonight"]["revision"], found["tonight"]["by"]) == (
        "deployed",
        "1.2.0",
        "mira",
    )


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KubeApi]:
    require_current("etcd", "kube-apiserver")
    with KubeApi(directory=tmp_path_factory.mktemp("today")) as server:
        server.apply([pod("web", {"phase": "Running"}, namespace="default")])
        yield server


def metrics_api(service: dict[str, Any]) -> dict[str, Any]:
    """As its installation registers it, behind a Service."""
    group, _, version = METRICS.partition("/")
    spec = {"group": group, "version": version, "service": service, "insecureSkipTLSVerify": True}
    priorities = {"groupPriorityMinimum": 100, "versionPriority": 100}
    registered = thing("APIService", "apiregistration.k8s.io/v1", f"{version}.{group}", namespace=None)
    return {**registered, "spec": {**spec, **priorities}}


def test_a_part_of_the_api_that_is_away_is_told_as_that(own_server: KubeApi) -> None:
    """metrics-server is installed and does not run: not the same as not installed."""
    not_installed = take(source_of(own_server), "pod-metrics").gap
    assert not_installed is not None
    assert not_installed.reason is GapReason.NOT_HERE
    own_server.apply([metrics_api({"name": "metrics-server", "namespace": "kube-system", "port": 443})])

    def said() -> Gap | None:
        gap = take(source_of(own_server), "pod-metrics").gap
        return gap if gap and gap.reason is not GapReason.NOT_HERE else None

    gap = eventually(said)
    assert gap.reason is GapReason.UNREACHABLE
    assert "metrics.k8s.io" in gap.message
    assert "metrics-server" in gap.hint
    assert rows(take(source_of(own_server), "pods"))


@pytest.fixture
def metrics_server(tmp_path: Path) -> Iterator[AnsweringServer]:
    """What the aggregator asks of it, in the words of its documentation: the real one needs kubelets."""
    names = [
        {"name": "pods", "singularName": "", "namespaced": True, "kind": "PodMetrics", "verbs": ["get", "list"]}
    ]
    listed = {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": METRICS, "resources": names}
    server = AnsweringServer()
    answers = {f"/apis/{METRICS}": listed, f"/apis/{METRICS}/pods": recorded("pod-metrics")}
    no_longer = {"Connection": "close"}  # A connection that is kept would answer on when the server is gone.
    server.answers |= {path: replace(told(answer), headers=no_longer) for path, answer in answers.items()}
    server.certificate = Authority.make(tmp_path).issue("metrics-server")
    with server:
        yield server


def test_a_part_of_the_api_that_answered_and_went_away_is_told_as_that(
    own_server: KubeApi, metrics_server: AnsweringServer
) -> None:
    """Its resources are still listed, as they were; whoever asks for them is told that nobody answers."""
    behind = {"type": "ExternalName", "externalName": "localhost", "ports": [{"port": metrics_server.port}]}
    own_server.apply([thing("Service", "v1", "metrics", namespace="kube-system", spec=behind)])
    service = {"name": "metrics", "namespace": "kube-system", "port": metrics_server.port}
    own_server.apply([metrics_api(service)])
    eventually(lambda: take(source_of(own_server), "pod-metrics").frame)
    taken = take(source := source_of(own_server), "pod-metrics")
    assert {row["name"] for row in rows(taken)} == {
        each["metadata"]["name"] for each in recorded("pod-metrics")["items"]
    }
    metrics_server.__exit__(None, None, None)
    knows_of_it = take(source, "pod-metrics", namespace="shop").gap  # What it has just read it would say again.
    asks_what_there_is = eventually(lambda: take(source_of(own_server), "pod-metrics").gap)
    for gap in (knows_of_it, asks_what_there_is):
        assert gap is not None
        assert gap.reason is GapReason.UNREACHABLE
        assert METRICS.partition("/")[0] in gap.message
    assert rows(take(source_of(own_server), "pods"))


@contextmanager
def asking_all_the_time(server: KubeApi, user: str) -> Iterator[None]:
    """An account that is not alone with its work."""
    enough = threading.Event()

    def ask() -> None:
        with closing(JsonClient(server.url, server.token_of(user), server.authority)) as client:
            while not enough.is_set():
                with suppress(ServerError):
                    client.request("GET", "/api/v1/pods")

    others = [threading.Thread(target=ask) for _ in range(4)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        enough.set()
        for other in others:
            other.join()


def test_an_account_that_is_held_back_is_told_so(own_server: KubeApi) -> None:
    """Priority and fairness: its share is nothing, so that one request is served at a time and none waits."""
    flow = "flowcontrol.apiserver.k8s.io/v1"
    limited = {"nominalConcurrencyShares": 0, "borrowingLimitPercent": 0, "limitResponse": {"type": "Reject"}}
    level = thing("PriorityLevelConfiguration", flow, "nothing", namespace=None)
    subject = {"kind": "User", "user": {"name": "viewer"}}
    resources = {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": True}
    rule = {"subjects": [subject], "resourceRules": [resources]}
    schema = thing("FlowSchema", flow, "viewer", namespace=None)
    to_level = {"priorityLevelConfiguration": {"name": "nothing"}, "matchingPrecedence": 2, "rules": [rule]}
    own_server.bind("viewer", "cluster-admin")
    eventually(lambda: take(source_of(own_server, "viewer"), "pods").frame)
    own_server.apply([{**level, "spec": {"type": "Limited", "limited": limited}}, {**schema, "spec": to_level}])
    with asking_all_the_time(own_server, "viewer"):
        gap = eventually(lambda: take(source_of(own_server, "viewer"), "pods").gap)
    assert gap.message == "The API server is too busy to return the list of pods right now."
    assert gap.reason is GapReason.REFUSED
    assert rows(take(source_of(own_server), "pods"))
