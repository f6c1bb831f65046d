"""Deployments, StatefulSets and DaemonSets: what is promised, and what is there.

Whether somebody is there comes before how far a rollout is; when that is over follows `kubectl rollout status`.
"""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, Holds, ObjectKind, Row
from connectors.kubernetes.kinds.images import images
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_false,
    is_true,
    is_unseen,
    latest,
    moment,
    part,
    seconds_since,
    text,
    whole,
)
from connectors.kubernetes.resources import DAEMONSETS, DEPLOYMENTS, STATEFULSETS

REVISION = "deployment.kubernetes.io/revision"
"""The only annotation that is read."""
LONGEST = 16
"""Digits of a revision."""
UNSEEN = "Not seen yet"
"""Its controller has not looked at the newest change."""
TROUBLE = {"Stuck", "Unavailable", "Refused"}


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
    replicas = whole(spec.get("replicas"))
    return 1 if replicas is None else replicas


def _partition(spec: Object) -> int:
    """How many of a StatefulSet's pods an update leaves alone on purpose."""
    return count(part(spec, "updateStrategy", "rollingUpdate"), "partition")


def _by_hand(spec: Object) -> bool:
    """Whether a pod is updated only when somebody deletes it."""
    return text(part(spec, "updateStrategy"), "type") == "OnDelete"


def _set_word(workload: Object, desired: int, ready: int, *, updated: bool, idle: str) -> str:
    """`idle` is what is said where no pod is wanted."""
    if desired and not ready:
        return "Unavailable"
    if is_unseen(workload):
        return UNSEEN
    if not desired:
        return idle
    if not updated:
        return "Update waits" if _by_hand(part(workload, "spec")) else "Rolling out"
    return _how_complete(ready, desired)


def deployment_rows(deployment: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(deployment, "metadata"), part(deployment, "spec"), part(deployment, "status")
    progressing, available = condition(status, "Progressing"), condition(status, "Available")
    failing = condition(status, "ReplicaFailure")
    telling = failing if is_true(failing) else progressing if is_false(progressing) else available
    revision = text(part(metadata, "annotations"), REVISION)
    word = _deployment_word(deployment)
    return [
        {
            **_common(deployment, now),
            "status": word,
            "ready": f"{count(status, 'readyReplicas')}/{_desired(spec)}",
            "desired": _desired(spec),
            "updated": count(status, "updatedReplicas"),
            "available": count(status, "availableReplicas"),
            "unavailable": count(status, "unavailableReplicas"),
            "reason": text(telling if word in TROUBLE else progressing, "reason"),
            "message": text(telling, "message") if word in TROUBLE else "",
            "since": moment(telling, "lastTransitionTime"),
            "rolled_out": moment(progressing, "lastUpdateTime"),
            "revision": int(revision) if revision.isdecimal() and len(revision) < LONGEST else None,
            "paused": bool(spec.get("paused")),
        }
    ]


def _deployment_word(deployment: Object) -> str:
    spec, status = part(deployment, "spec"), part(deployment, "status")
    desired, updated = _desired(spec), count(status, "updatedReplicas")
    available = count(status, "availableReplicas")
    if is_true(condition(status, "ReplicaFailure")):
        return "Refused"
    if is_false(condition(status, "Progressing")) and not spec.get("paused"):
        return "Stuck"
    if desired and not available:
        return "Unavailable"
    if is_unseen(deployment) or spec.get("paused"):
        return UNSEEN if is_unseen(deployment) else "Paused"
    if not desired:
        return "Scaling down" if count(status, "replicas") else "Scaled to zero"
    over = updated >= desired and count(status, "replicas") <= updated
    return _how_complete(available, desired) if over else "Rolling out"


def _how_complete(there: int, desired: int) -> str:
    return "Complete" if there >= desired else "Unavailable"


def statefulset_rows(workload: Object, now: datetime) -> list[Row]:
    spec, status = part(workload, "spec"), part(workload, "status")
    desired, ready = _desired(spec), count(status, "readyReplicas")
    changed = text(status, "updateRevision") not in {"", text(status, "currentRevision")}
    # The revision stays behind for ever where pods are updated by hand or by a partition: so pods are counted.
    updated = count(status, "updatedReplicas") if changed else count(status, "replicas")
    done = not changed or updated >= desired - _partition(spec)
    return [
        {
            **_common(workload, now),
            "status": _set_word(workload, desired, ready, updated=done, idle="Scaled to zero"),
            "ready": f"{ready}/{desired}",
            "desired": desired,
            "updated": updated,
            "available": count(status, "availableReplicas") or ready,
            "unavailable": max(0, desired - ready),
        }
    ]


def daemonset_rows(workload: Object, now: datetime) -> list[Row]:
    status = part(workload, "status")
    desired, ready = count(status, "desiredNumberScheduled"), count(status, "numberReady")
    updated = count(status, "updatedNumberScheduled")
    word = _set_word(workload, desired, ready, updated=updated >= desired, idle="No node wants it")
    return [
        {
            **_common(workload, now),
            "status": word,
            "ready": f"{ready}/{desired}",
            "desired": desired,
            "updated": updated,
            "available": count(status, "numberAvailable"),
            "unavailable": count(status, "numberUnavailable"),
            "misscheduled": count(status, "numberMisscheduled"),
            "since": latest(*(moment(one, "lastTransitionTime") for one in each(status, "conditions"))),
        }
    ]


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
DEPLOYMENT = ObjectKind(
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
STATEFULSET = ObjectKind(STATEFULSETS, _COMMON, statefulset_rows, spoken=())
DAEMONSET = ObjectKind(DAEMONSETS, {**_COMMON, "misscheduled": WHOLE, "since": TIME}, daemonset_rows, spoken=())
