"""Deployments, StatefulSets and DaemonSets: whether somebody is there first, then how far a rollout is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import JUDGES, Morning
from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW

MORNING = Morning(NOW, NOW - timedelta(hours=12))


def judged(kind: str, spec: dict[str, Any], status: dict[str, Any], generation: int = 1) -> tuple[str, list[str]]:
    """The word in the table, and what stands out with its severity."""
    metadata = {"name": "web", "namespace": "shop", "generation": generation}
    status = {"observedGeneration": 1, **status}
    [row] = KINDS[kind].rows({"metadata": metadata, "spec": spec, "status": status}, NOW)
    return row["status"], [f"{one.severity}: {one.what}" for one in JUDGES[kind](row, MORNING)]


NEW = {"currentRevision": "web-1", "updateRevision": "web-2"}
ON_DELETE = {"updateStrategy": {"type": "OnDelete"}}
FROM_TWO = {"updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 2}}}


@pytest.mark.parametrize(
    ("spec", "status", "word", "told"),
    [
        (
            {"replicas": 5},
            {"replicas": 5, "updatedReplicas": 1, **NEW},
            "Unavailable",
            ["failing: None of 5 ready"],
        ),
        ({"replicas": 5, **ON_DELETE}, {"replicas": 5, **NEW}, "Unavailable", ["failing: None of 5 ready"]),
        ({"replicas": 0}, {}, "Scaled to zero", []),
        (
            {"replicas": 3},
            {"replicas": 3, "readyReplicas": 3, "updatedReplicas": 1, **NEW},
            "Rolling out",
            ["changed lately: Is rolling out: 1 of 3 updated"],
        ),
        (
            {"replicas": 3, **ON_DELETE},
            {"replicas": 3, "readyReplicas": 3, "updatedReplicas": 1, **NEW},
            "Update waits",
            ["watch: Its update waits for pods to be deleted: 1 of 3 updated"],
        ),
        (
            {"replicas": 3, **FROM_TWO},
            {"replicas": 3, "readyReplicas": 3, "updatedReplicas": 1, **NEW},
            "Complete",
            [],
        ),
        (
            {"replicas": 3, **FROM_TWO},
            {"replicas": 3, "readyReplicas": 2, "updatedReplicas": 1, **NEW},
            "Unavailable",
            ["watch: Only 2/3 ready"],
        ),
    ],
)
def test_a_statefulset(spec: dict[str, Any], status: dict[str, Any], word: str, told: list[str]) -> None:
    assert judged("statefulsets", spec, status) == (word, told)


@pytest.mark.parametrize(
    ("spec", "status", "word", "told"),
    [
        ({}, {"desiredNumberScheduled": 4}, "Unavailable", ["failing: None of 4 ready"]),
        (
            {},
            {"desiredNumberScheduled": 4, "numberReady": 3, "updatedNumberScheduled": 2},
            "Rolling out",
            ["watch: Only 3/4 ready", "watch: Is rolling out: 2 of 4 updated"],
        ),
        (
            ON_DELETE,
            {"desiredNumberScheduled": 4, "numberReady": 4, "updatedNumberScheduled": 4},
            "Complete",
            [],
        ),
        (
            ON_DELETE,
            {"desiredNumberScheduled": 4, "numberReady": 4, "updatedNumberScheduled": 1},
            "Update waits",
            ["watch: Its update waits for pods to be deleted: 1 of 4 updated"],
        ),
    ],
)
def test_a_daemonset(spec: dict[str, Any], status: dict[str, Any], word: str, told: list[str]) -> None:
    assert judged("daemonsets", spec, status) == (word, told)


def progressing(status: str, reason: str) -> dict[str, Any]:
    return {"conditions": [{"type": "Progressing", "status": status, "reason": reason}]}


@pytest.mark.parametrize(
    ("spec", "status", "word", "told"),
    [
        (
            {"replicas": 5},
            {"replicas": 6, "updatedReplicas": 1, **progressing("True", "ReplicaSetUpdated")},
            "Unavailable",
            ["failing: None of 5 available"],
        ),
        ({"replicas": 5, "paused": True}, {"replicas": 5}, "Unavailable", ["failing: None of 5 available"]),
        (
            {"replicas": 2},
            {"replicas": 2, "availableReplicas": 1, **progressing("False", "ReplicaSetCreateError")},
            "Stuck",
            ["failing: Its rollout is stuck: 0 of 2 updated"],
        ),
        (
            {"replicas": 2, "paused": True},
            {"replicas": 2, "availableReplicas": 2, "updatedReplicas": 2},
            "Paused",
            ["watch: Its rollout is paused"],
        ),
        (
            {"replicas": 2, "paused": True},
            {"replicas": 2, "availableReplicas": 1, "updatedReplicas": 2},
            "Paused",
            ["watch: Only 1 of 2 available", "watch: Its rollout is paused"],
        ),
        ({"replicas": 0}, {"replicas": 1}, "Scaling down", []),
        ({"replicas": 0}, {}, "Scaled to zero", []),
    ],
)
def test_a_deployment(spec: dict[str, Any], status: dict[str, Any], word: str, told: list[str]) -> None:
    assert judged("deployments", spec, status) == (word, told)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("deployments", {"replicas": 2, "availableReplicas": 2, "updatedReplicas": 2}),
        ("statefulsets", {"replicas": 2, "readyReplicas": 2}),
        ("daemonsets", {"desiredNumberScheduled": 2, "numberReady": 2, "updatedNumberScheduled": 2}),
    ],
)
def test_what_no_controller_has_looked_at_is_not_complete(kind: str, status: dict[str, Any]) -> None:
    seen = {**status, "observedGeneration": 8}
    assert judged(kind, {"replicas": 2}, seen, generation=9) == (
        "Not seen yet",
        ["watch: Its controller has not seen its latest change"],
    )
    assert judged(kind, {"replicas": 2}, seen, generation=8) == ("Complete", [])


def test_a_daemonset_that_no_controller_ever_looked_at_is_not_one_that_no_node_wants() -> None:
    [row] = KINDS["daemonsets"].rows({"metadata": {"name": "logs", "generation": 1}, "spec": {}}, NOW)
    assert row["status"] == "Not seen yet"
