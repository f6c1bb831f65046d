"""What clusters say of their services, and where needed of the routes and Ingresses that lead to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from connectors.ingress.services.names import ROUTE, Backend, Directory, IngressPath, Service
from connectors.kubernetes.api.discovery import Discovery
from connectors.kubernetes.api.listing import list_objects
from connectors.kubernetes.failures import Absent
from connectors.kubernetes.objects import Object, count, each, part, text
from connectors.kubernetes.resources import HTTPROUTES, INGRESSES, SERVICES, Resource
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.kubernetes.api.access import ClusterAccess

UNNAMED = "Services are named as the controller writes them."


def ask_clusters(
    clusters: Sequence[ClusterAccess], written: Collection[str], deadline: Deadline
) -> tuple[Directory, tuple[str, ...]]:
    """What the clusters know that is of use for these names, and which of it could not be had."""
    asking = _Asking(clusters, deadline)
    by_traefik = any("@kubernetes" in name for name in written)
    by_route = any(ROUTE.fullmatch(name) or name.endswith("@kubernetesgateway") for name in written)
    services = [_service(one) for one in asking.list(SERVICES)]
    routes = dict(_route(one) for one in asking.list(HTTPROUTES)) if by_route else {}
    paths = [path for one in asking.list(INGRESSES) for path in _paths(one)] if by_traefik else []
    return Directory(services, routes, paths), tuple(dict.fromkeys(asking.missing))


@dataclass
class _Asking:
    clusters: Sequence[ClusterAccess]
    deadline: Deadline
    missing: list[str] = field(default_factory=list)

    def list(self, resource: Resource) -> Iterator[Object]:
        """The objects of every cluster that has some; `missing` says why one could not be asked."""
        for access in self.clusters:
            try:
                yield from self._listed(access, resource)
            except Unobtainable as failure:
                if failure.gap.reason is not GapReason.NOT_HERE:
                    self.missing.append(f"{UNNAMED} {failure.gap.message} {failure.gap.hint}".strip())

    def _listed(self, access: ClusterAccess, resource: Resource) -> Iterator[Object]:
        versions = Discovery(access).versions(resource, self.deadline)
        for version in versions:
            try:
                listed = list_objects(access, resource, version, [None], (), self.deadline, _objects, _Parts)
            except Absent:
                continue
            yield from (one for page in listed.pages for one in page)
            return


class _Metadata(TypedDict, total=False):
    name: Any
    namespace: Any


class _Spec(TypedDict, total=False):
    ports: Any
    rules: Any


class _Parts(TypedDict, total=False):
    metadata: _Metadata | None
    spec: _Spec | None


def _objects(page: Iterable[Any]) -> list[Object]:
    return [one for one in page if isinstance(one, dict)]


def _place(thing: Object) -> tuple[str, str]:
    metadata = part(thing, "metadata")
    return text(metadata, "namespace"), text(metadata, "name")


def _service(thing: Object) -> Service:
    ports = tuple((count(port, "port"), text(port, "name")) for port in each(thing, "spec", "ports"))
    return Service(*_place(thing), ports)


def _route(thing: Object) -> tuple[tuple[str, str], tuple[tuple[Backend, ...], ...]]:
    place = _place(thing)
    return place, tuple(tuple(_backends(rule, place[0])) for rule in each(thing, "spec", "rules"))


def _backends(rule: Mapping[str, Any], namespace: str) -> Iterator[Backend]:
    for reference in each(rule, "backendRefs"):
        if (text(reference, "kind") or "Service") == "Service":
            place = text(reference, "namespace") or namespace
            yield Backend(place, text(reference, "name"), _port(reference.get("port")))


def _paths(thing: Object) -> Iterator[IngressPath]:
    namespace, name = _place(thing)
    for rule in each(thing, "spec", "rules"):
        for path in each(rule, "http", "paths"):
            service = part(path, "backend", "service")
            port = part(service, "port")
            if service:
                backend = Backend(namespace, text(service, "name"), _port(port.get("name") or port.get("number")))
                yield IngressPath(namespace, name, text(rule, "host"), text(path, "path"), backend)


def _port(written: Any) -> str:
    return str(written) if written else ""
