"""Jobs and CronJobs: what ran in the night, and what should have."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.kinds.images import images
from connectors.kubernetes.kinds.owners import owner
from connectors.kubernetes.kinds.schedules import missed_runs
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_true,
    moment,
    part,
    seconds_since,
    text,
    whole,
)
from connectors.kubernetes.resources import CRONJOBS, JOBS


def job_rows(job: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(job, "metadata"), part(job, "spec"), part(job, "status")
    failure, success = (
        _verdict(status, "Failed", "FailureTarget"),
        _verdict(status, "Complete", "SuccessCriteriaMet"),
    )
    started = moment(status, "startTime")
    ended = moment(status, "completionTime") or moment(failure, "lastTransitionTime")
    owner_kind, owner_name = owner(job)
    wanted = spec.get("completions")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": _job_word(spec, status, failed=is_true(failure), complete=is_true(success)),
            "active": count(status, "active"),
            "succeeded": count(status, "succeeded"),
            "failed": count(status, "failed"),
            "completions": whole(wanted),
            "started": started,
            "ended": ended,
            "duration_seconds": seconds_since(started, ended or now),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
            "owner_kind": owner_kind,
            "owner": owner_name,
            "images": images(each(spec, "template", "spec", "containers")),
            "reason": text(failure, "reason"),
            "message": text(failure, "message"),
        }
    ]


def _verdict(status: Object, over: str, decided: str) -> Object:
    """How it ended, or from 1.31 on how it will, while its last pods are still ending."""
    ended = condition(status, over)
    return ended if is_true(ended) else condition(status, decided)


def _job_word(spec: Object, status: Object, *, failed: bool, complete: bool) -> str:
    if failed:
        return "Failed"
    if complete:
        return "Complete"
    if spec.get("suspend"):
        return "Suspended"
    return "Running" if count(status, "active") else "Waiting"


def cronjob_rows(cronjob: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(cronjob, "metadata"), part(cronjob, "spec"), part(cronjob, "status")
    scheduled, succeeded = moment(status, "lastScheduleTime"), moment(status, "lastSuccessfulTime")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "schedule": text(spec, "schedule"),
            "time_zone": text(spec, "timeZone") or None,
            "suspended": bool(spec.get("suspend")),
            "active": len(each(status, "active")),
            "last_schedule": scheduled,
            "last_schedule_age_seconds": seconds_since(scheduled, now),
            "last_success": succeeded,
            "last_success_age_seconds": seconds_since(succeeded, now),
            **_missed(spec, scheduled, moment(metadata, "creationTimestamp"), now),
            "concurrency": text(spec, "concurrencyPolicy"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
            "images": images(each(spec, "jobTemplate", "spec", "template", "spec", "containers")),
        }
    ]


def _missed(spec: Object, last: datetime | None, made: datetime | None, now: datetime) -> Row:
    """Nothing is due while it is suspended."""
    missed = None
    if not spec.get("suspend"):
        missed = missed_runs(text(spec, "schedule"), text(spec, "timeZone"), last, made, now)
    return {"missed_runs": missed.runs if missed else None, "due_since": missed.first if missed else None}


JOB = ObjectKind(
    JOBS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "active": WHOLE,
        "succeeded": WHOLE,
        "failed": WHOLE,
        "completions": WHOLE,
        "started": TIME,
        "ended": TIME,
        "duration_seconds": NUMBER,
        "age_seconds": NUMBER,
        "owner_kind": TEXT,
        "owner": TEXT,
        "images": TEXTS,
        "reason": TEXT,
        "message": TEXT,
    },
    job_rows,
)
CRONJOB = ObjectKind(
    CRONJOBS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "schedule": TEXT,
        "time_zone": TEXT,
        "suspended": YES,
        "active": WHOLE,
        "last_schedule": TIME,
        "last_schedule_age_seconds": NUMBER,
        "last_success": TIME,
        "last_success_age_seconds": NUMBER,
        "missed_runs": WHOLE,
        "due_since": TIME,
        "concurrency": TEXT,
        "age_seconds": NUMBER,
        "images": TEXTS,
    },
    cronjob_rows,
    spoken=(),
)
