"""Why a pod as a whole ended, in plain words. Reasons: kubelet, node lifecycle and pod garbage collection."""

from __future__ import annotations

import re

from connectors.kubernetes.judging.finding import Seen

EVICTED = "Evicted"
_SHORT_OF = re.compile(r"low on resource: ([\w./-]*\w)")
_CONDITION = re.compile(r"node had condition: \[([\w, ]+)\]")
_OVER_LIMIT = re.compile(r"exceed(?:s|ed)\b.*\b(?:limit|storage)", re.IGNORECASE)
_SHUT_DOWN = frozenset({"Terminated", "Shutdown", "NodeShutdown"})
_GAVE_WAY = frozenset({"Preempting", "Preempted"})
_NOT_ADMITTED = re.compile(
    r"OutOf\w[\w.-]*|NodeAffinity|NodeName|NodePorts|NodeSelectorMismatching|UnexpectedAdmissionError"
    r"|UnexpectedPredicateFailureType|TopologyAffinityError|SysctlForbidden|AppArmor|Seccomp|PodOSNotSupported"
    r"|PodOSSelectorNodeLabelDoesNotMatch|PodLevelResourcesNotSupported|InvalidNodeInfo|SMTAlignmentError"
    r"|ResourceAllocationError"
)


def how_it_failed(pod: Seen) -> str:
    """The headline of a pod whose phase is Failed; empty where only its containers tell."""
    reason, message = pod["status"], pod["message"] or ""
    if reason == EVICTED:
        why = _why_evicted(message)
        return f"Was evicted ({why})" if why else "Was evicted"
    if reason in _SHUT_DOWN:
        return "Ended as its node shut down"
    if reason in _GAVE_WAY:
        return "Gave way to a more important pod"
    if reason == "DeadlineExceeded":
        return "Ran longer than it is allowed to (DeadlineExceeded)"
    return f"Was not admitted by its node ({reason})" if _NOT_ADMITTED.fullmatch(reason) else ""


def _why_evicted(message: str) -> str:
    if found := _SHORT_OF.search(message):
        return f"low on {found[1]}"
    if found := _CONDITION.search(message):
        return f"its node had {found[1]}"
    return "used more storage than allowed" if _OVER_LIMIT.search(message) else ""
