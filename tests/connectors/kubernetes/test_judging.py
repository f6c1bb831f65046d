"""What stands out in the recorded cluster, kind by kind, in the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import JUDGES, TOGETHER, Finding, Morning, Severity
from connectors.kubernetes.judging.finding import span_in_words, times
from connectors.kubernetes.judging.pods import judge_pod
from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW, recorded

MORNING = Morning(NOW, NOW - timedelta(hours=12))


def findings(kind: str) -> list[Finding]:
    rows = [row for item in recorded(kind)["items"] for row in KINDS[kind].rows(item, NOW)]
    if kind in TOGETHER:
        return list(TOGETHER[kind]({kind: rows}, MORNING, whole=True))
    return [finding for row in rows for finding in JUDGES[kind](row, MORNING)]


def told(kind: str) -> dict[str, tuple[str, str]]:
    """Headline and severity by name, where each name has one finding."""
    found = findings(kind)
    assert len({one.name for one in found}) == len(found)
    return {one.name: (one.what, one.severity.value) for one in found}


def test_pods() -> None:
    assert told("pods") == {
        "checkout-7d9f8b6c5-crash": ("Keeps crashing, out of memory", "failing"),
        "basket-0": ("Restarted 3 times, exited with code 1", "watch"),
        "search-6c4-noimg": ("Cannot get its image", "failing"),
        "report-big": ("No node can take it", "failing"),
        "migrate-x1": (
            "Cannot start: its init container keeps crashing, exited with code 1",
            "failing",
        ),
        "cache-old": ("Was evicted (low on memory)", "watch"),
        "mail-leaving": ("Has been terminating for 2 hours", "watch"),
        "mesh-sidecar": ("Restarted once, exited with code 139", "watch"),
    }


def test_a_pod_s_finding_says_since_when_and_whose_it_is() -> None:
    crash = next(one for one in findings("pods") if one.name == "checkout-7d9f8b6c5-crash")
    assert crash.since is not None
    assert crash.since.isoformat() == "2026-11-23T05:40:00+00:00"
    assert "restarted 7 times" in crash.details
    assert "of Deployment checkout · on node-a" in crash.details


def test_nodes() -> None:
    found = {(one.name, one.what, one.severity.value) for one in findings("nodes")}
    assert found == {
        ("node-b", "Is low on memory", "failing"),
        ("node-b", "Takes no new pods (cordoned)", "watch"),
        ("node-c", "Does not answer", "failing"),
    }


def test_namespaces() -> None:
    assert told("namespaces") == {"old": ("Has been terminating for 24 hours", "watch")}


def test_deployments() -> None:
    assert told("deployments") == {
        "checkout": ("Only 2 of 3 available", "watch"),
        "search": ("Its rollout is stuck: 1 of 2 updated", "failing"),
        "front": ("Was rolled out", "changed lately"),
        "refused": ("Its pods are refused", "failing"),
        "paused": ("Its rollout is paused", "watch"),
        "rolling": ("Is rolling out: 2 of 4 updated", "changed lately"),
        "down": ("None of 1 available", "failing"),
    }


def test_sets() -> None:
    """A copy that is missing is told before how far a rollout is."""
    assert [(one.name, one.what, one.severity.value) for one in findings("statefulsets")] == [
        ("db", "Only 2/3 ready", "watch"),
        ("db", "Is rolling out: 1 of 3 updated", "watch"),
        ("queue", "Only 1/3 ready", "watch"),
    ]
    assert [one.what for one in findings("daemonsets")] == ["Only 2/3 ready", "Runs on 1 node where it should not"]


def test_jobs_and_cronjobs() -> None:
    assert told("jobs") == {
        "report-29400": ("Failed (BackoffLimitExceeded)", "failing"),
        "migrate": ("Has been running for 10 hours", "watch"),
    }
    assert told("cronjobs") == {
        "report": ("Its last run did not succeed", "failing"),
        "cleanup": ("Is suspended", "watch"),
    }


def test_room() -> None:
    assert told("hpas") == {
        "front": ("Has no room to grow: 6 of 6", "watch"),
        "blind": ("Cannot scale (FailedGetResourceMetric)", "failing"),
    }
    assert told("pdbs") == {
        "checkout": ("Fewer healthy pods than it requires: 2 of 3", "watch"),
        "db": ("Allows no evictions: its nodes cannot be drained", "watch"),
    }
    assert told("pvcs") == {
        "data-db-1": ("Reports FileSystemResizePending", "watch"),
        "waiting": ("Has been waiting for its first consumer, or for a volume, for 22 days", "unknown"),
        "lost": ("Has lost its volume", "failing"),
    }
    assert {one.what for one in findings("quotas")} == {
        "Is nearly full: requests.cpu at 95%",
        "Is full: requests.memory at 100%",
    }


def test_network() -> None:
    assert told("services") == {"waiting": ("Waits for an address", "watch")}
    assert told("endpointslices") == {"search": ("Nothing to answer: none of 2 endpoints is ready", "failing")}
    assert told("ingresses") == {"lost": ("No controller has given it an address", "watch")}
    assert told("gateways") == {
        "broken": ("Is not working (Invalid)", "failing"),
        "unclaimed": ("No controller has accepted it", "watch"),
    }
    assert told("httproutes") == {"nowhere": ("Is not working (BackendNotFound)", "failing")}


def test_events_that_come_again_and_again() -> None:
    assert {one.what for one in findings("events")} == {
        "BackOff, reported 40 times",
        "FailedScheduling, reported 9 times",
    }


HEALTHY: dict[str, Any] = {
    **dict.fromkeys(KINDS["pods"].columns),
    "namespace": "shop",
    "name": "web",
    "status": "Running",
    "phase": "Running",
    "ready": "1/1",
    "ready_ratio": 1.0,
    "restarts": 0,
    "owner": "",
    "owner_kind": "",
    "message": "",
    "created": NOW - timedelta(days=3),
    "ready_changed": NOW - timedelta(days=3),
}


def judged(**changes: Any) -> list[tuple[str, Severity]]:
    pod: Mapping[str, Any] = {**HEALTHY, **changes}
    return [(one.what, one.severity) for one in judge_pod(pod, MORNING)]


def test_a_healthy_pod_does_not_stand_out() -> None:
    assert judged() == []


@pytest.mark.parametrize(
    ("changes", "what", "severity"),
    [
        (
            {"status": "Unschedulable", "phase": "Pending", "created": NOW - timedelta(minutes=2)},
            "No node can take it",
            Severity.WATCH,
        ),
        ({"status": "Unknown"}, "Its node does not answer", Severity.FAILING),
        (
            {"status": "CreateContainerConfigError", "phase": "Pending"},
            "Cannot be started (CreateContainerConfigError)",
            Severity.FAILING,
        ),
        (
            {"status": "ContainerCreating", "phase": "Pending", "created": NOW - timedelta(minutes=25)},
            "Has been starting for 25 minutes (ContainerCreating)",
            Severity.WATCH,
        ),
        (
            {"ready": "1/2", "ready_ratio": 0.5, "ready_changed": NOW - timedelta(minutes=9)},
            "Runs but is not ready (1/2)",
            Severity.FAILING,
        ),
        (
            {"phase": "Failed", "status": "Error", "last_exit_code": 3, "ready_changed": NOW - timedelta(hours=1)},
            "Failed, exited with code 3",
            Severity.FAILING,
        ),
        (
            {"restarts": 2, "last_restart": NOW - timedelta(hours=1), "last_exit_code": 137},
            "Restarted twice, was killed (exit code 137)",
            Severity.WATCH,
        ),
    ],
)
def test_a_pod_stands_out(changes: dict[str, Any], what: str, severity: Severity) -> None:
    assert judged(**changes) == [(what, severity)]


@pytest.mark.parametrize(
    "changes",
    [
        {"restarts": 9, "last_restart": NOW - timedelta(days=2)},
        {"ready_ratio": 0.5, "ready_changed": NOW - timedelta(seconds=30)},
        {
            "status": "ContainerCreating",
            "phase": "Pending",
            "created": NOW - timedelta(minutes=1),
            "ready_ratio": 0.0,
        },
        {"status": "Terminating", "deleting_since": NOW - timedelta(minutes=1), "ready_ratio": 0.0},
        {"status": "Completed", "phase": "Succeeded", "ready_ratio": 0.0},
        {"status": "Error", "phase": "Failed", "owner_kind": "Job", "owner": "migrate"},
    ],
    ids=["restarted long ago", "just not ready", "just starting", "just ending", "done", "told with its job"],
)
def test_what_passes_does_not_stand_out(changes: dict[str, Any]) -> None:
    assert judged(**changes) == []


@pytest.mark.parametrize(
    ("reason", "message", "what"),
    [
        (
            "Evicted",
            "The node was low on resource: memory. Threshold quantity: 100Mi.",
            "Was evicted (low on memory)",
        ),
        ("Evicted", "The node had condition: [DiskPressure]. ", "Was evicted (its node had DiskPressure)"),
        (
            "Evicted",
            'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". ',
            "Was evicted (used more storage than allowed)",
        ),
        ("Evicted", "Somebody said so", "Was evicted"),
        ("Terminated", "Pod was terminated in response to imminent node shutdown.", "Ended as its node shut down"),
        ("NodeShutdown", "Pod was rejected as the node is shutting down.", "Ended as its node shut down"),
        ("Preempting", "Preempted in order to admit critical pod", "Gave way to a more important pod"),
        ("OutOfcpu", "Pod Node didn't have enough resource: cpu", "Was not admitted by its node (OutOfcpu)"),
        ("OutOfephemeral-storage", "", "Was not admitted by its node (OutOfephemeral-storage)"),
        ("UnexpectedAdmissionError", "Allocate failed", "Was not admitted by its node (UnexpectedAdmissionError)"),
        ("NodeAffinity", "", "Was not admitted by its node (NodeAffinity)"),
        ("DeadlineExceeded", "Pod was active too long", "Ran longer than it is allowed to (DeadlineExceeded)"),
        ("SomethingNew", "", "Failed, how it ended was not seen"),
    ],
)
def test_why_a_pod_as_a_whole_ended_comes_before_how_its_containers_did(
    reason: str, message: str, what: str
) -> None:
    ended = {"terminated": {"exitCode": 137, "reason": "ContainerStatusUnknown", "message": "not located"}}
    status = {
        "phase": "Failed",
        "reason": reason,
        "message": message,
        "containerStatuses": [{"name": "web", "restartCount": 1, "state": ended, "lastState": ended}],
    }
    metadata = {"name": "web", "namespace": "shop", "creationTimestamp": "2026-11-01T06:00:00Z"}
    [row] = KINDS["pods"].rows({"metadata": metadata, "spec": {"containers": [{}]}, "status": status}, NOW)
    assert row["status"] == reason
    assert [one.what for one in judge_pod(row, MORNING)] == [what]


def test_a_pod_of_a_lost_node_is_told_so_whether_it_is_going_away_or_not() -> None:
    for metadata in ({}, {"deletionTimestamp": "2026-11-23T01:00:00Z"}):
        status = {"phase": "Running", "reason": "NodeLost", "containerStatuses": [{"ready": True}]}
        [row] = KINDS["pods"].rows({"metadata": metadata, "status": status}, NOW)
        assert [one.what for one in judge_pod(row, MORNING)] == ["Its node does not answer"]


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        ("ReadinessGatesNotReady", "Runs but is not ready (1/1), a readiness gate is not met"),
        ("", "Runs but is not ready (1/1)"),
    ],
)
def test_a_pod_is_ready_when_it_says_so_and_not_when_its_containers_are(reason: str, what: str) -> None:
    found = {"type": "Ready", "status": "False", "reason": reason, "lastTransitionTime": "2026-11-23T01:00:00Z"}
    status = {
        "phase": "Running",
        "conditions": [found],
        "containerStatuses": [{"name": "web", "ready": True, "state": {"running": {}}}],
    }
    [row] = KINDS["pods"].rows({"metadata": {"name": "web"}, "spec": {"containers": [{}]}, "status": status}, NOW)
    assert [(one.what, one.severity) for one in judge_pod(row, MORNING)] == [(what, Severity.FAILING)]


def test_spans_and_counts_read_as_people_say_them() -> None:
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    spans = [
        timedelta(minutes=1),
        timedelta(minutes=119),
        timedelta(hours=2),
        timedelta(hours=47),
        timedelta(days=2),
    ]
    assert [span_in_words(span) for span in spans] == ["1 minute", "119 minutes", "2 hours", "47 hours", "2 days"]
