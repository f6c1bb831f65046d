"""What stands out about Jobs and CronJobs: what failed, and what never came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words, times
from connectors.kubernetes.kinds.schedules import MANY

LONG_RUN = timedelta(hours=6)
POD_PATIENCE = timedelta(minutes=10)
AGAIN_AND_AGAIN = 3
"""A Job that failed less often and goes on may well succeed."""
LATE = timedelta(hours=1)
"""From when on even a single run that did not come stands out."""
SEVERAL = 2


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))


def judge_job(job: Seen, morning: Morning) -> Iterator[Finding]:
    owner = f"of {job['owner_kind']} {job['owner']}" if job["owner"] else None
    word, started = job["status"], job["started"]
    began = started or morning.began(job)
    if word == "Failed":
        severity = Severity.FAILING if morning.is_recent(job["ended"]) else Severity.WATCH
        what = f"Failed ({job['reason']})" if job["reason"] else "Failed"
        yield _finding("Job", job, what, job["ended"], severity, job["message"], owner)
    elif word == "Running" and morning.older(started, LONG_RUN):
        what = f"Has been running for {span_in_words(morning.now - started)}"
        yield _finding("Job", job, what, started, Severity.WATCH, _failures(job), owner)
    elif word == "Waiting" and began and morning.older(began, POD_PATIENCE):
        what = f"Has had no pod for {span_in_words(morning.now - began)}"
        yield _finding("Job", job, what, began, Severity.WATCH, _failures(job), owner)
    elif word == "Running" and job["failed"] >= AGAIN_AND_AGAIN:
        yield _finding("Job", job, "Keeps being retried", started, Severity.WATCH, _failures(job), owner)


def _failures(job: Seen) -> str:
    return f"failed {times(job['failed'])}" if job["failed"] else ""


def judge_cronjob(cronjob: Seen, morning: Morning) -> Iterator[Finding]:
    """Only an API from batch/v1 on says when a run last succeeded; of an older one nothing is concluded."""
    scheduled, succeeded = cronjob["last_schedule"], cronjob["last_success"]
    zone = f" ({cronjob['time_zone']})" if cronjob["time_zone"] else ""
    plan = f"schedule {cronjob['schedule']}{zone}"
    if cronjob["suspended"]:
        yield _finding("CronJob", cronjob, "Is suspended", scheduled, Severity.WATCH, plan)
        return
    yield from _overdue(cronjob, morning, plan)
    if scheduled and succeeded and succeeded < scheduled and not cronjob["active"]:
        yield _finding("CronJob", cronjob, "Its last run did not succeed", scheduled, Severity.FAILING, plan)


def _overdue(cronjob: Seen, morning: Morning, plan: str) -> Iterator[Finding]:
    missed, due = cronjob["missed_runs"] or 0, cronjob["due_since"]
    if missed < SEVERAL and not (missed and morning.older(due, LATE)):
        return
    number = f"{'at least ' if missed >= MANY else ''}{missed} run{'' if missed == 1 else 's'}"
    if cronjob["active"] and cronjob["concurrency"] == "Forbid":
        what = f"Has missed {number}, as its last one is still running"
        yield _finding("CronJob", cronjob, what, due, Severity.WATCH, plan)
        return
    never = "" if cronjob["last_schedule"] else "Has never run: "
    what = f"{never}{number} missed" if never else f"Has missed {number}"
    severity = Severity.FAILING if missed >= SEVERAL else Severity.WATCH
    yield _finding("CronJob", cronjob, what, due, severity, plan)
