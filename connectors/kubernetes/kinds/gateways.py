"""Gateways and HTTPRoutes, and whether their controller took them.

Fields: Gateway API reference, gateway.networking.k8s.io/v1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.kinds.verdicts import VERDICTS, verdicts
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_false,
    is_true,
    moment,
    part,
    seconds_since,
    text,
    words,
)
from connectors.kubernetes.resources import GATEWAYS, HTTPROUTES


def gateway_rows(gateway: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(gateway, "metadata"), part(gateway, "spec"), part(gateway, "status")
    listeners = each(status, "listeners")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "class": text(spec, "gatewayClassName"),
            "listeners": [_listener(one) for one in each(spec, "listeners")],
            "address": ", ".join(text(one, "value") for one in each(status, "addresses")),
            "accepted": _verdict(status, "Accepted"),
            "programmed": _verdict(status, "Programmed"),
            "attached_routes": sum(count(one, "attachedRoutes") for one in listeners),
            **verdicts(gateway, [("", status), *((f"listener {text(one, 'name')}", one) for one in listeners)]),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _listener(listener: Object) -> str:
    host = f" {text(listener, 'hostname')}" if text(listener, "hostname") else ""
    return f"{text(listener, 'protocol')}:{listener.get('port')}{host}"


def _verdict(holder: Object, kind: str) -> bool | None:
    """None where the controller has not said."""
    found = condition(holder, kind)
    return is_true(found) if is_true(found) or is_false(found) else None


def httproute_rows(route: Object, now: datetime) -> list[Row]:
    metadata, spec = part(route, "metadata"), part(route, "spec")
    wanted = each(spec, "parentRefs")
    # A controller that is gone leaves its last word behind, on parents that the route does not have any more.
    parents = [
        one
        for one in each(route, "status", "parents")
        if not wanted or any(_concerns(part(one, "parentRef"), other, metadata) for other in wanted)
    ]
    heard = [part(one, "parentRef") for one in parents]
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "hosts": words(spec, "hostnames") or ["*"],
            "gateways": [_parent(one) for one in each(spec, "parentRefs")],
            "backends": list(dict.fromkeys(_backends(spec))),
            "accepted": _all_say(parents, "Accepted"),
            "resolved": _all_say(parents, "ResolvedRefs"),
            "not_taken_by": [
                _parent(one)
                for one in wanted
                if (text(one, "kind") or "Gateway") == "Gateway"
                and not any(_concerns(other, one, metadata) for other in heard)
            ],
            **verdicts(route, [(_parent(part(one, "parentRef")), one) for one in parents]),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _all_say(parents: list[Object], kind: str) -> bool | None:
    verdicts = [_verdict(parent, kind) for parent in parents]
    if False in verdicts:
        return False
    return True if verdicts and None not in verdicts else None


def _concerns(said: Object, wanted: Object, metadata: Object) -> bool:
    """Whether a controller speaks of a parent of the route; it may speak of all of a Gateway's listeners."""
    section = text(said, "sectionName")
    return _place(said, metadata) == _place(wanted, metadata) and section in {"", text(wanted, "sectionName")}


def _place(reference: Object, metadata: Object) -> tuple[str, str, str]:
    """Kind, namespace and name; in the route's own namespace where none is named."""
    namespace = text(reference, "namespace") or text(metadata, "namespace")
    return text(reference, "kind") or "Gateway", namespace, text(reference, "name")


def _parent(reference: Object) -> str:
    namespace = f"{text(reference, 'namespace')}/" if text(reference, "namespace") else ""
    section = f" {text(reference, 'sectionName')}" if text(reference, "sectionName") else ""
    return f"{namespace}{text(reference, 'name')}{section}"


def _backends(spec: Object) -> Iterator[str]:
    for rule in each(spec, "rules"):
        for backend in each(rule, "backendRefs"):
            namespace = f"{text(backend, 'namespace')}/" if text(backend, "namespace") else ""
            port = f":{backend['port']}" if backend.get("port") else ""
            yield f"{namespace}{text(backend, 'name')}{port}"


GATEWAY = ObjectKind(
    GATEWAYS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "class": TEXT,
        "listeners": TEXTS,
        "address": TEXT,
        "accepted": YES,
        "programmed": YES,
        "attached_routes": WHOLE,
        **VERDICTS,
        "age_seconds": NUMBER,
    },
    gateway_rows,
)
HTTPROUTE = ObjectKind(
    HTTPROUTES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "hosts": TEXTS,
        "gateways": TEXTS,
        "backends": TEXTS,
        "accepted": YES,
        "resolved": YES,
        "not_taken_by": TEXTS,
        **VERDICTS,
        "age_seconds": NUMBER,
    },
    httproute_rows,
)
