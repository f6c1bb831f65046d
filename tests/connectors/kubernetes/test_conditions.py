"""Which conditions are good when they are true, which when they are false, and which nobody here knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.kubernetes.conditions import (
    GOOD_WHEN_FALSE,
    GOOD_WHEN_TRUE,
    Verdict,
    healthy_status,
    judge_condition,
)
from connectors.kubernetes.judging import Morning
from connectors.kubernetes.judging.nodes import judge_node
from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW

MORNING = Morning(NOW, NOW - timedelta(hours=12))
LONG_AGO = "2026-11-01T06:00:00Z"

GOOD = """
    Ready EtcdIsVoter NetworkingReady KernelReady StorageReady ContainerRuntimeReady AcceleratedHardwareReady
    Accepted Programmed ResolvedRefs ContainersReady NodeHealthy Available ScalingActive
    target-health.elbv2.k8s.aws/ReadinessReady
"""
BAD = """
    MemoryPressure DiskPressure PIDPressure NetworkUnavailable KernelDeadlock ReadonlyFilesystem
    CorruptDockerOverlay2 FrequentKubeletRestart FrequentDockerRestart FrequentContainerdRestart
    FrequentUnregisterNetDevice KubeletUnhealthy ContainerRuntimeUnhealthy KubeletProblem NTPProblem OutOfDisk
    FilesystemCorruptionProblem VMEventScheduled FreezeScheduled RebootScheduled RedeployScheduled
    TerminateScheduled PreemptScheduled DNSProblem PartiallyInvalid Conflicted ReplicaFailure NodeNotReady
    DeprecatedMirrorsFieldsInContainerdConfiguration ModifyVolumeError ControllerResizeError
"""
UNFAMILIAR = "SomethingOfOurs KubeletConfigOk RebootRequired MaintenanceWindow Already"


@pytest.mark.parametrize(
    ("kinds", "good"), [(GOOD, True), (BAD, False), (UNFAMILIAR, None)], ids=["good", "bad", "unfamiliar"]
)
def test_what_a_condition_means_is_known(kinds: str, good: bool | None) -> None:
    assert {kind: healthy_status(kind) for kind in kinds.split()} == dict.fromkeys(kinds.split(), good)


def test_no_condition_is_good_both_ways() -> None:
    assert GOOD_WHEN_TRUE.isdisjoint(GOOD_WHEN_FALSE)


@pytest.mark.parametrize(
    ("kind", "status", "verdict"),
    [
        ("Ready", "True", Verdict.FINE),
        ("Ready", "False", Verdict.WRONG),
        ("Ready", "Unknown", Verdict.UNDECIDED),
        ("DiskPressure", "False", Verdict.FINE),
        ("DiskPressure", "True", Verdict.WRONG),
        ("SomethingOfOurs", "True", Verdict.UNFAMILIAR),
        ("SomethingOfOurs", "False", Verdict.UNFAMILIAR),
    ],
)
def test_a_status_is_judged_by_its_type(kind: str, status: str, verdict: Verdict) -> None:
    assert judge_condition({"type": kind, "status": status}) is verdict


def judged(*conditions: tuple[str, str], heard: str = "2026-11-23T05:56:00Z") -> list[tuple[str, str]]:
    said = [
        {"type": kind, "status": status, "lastTransitionTime": LONG_AGO, "lastHeartbeatTime": heard}
        for kind, status in (("Ready", "True"), *conditions)
    ]
    node: dict[str, Any] = {
        "metadata": {"name": "node-a", "creationTimestamp": LONG_AGO},
        "status": {"conditions": said},
    }
    [row] = KINDS["nodes"].rows(node, NOW)
    return [(one.what, one.severity.value) for one in judge_node(row, MORNING)]


def test_a_good_condition_of_a_node_does_not_stand_out() -> None:
    assert judged(("EtcdIsVoter", "True"), ("NetworkingReady", "True"), ("KernelDeadlock", "False")) == []


def test_a_good_condition_that_does_not_hold_stands_out() -> None:
    assert judged(("NetworkingReady", "False")) == [("Its network is not working", "failing")]
    assert judged(("StorageReady", "False")) == [("Reports StorageReady=False", "watch")]


def test_an_unfamiliar_condition_is_told_as_unknown_and_not_as_trouble() -> None:
    assert judged(("SomethingOfOurs", "True")) == [
        ("Says SomethingOfOurs=True: not known to be good or bad", "unknown")
    ]


def test_a_node_that_was_not_heard_from_for_long_stands_out_though_it_counts_as_ready() -> None:
    """Whoever would say that it is gone may be gone, too."""
    assert judged(heard="2026-11-23T05:30:00Z") == []
    assert judged(heard="2026-11-23T02:00:00Z") == [
        ("Counts as ready, but was last heard from 4 hours ago", "watch")
    ]
