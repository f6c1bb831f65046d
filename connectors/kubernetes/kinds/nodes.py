"""Nodes and namespaces."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.conditions import Verdict, judge_condition, named
from connectors.kubernetes.objects import (
    LARGEST,
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
    others = [one for one in each(status, "conditions") if text(one, "type") != "Ready"]
    wrong = [one for one in others if judge_condition(one) is Verdict.WRONG]
    unclear = [one for one in others if judge_condition(one) in {Verdict.UNDECIDED, Verdict.UNFAMILIAR}]
    return [
        {
            "name": text(metadata, "name"),
            "status": _node_word(spec, ready),
            "pressure": [named(one) for one in wrong],
            "unclear": [f"{text(one, 'type')}={text(one, 'status')}" for one in unclear],
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
            "message": _messages(wrong if is_true(ready) else [ready]),
        }
    ]


def _node_word(spec: Object, ready: Object) -> str:
    word = WORDS.get(text(ready, "status"), "Unknown")
    return f"{word},SchedulingDisabled" if spec.get("unschedulable") else word


def _messages(conditions: list[Object]) -> str:
    return "; ".join(dict.fromkeys(text(one, "message") for one in conditions if text(one, "message")))


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
        "pods_allocatable": None if pods is None or not 0 <= pods < LARGEST else int(pods),
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


NODE = ObjectKind(
    NODES,
    {
        "name": TEXT,
        "status": TEXT,
        "pressure": TEXTS,
        "unclear": TEXTS,
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
NAMESPACE = ObjectKind(
    NAMESPACES,
    {"name": TEXT, "status": TEXT, "age_seconds": NUMBER, "deleting_since": TIME, "message": TEXT},
    namespace_rows,
    key=("name",),
)
