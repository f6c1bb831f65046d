"""What stands out about Deployments, StatefulSets and DaemonSets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts
from connectors.kubernetes.kinds.workloads import UNSEEN

UNNOTICED = "Its controller has not seen its latest change"
LONG_ROLLOUT = timedelta(minutes=30)


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))


def judge_deployment(deployment: Seen, morning: Morning) -> Iterator[Finding]:
    word, since = deployment["status"], deployment["since"]
    message, shown = deployment["message"], ", ".join(deployment["images"])
    available, desired = deployment["available"], deployment["desired"]
    severity = Severity.WATCH if available else Severity.FAILING
    count = f"{available} of {desired} available"
    if word == "Refused":
        yield _finding("Deployment", deployment, "Its pods are refused", since, Severity.FAILING, count, message)
    elif word == "Stuck":
        what = f"Its rollout is stuck: {deployment['updated']} of {desired} updated"
        yield _finding("Deployment", deployment, what, since, Severity.FAILING, count, message, shown)
    elif word == "Unavailable":
        what = f"Only {count}" if available else f"None of {desired} available"
        yield _finding("Deployment", deployment, what, since, severity, message)
    elif word == UNSEEN:
        yield _finding("Deployment", deployment, UNNOTICED, None, Severity.WATCH, count, shown)
    elif word == "Paused":
        if available < desired:
            yield _finding("Deployment", deployment, f"Only {count}", since, severity, message)
        yield _finding("Deployment", deployment, "Its rollout is paused", since, Severity.WATCH, count)
    elif word == "Rolling out":
        what = f"Is rolling out: {deployment['updated']} of {desired} updated"
        late = morning.older(deployment["rolled_out"], LONG_ROLLOUT)
        severity = Severity.WATCH if late else Severity.CHANGED
        yield _finding("Deployment", deployment, what, deployment["rolled_out"], severity, count, shown)
    elif word == "Complete" and morning.is_recent(deployment["rolled_out"]):
        revision = f"revision {deployment['revision']}" if deployment["revision"] else None
        yield _finding(
            "Deployment", deployment, "Was rolled out", deployment["rolled_out"], Severity.CHANGED, revision, shown
        )


def judge_statefulset(workload: Seen, _: Morning) -> Iterator[Finding]:
    yield from _judge_set("StatefulSet", workload, None)


def judge_daemonset(workload: Seen, _: Morning) -> Iterator[Finding]:
    yield from _judge_set("DaemonSet", workload, workload["since"])
    if workload["misscheduled"]:
        count = workload["misscheduled"]
        what = f"Runs on {count} node{'' if count == 1 else 's'} where it should not"
        yield _finding("DaemonSet", workload, what, None, Severity.WATCH)


def _judge_set(kind: str, workload: Seen, since: datetime | None) -> Iterator[Finding]:
    word, desired, updated = (
        workload["status"],
        workload["desired"],
        f"{workload['updated']} of {workload['desired']}",
    )
    shown = ", ".join(workload["images"])
    if desired and workload["ready"].startswith("0/"):
        yield _finding(kind, workload, f"None of {desired} ready", since, Severity.FAILING, shown)
        return
    missing = int(workload["ready"].partition("/")[0]) < desired
    if missing:
        yield _finding(kind, workload, f"Only {workload['ready']} ready", since, Severity.WATCH, shown)
    if word == UNSEEN:
        yield _finding(kind, workload, UNNOTICED, None, Severity.WATCH, shown)
    elif word == "Rolling out":
        severity = Severity.WATCH if missing else Severity.CHANGED
        yield _finding(kind, workload, f"Is rolling out: {updated} updated", since, severity, shown)
    elif word == "Update waits":
        what = f"Its update waits for pods to be deleted: {updated} updated"
        yield _finding(kind, workload, what, since, Severity.WATCH, shown)
