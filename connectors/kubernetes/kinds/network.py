"""Services, EndpointSlices and Ingresses: how a request finds its way. Cluster and pod addresses are not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.objects import Object, each, moment, part, seconds_since, text, words
from connectors.kubernetes.resources import ENDPOINTSLICES, INGRESSES, SERVICES

SERVICE_OF = "kubernetes.io/service-name"
OLD_CLASS = "kubernetes.io/ingress.class"
"""How an Ingress named its class before Kubernetes 1.18; still honoured."""


def service_rows(service: Object, now: datetime) -> list[Row]:
    metadata, spec = part(service, "metadata"), part(service, "spec")
    public = public_addresses(part(service, "status", "loadBalancer"))
    kind = text(spec, "type")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "type": "Headless" if spec.get("clusterIP") == "None" else kind,
            "ports": [_port(one) for one in each(spec, "ports")],
            "selector": sorted(f"{key}={value}" for key, value in part(spec, "selector").items()),
            "external_name": text(spec, "externalName") or None,
            "address": ", ".join(public),
            "waiting_for_address": kind == "LoadBalancer" and not public,
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _port(port: Object) -> str:
    target = port.get("targetPort")
    arrow = f"→{target}" if target not in (None, port.get("port")) else ""
    return f"{port.get('port')}{arrow}/{port.get('protocol') or 'TCP'}"


def public_addresses(status: Object) -> list[str]:
    """The host names or addresses that a load balancer was given."""
    return [text(one, "hostname") or text(one, "ip") for one in each(status, "ingress")]


def endpointslice_rows(endpoints: Object, now: datetime) -> list[Row]:
    """`ready` as Kubernetes sees it: unknown counts as ready."""
    metadata = part(endpoints, "metadata")
    tally = {"ready": 0, "not_ready": 0, "terminating": 0}
    for endpoint in each(endpoints, "endpoints"):
        conditions = part(endpoint, "conditions")
        if conditions.get("terminating"):
            tally["terminating"] += 1
        elif conditions.get("ready") is False:
            tally["not_ready"] += 1
        else:
            tally["ready"] += 1
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "service": text(part(metadata, "labels"), SERVICE_OF),
            **tally,
            "address_type": text(endpoints, "addressType"),
            "ports": [f"{one.get('port')}/{one.get('protocol') or 'TCP'}" for one in each(endpoints, "ports")],
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def ingress_rows(ingress: Object, now: datetime) -> list[Row]:
    metadata, spec = part(ingress, "metadata"), part(ingress, "spec")
    hosts = list(dict.fromkeys(text(rule, "host") or "*" for rule in each(spec, "rules")))
    secured = {host for one in each(spec, "tls") for host in words(one, "hosts") or hosts}
    public = public_addresses(part(ingress, "status", "loadBalancer"))
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "class": text(spec, "ingressClassName") or text(part(metadata, "annotations"), OLD_CLASS),
            "hosts": hosts,
            "tls": bool(secured),
            "hosts_without_tls": [host for host in hosts if host not in secured],
            "backends": list(dict.fromkeys(_backends(spec))),
            "address": ", ".join(public),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _backends(spec: Object) -> Iterator[str]:
    """Each `service:port`, or `kind/name`, in the order of the rules."""
    found = [part(spec, "defaultBackend") or part(spec, "backend")]
    found += [part(path, "backend") for rule in each(spec, "rules") for path in each(rule, "http", "paths")]
    for backend in found:
        service, resource = part(backend, "service"), part(backend, "resource")
        if service:
            port = part(service, "port")
            yield f"{text(service, 'name')}:{port.get('number') or port.get('name')}"
        elif resource:
            yield f"{text(resource, 'kind')}/{text(resource, 'name')}"
        elif backend.get("serviceName"):
            yield f"{backend['serviceName']}:{backend.get('servicePort')}"


SERVICE = ObjectKind(
    SERVICES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "type": TEXT,
        "ports": TEXTS,
        "selector": TEXTS,
        "external_name": TEXT,
        "address": TEXT,
        "waiting_for_address": YES,
        "age_seconds": NUMBER,
    },
    service_rows,
    spoken=(),
)
ENDPOINTSLICE = ObjectKind(
    ENDPOINTSLICES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "service": TEXT,
        "ready": WHOLE,
        "not_ready": WHOLE,
        "terminating": WHOLE,
        "address_type": TEXT,
        "ports": TEXTS,
        "age_seconds": NUMBER,
    },
    endpointslice_rows,
    spoken=(),
)
INGRESS = ObjectKind(
    INGRESSES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "class": TEXT,
        "hosts": TEXTS,
        "tls": YES,
        "hosts_without_tls": TEXTS,
        "backends": TEXTS,
        "address": TEXT,
        "age_seconds": NUMBER,
    },
    ingress_rows,
    spoken=(),
)
