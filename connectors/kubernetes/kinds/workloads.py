"""Deployments, StatefulSets and DaemonSets: what is promised, and what is there."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, Holds, Kind, Row
from connectors.kubernetes.kinds.images import images
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_false,
    is_true,
    latest,
    moment,
    part,
    seconds_since,
    text,
)
from connectors.kubernetes.resources import DAEMONSETS, DEPLOYMENTS, STATEFULSETS

REVISION = "deployment.kubernetes.io/revision"
"""The only annotation that is read."""


def _common(workload: Object, now: datetime) -> Row:
    metadata = part(workload, "metadata")
    return {
        "namespace": text(metadata, "namespace"),
        "name": text(metadata, "name"),
        "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        "images": images(each(workload, "spec", "template", "spec", "containers")),
    }


def _desired(spec: Object) -> int:
    """The API's default is one replica."""
    replicas = spec.get("replicas")
    return replicas if isinstance(replicas, int) else 1


def deployment_rows(deployment: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(deployment, "metadata"), part(deployment, "spec"), part(deployment, "status")
    progressing, available = condition(status, "Progressing"), condition(status, "Available")
    failing = condition(status, "ReplicaFailure")
    telling = failing if is_true(failing) else progressing if is_false(progressing) else available
    revision = text(part(metadata, "annotations"), REVISION)
    word = _deployment_word(spec, status)
    return [
        {
            **_common(deployment, now),
            "status": word,
            "ready": f"{count(status, 'readyReplicas')}/{_desired(spec)}",
            "desired": _desired(spec),
            "updated": count(status, "updatedReplicas"),
            "available": count(status, "availableReplicas"),
            "unavailable": count(status, "unavailableReplicas"),
            "reason": text(telling if word in {"Stuck", "Unavailable", "Refused"} else progressing, "reason"),
            "message": text(telling, "message") if word in {"Stuck", "Unavailable", "Refused"} else "",
            "since": moment(telling, "lastTransitionTime"),
            "rolled_out": moment(progressing, "lastUpdateTime"),
            "revision": int(revision) if revision.isdecimal() else None,
            "paused": bool(spec.get("paused")),
        }
    ]


def _deployment_word(spec: Object, status: Object) -> str:
    desired, updated = _desired(spec), count(status, "updatedReplicas")
    if is_true(condition(status, "ReplicaFailure")):
        return "Refused"
    if text(condition(status, "Progressing"), "reason") == "ProgressDeadlineExceeded":
        return "Stuck"
    if spec.get("paused"):
        return "Paused"
    if desired == 0 and not count(status, "replicas"):
        return "Scaled to zero"
    if updated < desired or count(status, "replicas") > updated:
        return "Rolling out"
    return "Complete" if count(status, "availableReplicas") >= desired else "Unavailable"


def statefulset_rows(workload: Object, now: datetime) -> list[Row]:
    spec, status = part(workload, "spec"), part(workload, "status")
    desired, ready = _desired(spec), count(status, "readyReplicas")
    rolling = text(status, "updateRevision") not in {"", text(status, "currentRevision")}
    if desired == 0:
        word = "Scaled to zero"
    elif rolling:
        word = "Rolling out"
    else:
        word = "Complete" if ready >= desired else "Unavailable"
    return [
        {
            **_common(workload, now),
            "status": word,
            "ready": f"{ready}/{desired}",
            "desired": desired,
            "updated": count(status, "updatedReplicas") if rolling else count(status, "replicas"),
            "available": count(status, "availableReplicas") or ready,
            "unavailable": max(0, desired - ready),
        }
    ]


def daemonset_rows(workload: Object, now: datetime) -> list[Row]:
    status = part(workload, "status")
    desired, ready = count(status, "desiredNumberScheduled"), count(status, "numberReady")
    updated = count(status, "updatedNumberScheduled")
    return [
        {
            **_common(workload, now),
            "status": _daemonset_word(desired, updated, ready),
            "ready": f"{ready}/{desired}",
            "desired": desired,
            "updated": updated,
            "available": count(status, "numberAvailable"),
            "unavailable": count(status, "numberUnavailable"),
            "misscheduled": count(status, "numberMisscheduled"),
            "since": latest(*(moment(one, "lastTransitionTime") for one in each(status, "conditions"))),
        }
    ]


def _daemonset_word(desired: int, updated: int, ready: int) -> str:
    if not desired:
        return "No node wants it"
    if updated < desired:
        return "Rolling out"
    return "Complete" if ready >= desired else "Unavailable"


_COMMON: dict[str, Holds] = {
    "namespace": TEXT,
    "name": TEXT,
    "status": TEXT,
    "ready": TEXT,
    "desired": WHOLE,
    "updated": WHOLE,
    "available": WHOLE,
    "unavailable": WHOLE,
    "age_seconds": NUMBER,
    "images": TEXTS,
}
DEPLOYMENT = Kind(
    DEPLOYMENTS,
    {
        **_COMMON,
        "reason": TEXT,
        "message": TEXT,
        "since": TIME,
        "rolled_out": TIME,
        "revision": WHOLE,
        "paused": YES,
    },
    deployment_rows,
)
STATEFULSET = Kind(STATEFULSETS, _COMMON, statefulset_rows, spoken=())
DAEMONSET = Kind(DAEMONSETS, {**_COMMON, "misscheduled": WHOLE, "since": TIME}, daemonset_rows, spoken=())
