"""Whether a condition is good when it is true or when it is false: known, never guessed from its being true.

From the documentation of Kubernetes, the Gateway API, node-problem-detector, k3s and RKE2, Cluster API, and the
node monitoring of EKS, AKS and GKE.
"""

from __future__ import annotations

import re
from enum import Enum

from connectors.kubernetes.objects import Object, is_false, is_true, text

GOOD_WHEN_TRUE = frozenset(
    {
        "Accepted",
        "Available",
        "AbleToScale",
        "Attached",
        "Complete",
        "ContainersReady",
        "DisruptionAllowed",
        "Established",
        "EtcdIsVoter",
        "Healthy",
        "Initialized",
        "NamesAccepted",
        "PodScheduled",
        "Programmed",
        "Progressing",
        "Provisioned",
        "Ready",
        "Reconciled",
        "ResolvedRefs",
        "ScalingActive",
        "Scheduled",
        "Succeeded",
        "Synced",
        "Valid",
        "Validated",
    }
)
GOOD_WHEN_FALSE = frozenset(
    {
        "Conflicted",
        "ConfigDrift",
        "CperHardwareErrorFatal",
        "Degraded",
        "Detached",
        "Failed",
        "FilesystemIsReadOnly",
        "InvalidConfiguration",
        "NonStructuralSchema",
        "NTPProblem",
        "OutOfDisk",
        "OverlappingTLSConfig",
        "PartiallyInvalid",
        "ReadonlyFilesystem",
        "ReplicaFailure",
        "Stalled",
        "Terminating",
        "TopologyAmbiguous",
        "UnsupportedValue",
        "VMEventScheduled",
        "XfsHasShutDown",
    }
)
_GOOD = re.compile(r"(?<!Not)(?<!Un)(?:Ready|Healthy|Available|Succeeded|Synced|Reconciled|UpToDate|Voter)\Z")
_BAD = re.compile(
    r"(?:Pressure|Problem|Deadlock|Unhealthy|Unavailable|NotReady|Failure|Failed|Errors?|Degraded|Stalled"
    r"|(?:Freeze|Reboot|Redeploy|Terminate|Preempt|Maintenance)Scheduled|ReadOnly|Readonly|Overlay2|Hung|Corrupted)\Z"
    r"|\A(?:Frequent|Corrupt|Deprecated|Readonly|ReadOnly)(?=[A-Z])"
)


class Verdict(Enum):
    FINE = "fine"
    WRONG = "wrong"
    UNDECIDED = "undecided"
    """Its controller does not know, or has not said."""
    UNFAMILIAR = "unfamiliar"
    """Nobody here knows whether it is good."""


def healthy_status(kind: str) -> bool | None:
    """The status in which a condition of this type is as it should be; None where that is not known."""
    name = kind.rpartition("/")[2]
    if name in GOOD_WHEN_TRUE:
        return True
    if name in GOOD_WHEN_FALSE or _BAD.search(name):
        return False
    return True if _GOOD.search(name) else None


def judge_condition(found: Object) -> Verdict:
    good = healthy_status(text(found, "type"))
    if good is None:
        return Verdict.UNFAMILIAR
    if not (is_true(found) or is_false(found)):
        return Verdict.UNDECIDED
    return Verdict.FINE if is_true(found) is good else Verdict.WRONG


def named(found: Object) -> str:
    """`MemoryPressure` where it holds, `NetworkingReady=False` where it does not."""
    kind, status = text(found, "type"), text(found, "status")
    return kind if status == "True" else f"{kind}={status or 'Unknown'}"
