"""What an object leads to: the services behind a path of an Ingress or an HTTPRoute, the pods behind a service.

These are parts of the dependencies look; no look takes one of them by itself. Fields: Kubernetes API reference
1.36, Gateway API reference; the older forms of an Ingress's backend are those of networking.k8s.io/v1beta1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connectors.kubernetes.columns import TEXT, YES, ObjectKind, Row
from connectors.kubernetes.kinds.network import SERVICE_OF
from connectors.kubernetes.objects import Object, each, part, text, words
from connectors.kubernetes.resources import ENDPOINTSLICES, HTTPROUTES, INGRESSES

ANY_HOST = "*"


def ingress_links(ingress: Object, _: datetime) -> list[Row]:
    """A row for each host, path and service; the default backend answers any host that no rule names."""
    spec = part(ingress, "spec")
    places = [(ANY_HOST, "/", part(spec, "defaultBackend") or part(spec, "backend"))]
    for rule in each(spec, "rules"):
        host = text(rule, "host") or ANY_HOST
        places += [
            (host, text(path, "path") or "/", part(path, "backend")) for path in each(rule, "http", "paths")
        ]
    found = ((host, path, _service(backend)) for host, path, backend in places)
    return _distinct(_link("Ingress", ingress, host, path, service) for host, path, service in found if service)


def _service(backend: Object) -> str:
    return text(part(backend, "service"), "name") or text(backend, "serviceName")


def httproute_links(route: Object, _: datetime) -> list[Row]:
    return _distinct(_httproute_links(route))


def _httproute_links(route: Object) -> Iterator[Row]:
    spec = part(route, "spec")
    for rule in each(spec, "rules"):
        paths = [text(part(match, "path"), "value") or "/" for match in each(rule, "matches")] or ["/"]
        for backend in each(rule, "backendRefs"):
            if (text(backend, "kind") or "Service") != "Service" or not text(backend, "name"):
                continue
            for host in words(spec, "hostnames") or [ANY_HOST]:
                for path in paths:
                    yield _link("HTTPRoute", route, host, path, text(backend, "name"), text(backend, "namespace"))


def _link(kind: str, thing: Object, host: str, path: str, service: str, elsewhere: str = "") -> Row:
    """`elsewhere` is the service's namespace where it is not the route's own."""
    namespace = text(part(thing, "metadata"), "namespace")
    return {
        "kind": kind,
        "namespace": namespace,
        "name": text(part(thing, "metadata"), "name"),
        "needs_kind": "Service",
        "needs_namespace": elsewhere or namespace,
        "needs": service,
        "host": host,
        "path": path,
    }


def _distinct(rows: Iterator[Row]) -> list[Row]:
    return list({tuple(row.values()): row for row in rows}.values())


def endpoint_links(endpoints: Object, _: datetime) -> list[Row]:
    """A row for each pod behind a service. `ready` as Kubernetes sees it: unknown counts as ready."""
    metadata = part(endpoints, "metadata")
    service = text(part(metadata, "labels"), SERVICE_OF)
    return [
        {
            "namespace": text(metadata, "namespace"),
            "service": service,
            "slice": text(metadata, "name"),
            "pod": text(target, "name"),
            "ready": part(endpoint, "conditions").get("ready") is not False,
        }
        for endpoint in each(endpoints, "endpoints")
        if service and text(target := part(endpoint, "targetRef"), "kind") == "Pod"
    ]


_ROUTE = ("kind", "namespace", "name", "needs_kind", "needs_namespace", "needs", "host", "path")
_ENDPOINT = ("namespace", "service", "slice", "pod")

LINKS: dict[str, ObjectKind] = {
    "ingress paths": ObjectKind(INGRESSES, dict.fromkeys(_ROUTE, TEXT), ingress_links, key=_ROUTE, spoken=()),
    "httproute rules": ObjectKind(HTTPROUTES, dict.fromkeys(_ROUTE, TEXT), httproute_links, key=_ROUTE, spoken=()),
    "endpoints": ObjectKind(
        ENDPOINTSLICES, {**dict.fromkeys(_ENDPOINT, TEXT), "ready": YES}, endpoint_links, key=_ENDPOINT, spoken=()
    ),
}
"""By the words in which a warning speaks of them."""
