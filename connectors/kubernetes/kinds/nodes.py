"""Nodes and namespaces."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, Kind, Row
from connectors.kubernetes.objects import (
    Object,
    condition,
    each,
    is_true,
    moment,
    part,
    seconds_since,
    text,
)
from connectors.kubernetes.quantities import parse_quantity
from connectors.kubernetes.resources import NAMESPACES, NODES

ROLE = "node-role.kubernetes.io/"
ZONE = ("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone")
MACHINE = ("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type")
WORDS = {"True": "Ready", "False": "NotReady"}
"""By the status of the condition Ready; anything else means that the node has not been heard from."""
TERMINATING_TROUBLE = (
    "NamespaceDeletionDiscoveryFailure",
    "NamespaceDeletionGroupVersionParsingFailure",
    "NamespaceDeletionContentFailure",
    "NamespaceFinalizersRemaining",
    "NamespaceContentRemaining",
)


def node_rows(node: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(node, "metadata"), part(node, "spec"), part(node, "status")
    labels, ready = part(metadata, "labels"), condition(status, "Ready")
    pressure = [
        text(one, "type") for one in each(status, "conditions") if is_true(one) and text(one, "type") != "Ready"
    ]
    return [
        {
            "name": text(metadata, "name"),
            "status": _node_word(spec, ready),
            "pressure": pressure,
            "roles": sorted(label.removeprefix(ROLE) for label in labels if label.startswith(ROLE)),
            "version": text(part(status, "nodeInfo"), "kubeletVersion"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
            "unschedulable": bool(spec.get("unschedulable")),
            "taints": [_taint(one) for one in each(spec, "taints")],
            **_room(status),
            "zone": next((text(labels, label) for label in ZONE if label in labels), None),
            "machine": next((text(labels, label) for label in MACHINE if label in labels), None),
            "status_since": moment(ready, "lastTransitionTime"),
            "heard_from": moment(ready, "lastHeartbeatTime"),
            "message": "" if is_true(ready) and not pressure else _node_message(status),
        }
    ]


def _node_word(spec: Object, ready: Object) -> str:
    word = WORDS.get(text(ready, "status"), "Unknown")
    return f"{word},SchedulingDisabled" if spec.get("unschedulable") else word


def _node_message(status: Object) -> str:
    ready = condition(status, "Ready")
    wrong = [one for one in each(status, "conditions") if is_true(one) != (text(one, "type") == "Ready")]
    said = [text(one, "message") for one in ([ready] if not is_true(ready) else wrong) if text(one, "message")]
    return "; ".join(said)


def _taint(taint: Object) -> str:
    value = f"={text(taint, 'value')}" if text(taint, "value") else ""
    return f"{text(taint, 'key')}{value}:{text(taint, 'effect')}"


def _room(status: Object) -> Row:
    whole, free = part(status, "capacity"), part(status, "allocatable")
    pods = parse_quantity(free.get("pods"))
    return {
        "cpu_capacity_cores": parse_quantity(whole.get("cpu")),
        "cpu_allocatable_cores": parse_quantity(free.get("cpu")),
        "memory_capacity_bytes": parse_quantity(whole.get("memory")),
        "memory_allocatable_bytes": parse_quantity(free.get("memory")),
        "pods_allocatable": None if pods is None else int(pods),
    }


def namespace_rows(namespace: Object, now: datetime) -> list[Row]:
    metadata, status = part(namespace, "metadata"), part(namespace, "status")
    wrong = [found for kind in TERMINATING_TROUBLE if is_true(found := condition(status, kind))]
    return [
        {
            "name": text(metadata, "name"),
            "status": text(status, "phase"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
            "deleting_since": moment(metadata, "deletionTimestamp"),
            "message": "; ".join(text(found, "message") for found in wrong),
        }
    ]


NODE = Kind(
    NODES,
    {
        "name": TEXT,
        "status": TEXT,
        "pressure": TEXTS,
        "roles": TEXTS,
        "version": TEXT,
        "age_seconds": NUMBER,
        "unschedulable": YES,
        "taints": TEXTS,
        "cpu_capacity_cores": NUMBER,
        "cpu_allocatable_cores": NUMBER,
        "memory_capacity_bytes": NUMBER,
        "memory_allocatable_bytes": NUMBER,
        "pods_allocatable": WHOLE,
        "zone": TEXT,
        "machine": TEXT,
        "status_since": TIME,
        "heard_from": TIME,
        "message": TEXT,
    },
    node_rows,
    key=("name",),
)
NAMESPACE = Kind(
    NAMESPACES,
    {"name": TEXT, "status": TEXT, "age_seconds": NUMBER, "deleting_since": TIME, "message": TEXT},
    namespace_rows,
    key=("name",),
)
