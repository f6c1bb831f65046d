"""What stands out about Deployments, StatefulSets, DaemonSets, Jobs and CronJobs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, lasting

LONG_RUN = timedelta(hours=6)
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
    elif word == "Paused":
        yield _finding("Deployment", deployment, "Its rollout is paused", since, Severity.WATCH, count)
    elif word == "Rolling out":
        what = f"Is rolling out: {deployment['updated']} of {desired} updated"
        late = morning.older(deployment["rolled_out"], LONG_ROLLOUT)
        severity = Severity.WATCH if late else Severity.CHANGED
        yield _finding("Deployment", deployment, what, deployment["rolled_out"], severity, count, shown)
    elif word == "Complete" and morning.lately(deployment["rolled_out"]):
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
    shown = ", ".join(workload["images"])
    if workload["status"] == "Unavailable":
        none_ready = workload["ready"].startswith("0/")
        severity = Severity.FAILING if none_ready else Severity.WATCH
        yield _finding(kind, workload, f"Only {workload['ready']} ready", since, severity, shown)
    elif workload["status"] == "Rolling out":
        what = f"Is rolling out: {workload['updated']} of {workload['desired']} updated"
        yield _finding(kind, workload, what, since, Severity.CHANGED, shown)


def judge_job(job: Seen, morning: Morning) -> Iterator[Finding]:
    owner = f"of {job['owner_kind']} {job['owner']}" if job["owner"] else None
    if job["status"] == "Failed":
        severity = Severity.FAILING if morning.lately(job["ended"]) else Severity.WATCH
        what = f"Failed ({job['reason']})" if job["reason"] else "Failed"
        yield _finding("Job", job, what, job["ended"], severity, job["message"], owner)
    elif job["status"] == "Running" and morning.older(job["started"], LONG_RUN):
        what = f"Has been running for {lasting(morning.now - job['started'])}"
        yield _finding("Job", job, what, job["started"], Severity.WATCH, owner)


def judge_cronjob(cronjob: Seen, _: Morning) -> Iterator[Finding]:
    """Only an API from batch/v1 on says when a run last succeeded; of an older one nothing is concluded."""
    scheduled, succeeded = cronjob["last_schedule"], cronjob["last_success"]
    plan = f"schedule {cronjob['schedule']}"
    if cronjob["suspended"]:
        yield _finding("CronJob", cronjob, "Is suspended", scheduled, Severity.WATCH, plan)
    elif scheduled and succeeded and succeeded < scheduled and not cronjob["active"]:
        yield _finding("CronJob", cronjob, "Its last run did not succeed", scheduled, Severity.FAILING, plan)
