"""Two gatherings of a real API server and a real Prometheus, and what happened between them, each told right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.prometheus import PrometheusSource
from tests.live.kubernetes_objects import thing
from tests.servers import KubeApi, Prometheus
from tests.servers.fixtures import require
from tests.servers.metrics.remote_write import Series
from vistas.gathering.gather import gather
from vistas.mornings.comparison import compare_vistas
from vistas.mornings.followup import FollowUp, Outcome, follow_up
from vistas.redaction import Redactor
from vistas.routine import Routine
from vistas.snapshot import Window
from vistas.source import Deadline, Source
from vistas.vista import Vista, new_id
from vistas.vista.notice import Anchor, Notice, NoticeKind, Stretch, TableRow

pytestmark = pytest.mark.live

NAMESPACE = "two-mornings"
REDACTOR = Redactor(b"k" * 32)
HOUR = timedelta(hours=1)
ROUTINE = Routine.model_validate(
    {
        "routine": "two-mornings",
        "title": "Two mornings",
        "about": "What is there, and what fails.",
        "stops": [
            {
                "stop": "night",
                "title": "The night",
                "question": "What happened?",
                "why": "To know.",
                "normal": "Little.",
                "plainly": "What is there, and what fails.",
                "looks": [
                    {"look": "pods", "title": "Pods", "source": "kubernetes", "take": "pods"},
                    {"look": "deployments", "title": "Deployments", "source": "kubernetes", "take": "deployments"},
                    {
                        "look": "errors",
                        "title": "Errors",
                        "source": "prometheus",
                        "take": "range",
                        "query": "sum by (service) (rate(failed[5m])) / sum by (service) (rate(all[5m]))",
                        "unit": "ratio",
                    },
                ],
            }
        ],
    }
)


def deployment(name: str, image: str, copies: int) -> dict[str, Any]:
    labels = {"app": name}
    containers = [{"name": "web", "image": f"shop/{name}:{image}"}]
    template = {"metadata": {"labels": labels}, "spec": {"containers": containers}}
    spec = {"replicas": copies, "selector": {"matchLabels": labels}, "template": template}
    counts = dict.fromkeys(("replicas", "readyReplicas", "updatedReplicas", "availableReplicas"), copies)
    status = {**counts, "observedGeneration": 9}
    return thing("Deployment", "apps/v1", name, namespace=NAMESPACE, spec=spec, status=status)


def replica_set(name: str, owner: str, image: str, copies: int) -> dict[str, Any]:
    labels = {"app": owner, "pod-template-hash": name.rpartition("-")[2]}
    containers = [{"name": "web", "image": f"shop/{owner}:{image}"}]
    reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": owner, "uid": owner, "controller": True}
    template = {"metadata": {"labels": labels}, "spec": {"containers": containers}}
    spec = {"replicas": copies, "selector": {"matchLabels": labels}, "template": template}
    metadata = {"ownerReferences": [reference], "labels": labels}
    status = {"replicas": copies, "readyReplicas": copies}
    return thing("ReplicaSet", "apps/v1", name, namespace=NAMESPACE, metadata=metadata, spec=spec, status=status)


def pod(name: str, owner: str, image: str, *, restarts: int = 0) -> dict[str, Any]:
    """A running one of a replica set."""
    app, _, template = owner.rpartition("-")
    reference = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "uid": owner, "controller": True}
    metadata = {"ownerReferences": [reference], "labels": {"app": app, "pod-template-hash": template}}
    spec = {"containers": [{"name": "web", "image": f"shop/{app}:{image}"}]}
    running = {
        "name": "web",
        "image": f"shop/{app}:{image}",
        "imageID": "x",
        "ready": True,
        "started": True,
        "restartCount": restarts,
        "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}},
        "lastState": {},
    }
    conditions = [{"type": "Ready", "status": "True"}, {"type": "Initialized", "status": "True"}]
    status = {"phase": "Running", "containerStatuses": [running], "conditions": conditions}
    return thing("Pod", "v1", name, namespace=NAMESPACE, metadata=metadata, spec=spec, status=status)


THEN = [
    deployment("cart", "1.4.2", 2),
    replica_set("cart-6d4cf56db6", "cart", "1.4.2", 2),
    pod("cart-6d4cf56db6-x4k2z", "cart-6d4cf56db6", "1.4.2", restarts=17),
    pod("cart-6d4cf56db6-q8wtl", "cart-6d4cf56db6", "1.4.2"),
    deployment("search", "7", 3),
    replica_set("search-7f9b8d6c5d", "search", "7", 3),
    *(pod(f"search-7f9b8d6c5d-{end}", "search-7f9b8d6c5d", "7") for end in ("b2vnm", "d5hjx", "f7sgp")),
    deployment("legacy", "1", 1),
    replica_set("legacy-5c8b9f7d64", "legacy", "1", 1),
    pod("legacy-5c8b9f7d64-lq9rw", "legacy-5c8b9f7d64", "1"),
    deployment("mail", "3", 1),
    replica_set("mail-84d7fbc9c5", "mail", "3", 1),
    pod("mail-84d7fbc9c5-m4c8t", "mail-84d7fbc9c5", "3"),
]


def named(*names: str) -> list[dict[str, Any]]:
    return [each for each in THEN if each["metadata"]["name"] in names]


def let_a_night_pass(cluster: KubeApi) -> None:
    """A rollout of `cart`, a scale-down of `search`, `legacy` deleted, and another pod for `mail`."""
    cluster.delete(named("cart-6d4cf56db6", "cart-6d4cf56db6-x4k2z", "cart-6d4cf56db6-q8wtl"))
    cluster.delete(
        named(
            "search-7f9b8d6c5d-d5hjx",
            "search-7f9b8d6c5d-f7sgp",
            "legacy",
            "legacy-5c8b9f7d64",
            "legacy-5c8b9f7d64-lq9rw",
        )
    )
    cluster.delete(named("mail-84d7fbc9c5-m4c8t"))
    cluster.apply(
        [
            deployment("cart", "1.4.3", 2),
            replica_set("cart-9b7d5c4f8", "cart", "1.4.3", 2),
            pod("cart-9b7d5c4f8-h9s2d", "cart-9b7d5c4f8", "1.4.3"),
            pod("cart-9b7d5c4f8-n3r7v", "cart-9b7d5c4f8", "1.4.3"),
            deployment("search", "7", 1),
            replica_set("search-7f9b8d6c5d", "search", "7", 1),
            pod("mail-84d7fbc9c5-z6k5b", "mail-84d7fbc9c5", "3"),
        ]
    )


def counters(until: datetime) -> Iterator[Series]:
    """Two services for three hours: a share of one fails, more of it in the last fifty minutes."""
    moments = [until.timestamp() - back for back in range(3 * 3600, -1, -15)]
    late = until.timestamp() - 3000
    for service, share in (("cart", lambda at: 0.01 if at < late else 0.08), ("search", lambda _at: 0.002)):
        failed, everything = 0.0, 0.0
        told: dict[str, list[tuple[float, float]]] = {"failed": [], "all": []}
        for at in moments:
            everything += 150
            failed += 150 * share(at)
            told["failed"].append((at, failed))
            told["all"].append((at, everything))
        for name, samples in told.items():
            yield Series({"__name__": name, "service": service}, samples)


@pytest.fixture(scope="module")
def mornings() -> Iterator[tuple[Vista, Vista]]:
    require("etcd", "kube-apiserver", "prometheus")
    end = datetime.now(UTC).replace(microsecond=0)
    with KubeApi() as cluster, Prometheus() as metrics:
        metrics.remote_write(counters(end))
        cluster.apply([thing("Namespace", "v1", NAMESPACE, namespace=None), *THEN])
        then = gathered(cluster, metrics, end - HOUR)
        let_a_night_pass(cluster)
        yield then, gathered(cluster, metrics, end)


def gathered(cluster: KubeApi, metrics: Prometheus, end: datetime) -> Vista:
    sources: list[Source] = [
        KubernetesSource.from_settings("cluster", {"kubeconfig": str(cluster.kubeconfig)}, REDACTOR),
        PrometheusSource.from_settings("metrics", {"url": metrics.url}, REDACTOR),
    ]
    window = Window.ending(end, HOUR)
    taken = gather(ROUTINE, sources, window, deadline=Deadline(timedelta(seconds=60)), redactor=REDACTOR)
    assert [each.gap for each in taken if each.gap] == []
    return Vista(new_id(), ROUTINE, window, "Maya", end, snapshots=tuple(taken))


def became(mornings: tuple[Vista, Vista], anchor: Anchor) -> FollowUp:
    """Of a notice that was made there then."""
    then, now = mornings
    made = Notice(
        id=new_id(),
        stop="night",
        author="Maya",
        kind=NoticeKind.SURPRISED,
        text="look at that",
        anchor=anchor,
        written_at=then.window.end,
    )
    return follow_up(made, then, now)


RESTARTING = "running, 1 of 1 ready, restarted 17 times"
CART = "cart-6d4cf56db6-x4k2z"


@pytest.mark.parametrize(
    ("look", "name", "outcome", "sentence"),
    [
        (
            "pods",
            CART,
            Outcome.FOUND_BY_OWNER,
            f"{RESTARTING} then; that pod is gone, its deployment now runs 1.4.3, 2 of 2 ready",
        ),
        ("deployments", "cart", Outcome.FOUND, "version 1.4.2 then; version 1.4.3 today"),
        ("deployments", "search", Outcome.FOUND, "3 of 3 ready then; 1 of 1 ready today"),
        (
            "deployments",
            "legacy",
            Outcome.GONE,
            "complete, 1 of 1 ready, version 1 then; that deployment is gone",
        ),
        (
            "pods",
            "legacy-5c8b9f7d64-lq9rw",
            Outcome.GONE,
            "running, 1 of 1 ready, no restart then; that pod is gone, and so is its deployment",
        ),
        (
            "pods",
            "mail-84d7fbc9c5-m4c8t",
            Outcome.FOUND_BY_OWNER,
            "running, 1 of 1 ready, no restart then; that pod is gone, its deployment now runs 3, 1 of 1 ready",
        ),
        (
            "deployments",
            "mail",
            Outcome.FOUND,
            "complete, 1 of 1 ready, version 3 then, and the same today",
        ),
    ],
    ids=[
        "rollout",
        "its deployment",
        "scale-down",
        "deletion",
        "a pod of it",
        "renamed pod",
        "its deployment still",
    ],
)
def test_what_became_of_an_object(
    look: str, name: str, outcome: Outcome, sentence: str, mornings: tuple[Vista, Vista]
) -> None:
    found = became(mornings, TableRow(look=look, source="cluster", key={"namespace": NAMESPACE, "name": name}))
    assert (found.outcome, found.sentence) == (outcome, sentence)


def test_what_let_go_of_a_pods_name_says_so(mornings: tuple[Vista, Vista]) -> None:
    found = became(mornings, TableRow(look="pods", source="cluster", key={"namespace": NAMESPACE, "name": CART}))
    assert (found.let_go, found.owner) == (("name",), "deployment cart")


@pytest.mark.parametrize(
    ("service", "sentence"),
    [
        ("cart", "cart: 1 % then, up to 8 % in the last hour today"),
        ("search", "search: 0.2 % then, 0.2 % in the last hour today"),
    ],
)
def test_what_became_of_a_share_of_errors(service: str, sentence: str, mornings: tuple[Vista, Vista]) -> None:
    end = mornings[0].window.end
    anchor = Stretch(look="errors", source="metrics", start=end - HOUR, end=end, series=({"service": service},))
    assert became(mornings, anchor).sentence == sentence


def test_what_is_different_is_all_that_happened(mornings: tuple[Vista, Vista]) -> None:
    """By what owns the pods, whose names all changed; where nothing but a name did, there is nothing to tell."""
    told = {
        look.now.look: [change.sentence for change in look.difference.changes]
        for stop in compare_vistas(*mornings).stops
        for look in stop.looks
        if look.now
    }
    errors = told.pop("errors")
    assert told == {
        "pods": [
            f"{NAMESPACE}/legacy (Deployment) is gone; then: 1 pod, shop/legacy:1, Running.",
            f"{NAMESPACE}/cart (Deployment): images shop/cart:1.4.3, was shop/cart:1.4.2; restarts 0, was 17.",
            f"{NAMESPACE}/search (Deployment): pods 1, was 3.",
        ],
        "deployments": [
            f"{NAMESPACE}/legacy is gone; then: Complete.",
            f"{NAMESPACE}/cart: images shop/cart:1.4.3, was shop/cart:1.4.2.",
            f"{NAMESPACE}/search: ready 1/1, was 3/3; desired 1, was 3; updated 1, was 3; available 1, was 3.",
        ],
    }
    (only,) = errors
    assert only.startswith("cart: typically 8 %, was 1 %; at most 8 %, was 1 %")
