"""What stands out about nodes and namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words

END_PATIENCE = timedelta(minutes=10)
SILENCE = timedelta(hours=1)
"""A kubelet tells how its node is every five minutes; a node's lease, which is told far oftener, is not read."""
NEARLY_ALL = 0.9

PRESSURE = {
    "MemoryPressure": "Is low on memory",
    "DiskPressure": "Is low on disk",
    "PIDPressure": "Is low on process ids",
    "NetworkUnavailable": "Has no network",
    "NetworkingReady=False": "Its network is not working",
    "KernelDeadlock": "Its kernel hangs",
    "KernelReady=False": "Its kernel has a problem",
    "ReadonlyFilesystem": "Its file system cannot be written to",
    "ContainerRuntimeUnhealthy": "Its container runtime has a problem",
    "ContainerRuntimeReady=False": "Its container runtime has a problem",
    "KubeletUnhealthy": "Its kubelet has a problem",
}


def judge_node(node: Seen, morning: Morning) -> Iterator[Finding]:
    """A node that is gone says nothing more; the others may say several things."""

    def finding(what: str, severity: Severity, since: datetime | None = None) -> Finding:
        details = facts(node["message"], node["zone"])
        return Finding("Node", "", node["name"], what, since or node["status_since"], severity, details)

    if node["status"].startswith("NotReady"):
        yield finding("Is not ready", Severity.FAILING)
        return
    if node["status"].startswith("Unknown"):
        yield finding("Does not answer", Severity.FAILING, node["heard_from"])
        return
    for kind in node["pressure"]:
        known = PRESSURE.get(kind)
        yield finding(known or f"Reports {kind}", Severity.FAILING if known else Severity.WATCH)
    if node["unclear"]:
        yield finding(f"Says {', '.join(node['unclear'])}: not known to be good or bad", Severity.UNKNOWN)
    if morning.older(heard := node["heard_from"], SILENCE):
        what = f"Counts as ready, but was last heard from {span_in_words(morning.now - heard)} ago"
        yield finding(what, Severity.WATCH, heard)
    if node["unschedulable"]:
        yield finding("Takes no new pods (cordoned)", Severity.WATCH)
    elif morning.is_recent(began := morning.began(node)):
        yield finding("Joined the cluster", Severity.CHANGED, began)


def judge_namespace(namespace: Seen, morning: Morning) -> Iterator[Finding]:
    since = namespace["deleting_since"]
    if namespace["status"] == "Terminating" and morning.older(since, END_PATIENCE):
        what = f"Has been terminating for {span_in_words(morning.now - since)}"
        yield Finding("Namespace", "", namespace["name"], what, since, Severity.WATCH, namespace["message"])


def judge_node_usage(usage: Seen, _: Morning) -> Iterator[Finding]:
    for share, thing in (("cpu_ratio", "CPU"), ("memory_ratio", "memory")):
        if (usage[share] or 0.0) >= NEARLY_ALL:
            what = f"Uses {usage[share]:.0%} of its {thing}"
            yield Finding("Node", "", usage["name"], what, usage["measured"], Severity.WATCH)


def judge_pod_usage(usage: Seen, _: Morning) -> Iterator[Finding]:
    if (usage["memory_limit_ratio"] or 0.0) >= NEARLY_ALL:
        what = f"Uses {usage['memory_limit_ratio']:.0%} of its memory limit"
        yield Finding("Pod", usage["namespace"], usage["name"], what, usage["measured"], Severity.WATCH)
