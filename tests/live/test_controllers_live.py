"""What the controllers of a Kubernetes of today make of things, and how it is told: rollouts, endings, refusals.

A test says what a kubelet would have reported; everything else is the work of the real controllers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from tests.live.kubernetes_objects import ago, thing
from tests.servers import Controllers, KubeApi, ServerError
from tests.servers.fixtures import NODE, node, require_current
from tests.servers.kubernetes.kube_objects import JsonClient
from tests.waiting import eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

KEY = b"k" * 32
PLACE = "controlled"
READY = [
    {"type": kind, "status": "True", "lastTransitionTime": ago(minutes=1)} for kind in ("Initialized", "Ready")
]
RUNS = {"running": {"startedAt": ago(minutes=1)}}
NO_IMAGE = {"waiting": {"reason": "ImagePullBackOff", "message": "back-off pulling image"}}
ENDED_WELL = {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": ago(minutes=1)}}
ENDED_BADLY = {"terminated": {"exitCode": 2, "reason": "Error", "finishedAt": ago(minutes=1)}}


@dataclass
class Cluster:
    server: KubeApi

    def rows(self, what: str, name: str = "", place: str = PLACE) -> list[dict[str, Any]]:
        """Of a look those whose name begins so, as it is told."""
        where = {"namespace": place} if place else {}
        look = Look(look="look", title="A look", source="shop", take=what, where=where)
        window = Window.ending(datetime.now(UTC), timedelta(hours=12))
        # A new one each time: it remembers for a while what it read.
        source = KubernetesSource.from_settings("shop", {"kubeconfig": str(self.server.kubeconfig)}, Redactor(KEY))
        snapshot = source.take("stop", look, window, Deadline(timedelta(seconds=60)))
        assert snapshot.frame is not None, snapshot.gap
        return [row for row in snapshot.frame.data.to_dicts() if row["name"].startswith(name)]

    def row(self, what: str, name: str, place: str = PLACE) -> dict[str, Any]:
        """The first of them; empty where there is none yet."""
        found = self.rows(what, name, place)
        return found[0] if found else {}

    def told(self, kind: str, name: str, place: str = PLACE) -> str:
        """What stands out about one thing."""
        return "; ".join(row["what"] for row in self.rows("stands-out", name, place) if row["kind"] == kind)

    def pods(self, app: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.server.get(
            f"/api/v1/namespaces/{PLACE}/pods?labelSelector=app%3D{app}"
        )["items"]
        return [{"apiVersion": "v1", "kind": "Pod", **one} for one in found]

    def report(self, app: str, image: str, state: dict[str, Any], phase: str = "Running") -> int:
        """What a kubelet says of the pods of an app that run an image; how many there are."""
        concerned = [one for one in self.pods(app) if one["spec"]["containers"][0]["image"] == image]
        for number, pod in enumerate(concerned, start=1):
            ready = state is RUNS
            of_it = {"name": "c", "image": image, "imageID": "", "ready": ready, "restartCount": 0, "state": state}
            address = f"192.0.2.{number}"
            said = {"phase": phase, "podIP": address, "podIPs": [{"ip": address}], "containerStatuses": [of_it]}
            conditions = READY if ready else [READY[0], {**READY[1], "status": "False"}]
            metadata = {"name": pod["metadata"]["name"], "namespace": PLACE}
            told = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata}
            self.server.change([{**told, "status": {**said, "conditions": conditions}}])
        return len(concerned)

    def let_end(self, app: str) -> None:
        """As a kubelet does with pods that were told to end."""
        self.server.delete(one for one in self.pods(app) if "deletionTimestamp" in one["metadata"])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    require_current("etcd", "kube-apiserver", "kube-controller-manager")
    with (
        KubeApi(directory=tmp_path_factory.mktemp("controlled")) as server,
        Controllers(server),
    ):
        server.apply([node(NODE, "127.0.0.1"), thing("Namespace", "v1", PLACE, namespace=None)])
        yield Cluster(server)


def deployment(name: str, image: str, replicas: int, *, place: str = PLACE, **spec: Any) -> dict[str, Any]:
    """Its pods are put onto a node at once: there is no scheduler."""
    containers = [{"name": "c", "image": image}]
    template = {"metadata": {"labels": {"app": name}}, "spec": {"nodeName": NODE, "containers": containers}}
    selector = {"matchLabels": {"app": name}}
    wanted = {"replicas": replicas, "selector": selector, "template": template, **spec}
    return thing("Deployment", "apps/v1", name, namespace=place, spec=wanted)


def test_a_rollout_gets_through_and_the_next_one_gets_stuck(cluster: Cluster) -> None:
    cluster.server.apply([deployment("web", "web:1", 2)])
    eventually(lambda: cluster.report("web", "web:1", RUNS) == 2)
    eventually(lambda: cluster.row("deployments", "web").get("status") == "Complete")
    assert cluster.told("Deployment", "web") == "Was rolled out"
    cluster.server.apply([deployment("web", "web:2", 2, progressDeadlineSeconds=1)])
    eventually(lambda: cluster.report("web", "web:2", NO_IMAGE, "Pending"))
    eventually(lambda: cluster.row("deployments", "web").get("status") == "Stuck")
    stuck = cluster.row("deployments", "web")
    assert (stuck["ready"], stuck["updated"], stuck["reason"]) == ("2/2", 1, "ProgressDeadlineExceeded")
    assert cluster.told("Deployment", "web") == "Its rollout is stuck: 1 of 2 updated"


def test_scaling_down_is_no_trouble_while_pods_end(cluster: Cluster) -> None:
    cluster.server.apply([deployment("many", "many:1", 3)])
    eventually(lambda: cluster.report("many", "many:1", RUNS) == 3)
    eventually(lambda: cluster.row("deployments", "many").get("status") == "Complete")
    cluster.server.apply([deployment("many", "many:1", 1)])
    eventually(lambda: cluster.row("deployments", "many").get("ready") == "1/1")
    assert {row["status"] for row in cluster.rows("pods", "many")} == {"Running", "Terminating"}
    assert [row["what"] for row in cluster.rows("stands-out", "many")] == ["Was rolled out"]
    cluster.let_end("many")
    eventually(lambda: len(cluster.rows("pods", "many")) == 1)
    assert cluster.row("deployments", "many")["status"] == "Complete"


def test_a_budget_that_allows_nothing_refuses_an_eviction(cluster: Cluster) -> None:
    """The numbers are the controller's, and the API server goes by them."""
    budget = {"minAvailable": 1, "selector": {"matchLabels": {"app": "only"}}}
    pdb = thing("PodDisruptionBudget", "policy/v1", "only", namespace=PLACE, spec=budget)
    cluster.server.apply([deployment("only", "only:1", 1), pdb])
    eventually(lambda: cluster.report("only", "only:1", RUNS))
    eventually(lambda: cluster.row("pdbs", "only").get("healthy") == 1)
    assert cluster.told("PDB", "only") == "Allows no evictions: its nodes cannot be drained"
    name = cluster.pods("only")[0]["metadata"]["name"]
    eviction = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": name, "namespace": PLACE}}
    server = cluster.server
    with (
        closing(JsonClient(server.url, server.token, server.authority)) as client,
        pytest.raises(ServerError, match="was answered 429"),
    ):
        client.request("POST", f"/api/v1/namespaces/{PLACE}/pods/{name}/eviction", eviction)


def test_a_job_that_gives_up_is_told_with_its_reason(cluster: Cluster) -> None:
    template = {"metadata": {"labels": {"app": "report"}}, "spec": {"nodeName": NODE, "restartPolicy": "Never"}}
    template["spec"]["containers"] = [{"name": "c", "image": "report:1"}]
    spec = {"backoffLimit": 0, "template": template}
    cluster.server.apply([thing("Job", "batch/v1", "report", namespace=PLACE, spec=spec)])
    eventually(lambda: cluster.report("report", "report:1", ENDED_BADLY, "Failed"))
    eventually(lambda: cluster.row("jobs", "report").get("status") == "Failed")
    assert cluster.told("Job", "report") == "Failed (BackoffLimitExceeded)"
    assert cluster.told("Pod", "report") == ""


def test_pods_that_are_refused_are_told_with_their_deployment(cluster: Cluster) -> None:
    """By the rules of their namespace; the controller tries again and again, in the API server's words."""
    place = "restricted"
    labels = {"labels": {"pod-security.kubernetes.io/enforce": place}}
    refused = deployment("refused", "odd:1", 1, place=place)
    cluster.server.apply([thing("Namespace", "v1", place, namespace=None, metadata=labels), refused])
    eventually(lambda: cluster.row("deployments", "refused", place).get("status") == "Refused")
    assert "violates PodSecurity" in cluster.row("deployments", "refused", place)["message"]
    assert cluster.told("Deployment", "refused", place) == "Its pods are refused"


def test_what_cannot_be_deleted_stays_and_says_why(cluster: Cluster) -> None:
    """A finalizer that nobody takes away, on a pod and in a namespace, whose controller says what remains."""
    held = {"metadata": {"finalizers": ["example.org/hold"]}}
    place, server = "held-on-to", cluster.server
    spec = {"containers": [{"name": "c", "image": "held:1"}], "nodeName": NODE}
    pod = thing("Pod", "v1", "held", namespace=PLACE, spec=spec, **held)
    namespace = thing("Namespace", "v1", place, namespace=None)
    server.apply([namespace, pod, thing("ConfigMap", "v1", "held", namespace=place, **held)])
    server.delete([namespace, pod])
    assert cluster.row("pods", "held")["status"] == "Terminating"
    assert cluster.row("pods", "held")["deleting_since"] is not None
    eventually(lambda: cluster.row("namespaces", place, "").get("message"))
    assert cluster.row("namespaces", place, "")["status"] == "Terminating"
    assert "example.org/hold in 1 resource instances" in cluster.row("namespaces", place, "")["message"]
    let_go = {"metadata": {"finalizers": []}}
    places = {"Pod": PLACE, "ConfigMap": place}
    server.change(thing(kind, "v1", "held", namespace=of_it, **let_go) for kind, of_it in places.items())
    eventually(lambda: not cluster.rows("namespaces", place, ""))
    assert cluster.rows("pods", "held") == []


def test_a_service_s_endpoints_are_those_the_controller_finds(cluster: Cluster) -> None:
    cluster.server.apply([deployment("back", "back:1", 2)])
    service = {"selector": {"app": "back"}, "ports": [{"port": 80}]}
    cluster.server.apply([thing("Service", "v1", "back", namespace=PLACE, spec=service)])
    eventually(lambda: cluster.report("back", "back:1", NO_IMAGE) == 2)
    eventually(lambda: cluster.row("endpointslices", "back").get("not_ready") == 2)
    assert cluster.told("Service", "back") == "Nothing to answer: none of 2 endpoints is ready"
    cluster.report("back", "back:1", RUNS)
    eventually(lambda: cluster.row("endpointslices", "back").get("not_ready") == 0)
    assert cluster.told("Service", "back") == ""


def test_an_autoscaler_without_a_metrics_server_cannot_scale(cluster: Cluster) -> None:
    cluster.server.apply([deployment("auto", "auto:1", 1)])
    eventually(lambda: cluster.report("auto", "auto:1", RUNS))
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "auto"}
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 60}}
    spec = {"scaleTargetRef": target, "maxReplicas": 3, "metrics": [{"type": "Resource", "resource": cpu}]}
    cluster.server.apply([thing("HorizontalPodAutoscaler", "autoscaling/v2", "auto", namespace=PLACE, spec=spec)])
    eventually(lambda: cluster.row("hpas", "auto").get("reason") == "FailedGetResourceMetric")
    assert cluster.told("HPA", "auto") == "Cannot scale (FailedGetResourceMetric)"


def test_a_cron_job_runs_and_its_last_success_is_told(cluster: Cluster) -> None:
    """Every minute, and made two minutes ago: the controller makes up for the last one that was missed."""
    container = {"name": "c", "image": "nightly:1"}
    pod = {"nodeName": NODE, "restartPolicy": "Never", "containers": [container]}
    template = {"metadata": {"labels": {"app": "nightly"}}, "spec": pod}
    spec = {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": template}}}
    made = {"metadata": {"creationTimestamp": ago(minutes=2)}}
    cluster.server.apply([thing("CronJob", "batch/v1", "nightly", namespace=PLACE, spec=spec, **made)])
    eventually(lambda: cluster.report("nightly", "nightly:1", ENDED_WELL, "Succeeded"))
    eventually(lambda: cluster.row("cronjobs", "nightly").get("last_success"))
    ran = cluster.row("cronjobs", "nightly")
    assert (ran["suspended"], ran["active"]) == (False, 0)
    assert ran["last_success_age_seconds"] < 120
    assert cluster.row("jobs", "nightly")["status"] == "Complete"
    assert cluster.told("CronJob", "nightly") == ""
