"""Pods as an on-call engineer reads them."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.kinds.images import images
from connectors.kubernetes.kinds.owners import owner
from connectors.kubernetes.kinds.pod_parts import PodParts
from connectors.kubernetes.kinds.pod_resources import needs
from connectors.kubernetes.kinds.pod_status import (
    containers,
    is_sidecar,
    last_exit,
    last_restart,
    message,
    pod_word,
    restarts,
)
from connectors.kubernetes.objects import (
    Object,
    condition,
    each,
    is_false,
    is_true,
    moment,
    part,
    seconds_since,
    text,
)
from connectors.kubernetes.resources import PODS


def pod_rows(pod: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(pod, "metadata"), part(pod, "spec"), part(pod, "status")
    cpu, memory = needs(pod, "cpu"), needs(pod, "memory")
    owner_kind, owner_name = owner(pod)
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": pod_word(pod),
            "phase": text(status, "phase"),
            **_readiness(pod),
            **_restarts(pod, now),
            "node": text(spec, "nodeName"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
            "images": images(each(spec, "containers")),
            "cpu_request_cores": cpu.request,
            "cpu_limit_cores": cpu.limit,
            "memory_request_bytes": memory.request,
            "memory_limit_bytes": memory.limit,
            "qos": text(status, "qosClass"),
            "owner_kind": owner_kind,
            "owner": owner_name,
            "message": message(pod),
            "created": moment(metadata, "creationTimestamp"),
            "deleting_since": moment(metadata, "deletionTimestamp"),
        }
    ]


def _readiness(pod: Object) -> Row:
    spec, running = part(pod, "spec"), list(containers(pod))
    sidecars = sum(1 for one in each(spec, "initContainers") if is_sidecar(one))
    wanted = max(len(each(spec, "containers")) + sidecars, len(running))
    ready = sum(1 for one in running if one.get("ready"))
    found = condition(part(pod, "status"), "Ready")
    return {
        "ready": f"{ready}/{wanted}",
        "ready_ratio": ready / wanted if wanted else None,
        "is_ready": is_true(found) if is_true(found) or is_false(found) else None,
        "not_ready_reason": text(found, "reason") if is_false(found) else "",
        "ready_changed": moment(found, "lastTransitionTime"),
    }


def _restarts(pod: Object, now: datetime) -> Row:
    at, ended = last_restart(pod), last_exit(pod)
    return {
        "restarts": restarts(pod),
        "last_restart": at,
        "last_restart_age_seconds": seconds_since(at, now),
        "last_exit_reason": ended.reason if ended else None,
        "last_exit_code": ended.code if ended else None,
    }


KIND = ObjectKind(
    PODS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "phase": TEXT,
        "ready": TEXT,
        "ready_ratio": NUMBER,
        "is_ready": YES,
        "not_ready_reason": TEXT,
        "restarts": WHOLE,
        "last_restart": TIME,
        "last_restart_age_seconds": NUMBER,
        "last_exit_reason": TEXT,
        "last_exit_code": WHOLE,
        "node": TEXT,
        "age_seconds": NUMBER,
        "images": TEXTS,
        "cpu_request_cores": NUMBER,
        "cpu_limit_cores": NUMBER,
        "memory_request_bytes": NUMBER,
        "memory_limit_bytes": NUMBER,
        "qos": TEXT,
        "owner_kind": TEXT,
        "owner": TEXT,
        "message": TEXT,
        "created": TIME,
        "ready_changed": TIME,
        "deleting_since": TIME,
    },
    pod_rows,
    reads=PodParts,
)
