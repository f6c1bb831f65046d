"""Velero's Backups and Schedules: what was saved, and what should have been.

Fields: Velero 1.17, `velero.io/v1`.
"""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.kinds.schedules import missed_runs
from connectors.kubernetes.objects import Object, count, latest, moment, part, seconds_since, text, words
from connectors.kubernetes.resources import BACKUP_SCHEDULES, BACKUPS

SCHEDULE_OF = "velero.io/schedule-name"


def backup_rows(backup: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(backup, "metadata"), part(backup, "spec"), part(backup, "status")
    said = [text(status, "failureReason"), *words(status, "validationErrors")]
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": text(status, "phase") or "New",
            "schedule": text(part(metadata, "labels"), SCHEDULE_OF),
            "storage": text(spec, "storageLocation"),
            "started": moment(status, "startTimestamp") or moment(metadata, "creationTimestamp"),
            "ended": moment(status, "completionTimestamp"),
            "expires": moment(status, "expiration"),
            "errors": count(status, "errors"),
            "warnings": count(status, "warnings"),
            "message": "; ".join(filter(None, said)),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def backup_schedule_rows(schedule: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(schedule, "metadata"), part(schedule, "spec"), part(schedule, "status")
    plan, last = text(spec, "schedule"), moment(status, "lastBackup")
    counts_from = latest(last, moment(status, "lastSkipped"))
    paused = spec.get("paused") is True
    made = moment(metadata, "creationTimestamp")
    missed = None if paused else missed_runs(plan, "", counts_from, made, now)
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": text(status, "phase") or "New",
            "schedule": plan,
            "paused": paused,
            "last_backup": last,
            "last_backup_age_seconds": seconds_since(last, now),
            "missed_runs": missed.runs if missed else None,
            "due_since": missed.first if missed else None,
            "message": "; ".join(words(status, "validationErrors")),
            "age_seconds": seconds_since(made, now),
        }
    ]


BACKUP = ObjectKind(
    BACKUPS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "schedule": TEXT,
        "started": TIME,
        "ended": TIME,
        "errors": WHOLE,
        "warnings": WHOLE,
        "message": TEXT,
        "storage": TEXT,
        "expires": TIME,
        "age_seconds": NUMBER,
    },
    backup_rows,
)
BACKUP_SCHEDULE = ObjectKind(
    BACKUP_SCHEDULES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "schedule": TEXT,
        "paused": YES,
        "last_backup": TIME,
        "last_backup_age_seconds": NUMBER,
        "missed_runs": WHOLE,
        "due_since": TIME,
        "message": TEXT,
        "age_seconds": NUMBER,
    },
    backup_schedule_rows,
)
