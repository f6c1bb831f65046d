"""What stands out in the recorded cluster, kind by kind, in the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import JUDGES, Finding, Morning, Severity
from connectors.kubernetes.judging.finding import lasting, times
from connectors.kubernetes.judging.pods import judge_pod
from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW, recorded

MORNING = Morning(NOW, NOW - timedelta(hours=12))


def findings(kind: str) -> list[Finding]:
    rows = (row for item in recorded(kind)["items"] for row in KINDS[kind].rows(item, NOW))
    return [finding for row in rows for finding in JUDGES[kind](row, MORNING)]


def told(kind: str) -> dict[str, tuple[str, str]]:
    """Headline and severity by name, where each name has one finding."""
    found = findings(kind)
    assert len({one.name for one in found}) == len(found)
    return {one.name: (one.what, one.severity.value) for one in found}


def test_pods() -> None:
    assert told("pods") == {
        "checkout-7d9f8b6c5-crash": ("Keeps crashing, out of memory", "failing"),
        "basket-0": ("Restarted 3 times, ended with exit code 1", "watch"),
        "search-6c4-noimg": ("Cannot get its image", "failing"),
        "report-big": ("No node will take it", "failing"),
        "migrate-x1": (
            "Cannot start: its init container keeps crashing, ended with exit code 1",
            "failing",
        ),
        "cache-old": ("Was evicted", "watch"),
        "mail-leaving": ("Has been ending for 2 hours", "watch"),
        "mesh-sidecar": ("Restarted once, ended with exit code 139", "watch"),
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
        ("node-b", "Is short of memory", "failing"),
        ("node-b", "Takes no new pods (cordoned)", "watch"),
        ("node-c", "Does not answer", "failing"),
    }


def test_namespaces() -> None:
    assert told("namespaces") == {"old": ("Has been going away for 24 hours", "watch")}


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
    assert told("statefulsets") == {
        "db": ("Is rolling out: 1 of 3 updated", "changed lately"),
        "queue": ("Only 1/3 ready", "watch"),
    }
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
        "checkout": ("Fewer healthy pods than it promises: 2 of 3", "watch"),
        "db": ("Lets no pod go: its nodes cannot be drained", "watch"),
    }
    assert told("pvcs") == {
        "data-db-1": ("Reports FileSystemResizePending", "watch"),
        "waiting": ("Has been waiting for a volume for 22 days", "watch"),
        "lost": ("Has lost its volume", "failing"),
    }
    assert {one.what for one in findings("quotas")} == {
        "Is nearly full: requests.cpu at 95%",
        "Is full: requests.memory at 100%",
    }


def test_network() -> None:
    assert told("services") == {"waiting": ("Waits for an address", "watch")}
    assert told("endpointslices") == {"search": ("Nobody to answer: none of 2 endpoints is ready", "failing")}
    assert told("ingresses") == {"lost": ("No controller gave it an address", "watch")}
    assert told("gateways") == {
        "broken": ("Is not working (Invalid)", "failing"),
        "unclaimed": ("No controller has taken it", "watch"),
    }
    assert told("httproutes") == {"nowhere": ("Is not working (BackendNotFound)", "failing")}


def test_events_that_come_again_and_again() -> None:
    assert {one.what for one in findings("events")} == {
        "BackOff, said 40 times",
        "FailedScheduling, said 9 times",
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
            "No node will take it",
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
            "Failed, ended with exit code 3",
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


def test_spans_and_counts_read_as_people_say_them() -> None:
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    spans = [
        timedelta(minutes=1),
        timedelta(minutes=119),
        timedelta(hours=2),
        timedelta(hours=47),
        timedelta(days=2),
    ]
    assert [lasting(span) for span in spans] == ["1 minute", "119 minutes", "2 hours", "47 hours", "2 days"]
