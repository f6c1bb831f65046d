"""Argo CD's Applications: whether the cluster is what git says, and what was synced when.

Fields: Argo CD 3.6, `argoproj.io/v1alpha1`. Its conditions have no status: each is an error or a warning.
"""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, ObjectKind, Row
from connectors.kubernetes.kinds.operators.changes import CHANGE, CHANGE_KEY, CHANGE_SPOKEN, change
from connectors.kubernetes.kinds.operators.revisions import short_revision
from connectors.kubernetes.objects import Object, each, latest, moment, part, seconds_since, text, words
from connectors.kubernetes.resources import APPLICATIONS

FAILED = frozenset({"Failed", "Error"})
AUTOMATIC = "automated sync"


def application_rows(application: Object, now: datetime) -> list[Row]:
    metadata, status = part(application, "metadata"), part(application, "status")
    operation, health = part(status, "operationState"), part(status, "health")
    complaints = [one for one in each(status, "conditions") if text(one, "type").endswith("Error")]
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "project": text(part(application, "spec"), "project"),
            "sync": text(part(status, "sync"), "status"),
            "health": text(health, "status"),
            "health_message": text(health, "message"),
            "health_since": moment(health, "lastTransitionTime"),
            "revision": _revision(part(status, "sync")),
            "operation": text(operation, "phase"),
            "operation_message": text(operation, "message"),
            "operation_started": moment(operation, "startedAt"),
            "operation_ended": moment(operation, "finishedAt"),
            "errors": [text(one, "type") for one in complaints],
            "message": "; ".join(dict.fromkeys(said for one in complaints if (said := text(one, "message")))),
            "since": min((at for one in complaints if (at := moment(one, "lastTransitionTime"))), default=None),
            "deployed": latest(*(moment(one, "deployedAt") for one in each(status, "history"))),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _revision(synced: Object) -> str:
    """Where an application has several sources, each has one."""
    told = words(synced, "revisions") or [text(synced, "revision")]
    return ", ".join(short_revision(one) for one in told if one)


def application_changes(application: Object, _: datetime) -> list[Row]:
    """Each sync that was made and is remembered, and the last one where it failed."""
    status = part(application, "status")
    operation = part(status, "operationState")
    made = [
        change(
            "Application",
            application,
            at=moment(one, "deployedAt"),
            revision=_revision(one),
            result="deployed",
            by=_by(one),
            details=_from(one),
        )
        for one in each(status, "history")
    ]
    if text(operation, "phase") in FAILED:
        wanted = part(operation, "operation")
        made.append(
            change(
                "Application",
                application,
                at=moment(operation, "finishedAt"),
                revision=_revision(part(operation, "syncResult")),
                result="failed",
                by=_by(wanted),
                details=text(operation, "message"),
            )
        )
    return made


def _by(holder: Object) -> str:
    initiated = part(holder, "initiatedBy")
    return text(initiated, "username") or (AUTOMATIC if initiated.get("automated") is True else "")


def _from(entry: Object) -> str:
    """Which charts or folders, of which repositories."""
    sources = each(entry, "sources") or [part(entry, "source")]
    told = (
        " ".join(filter(None, (text(one, "repoURL"), text(one, "chart") or text(one, "path")))) for one in sources
    )
    return ", ".join(filter(None, told))


APPLICATION = ObjectKind(
    APPLICATIONS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "sync": TEXT,
        "health": TEXT,
        "operation": TEXT,
        "revision": TEXT,
        "deployed": TIME,
        "health_message": TEXT,
        "health_since": TIME,
        "operation_message": TEXT,
        "operation_started": TIME,
        "operation_ended": TIME,
        "errors": TEXTS,
        "message": TEXT,
        "since": TIME,
        "project": TEXT,
        "age_seconds": NUMBER,
    },
    application_rows,
    spoken=("health_message", "operation_message", "message"),
)
APPLICATION_CHANGES = ObjectKind(APPLICATIONS, CHANGE, application_changes, key=CHANGE_KEY, spoken=CHANGE_SPOKEN)
