"""A pass with its services by their own names: asked of the cluster where there is one, and where it helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict

import polars as pl

from connectors.ingress.gathering import LogPass
from connectors.ingress.services import ROUTE, Backend, Directory, Resolved, Service
from connectors.ingress.summary import TABLES, Summary
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.kubernetes.access import ClusterAccess
    from connectors.kubernetes.resources import Resource

MENTIONED = 3
"""How many names a warning gives as examples."""


def name_services(read: LogPass, clusters: Sequence[ClusterAccess], deadline: Deadline) -> LogPass:
    """The same pass, rows that turned out to be of one service added up. Clusters are asked for lists alone."""
    passes = (read, *read.apart.values())
    written = {name for each in passes for name in _written(each.summary)}
    if not written:
        return read
    asking = _Asking(deadline)
    services = [service for access in clusters for service in asking.services(access)]
    of_routes = any(ROUTE.fullmatch(name) for name in written)
    routes = {name: rules for access in clusters if of_routes for name, rules in asking.routes(access)}
    resolved = Directory(services, routes).resolve(written)
    warnings = (*asking.warnings, *_say_ambiguous(resolved))
    apart = {take: _renamed(each, resolved.names, warnings) for take, each in read.apart.items()}
    return replace(_renamed(read, resolved.names, warnings), apart=apart)


def as_named(where: Mapping[str, str], services: Mapping[str, str]) -> dict[str, str]:
    """A look's filter, by the name that a service has here, whichever way its routine writes it."""
    return {key: services.get(value, value) if key == "service" else value for key, value in where.items()}


def _written(summary: Summary) -> Iterator[str]:
    for rows in summary.tables.values():
        if "service" in rows.columns:
            yield from (name for name in rows["service"].unique() if name)


def _renamed(read: LogPass, names: Mapping[str, str], warnings: tuple[str, ...]) -> LogPass:
    return replace(
        read,
        summary=Summary(read.summary.counts, dict(_renamed_tables(read.summary, names))),
        warnings=(*read.warnings, *warnings),
        services=names,
    )


def _renamed_tables(summary: Summary, names: Mapping[str, str]) -> Iterator[tuple[str, pl.DataFrame]]:
    for name, rows in summary.tables.items():
        if names and "service" in rows.columns:
            called = rows.with_columns(pl.col("service").replace(names))
            yield name, TABLES[name].add_up(called)
        else:
            yield name, rows


def _say_ambiguous(resolved: Resolved) -> Iterator[str]:
    if number := len(resolved.ambiguous):
        some = ", ".join(resolved.ambiguous[:MENTIONED])
        rest = f" and {number - MENTIONED} more" if number > MENTIONED else ""
        yield f"Several services may be meant by {some}{rest}: they are called as the controller writes them."


@dataclass
class _Asking:
    """The lists of clusters, and what is to be said of those that could not be had."""

    deadline: Deadline
    warnings: tuple[str, ...] = ()

    def services(self, access: ClusterAccess) -> list[Service]:
        from connectors.kubernetes.resources import SERVICES

        return [_service(one) for one in self._list(access, SERVICES, _ServiceParts)]

    def routes(self, access: ClusterAccess) -> Iterator[tuple[tuple[str, str], tuple[tuple[Backend, ...], ...]]]:
        from connectors.kubernetes.objects import each, part
        from connectors.kubernetes.resources import HTTPROUTES

        for one in self._list(access, HTTPROUTES, _RouteParts):
            namespace, name = _place(one)
            rules = each(part(one, "spec"), "rules")
            yield (namespace, name), tuple(tuple(_backends(rule, namespace)) for rule in rules)

    def _list(self, access: ClusterAccess, resource: Resource, reads: type) -> list[dict[str, Any]]:
        from connectors.kubernetes.discovery import Discovery
        from connectors.kubernetes.listing import list_objects

        try:
            version = Discovery(access).versions(resource, self.deadline)[0]
            listed = list_objects(access, resource, version, [None], (), self.deadline, _objects, reads)
        except Unobtainable as failure:
            if failure.gap.reason is not GapReason.NOT_HERE:
                said = f"Services are called as the controller writes them. {failure.gap.says} {failure.gap.hint}"
                self.warnings = (*self.warnings, said.strip())
            return []
        return [one for page in listed.pages for one in page]


class _Named(TypedDict, total=False):
    name: Any
    namespace: Any


class _ServiceSpec(TypedDict, total=False):
    ports: Any


class _ServiceParts(TypedDict, total=False):
    metadata: _Named | None
    spec: _ServiceSpec | None


class _RouteSpec(TypedDict, total=False):
    rules: Any


class _RouteParts(TypedDict, total=False):
    metadata: _Named | None
    spec: _RouteSpec | None


def _objects(page: Iterable[Any]) -> list[dict[str, Any]]:
    return [one for one in page if isinstance(one, dict)]


def _place(thing: dict[str, Any]) -> tuple[str, str]:
    from connectors.kubernetes.objects import part, text

    metadata = part(thing, "metadata")
    return text(metadata, "namespace"), text(metadata, "name")


def _service(thing: dict[str, Any]) -> Service:
    from connectors.kubernetes.objects import count, each, text

    ports = tuple((count(port, "port"), text(port, "name")) for port in each(thing, "spec", "ports"))
    return Service(*_place(thing), ports)


def _backends(rule: Mapping[str, Any], namespace: str) -> Iterator[Backend]:
    from connectors.kubernetes.objects import each, text

    for reference in each(rule, "backendRefs"):
        if (text(reference, "kind") or "Service") == "Service":
            port = reference.get("port")
            place = text(reference, "namespace") or namespace
            yield Backend(place, text(reference, "name"), str(port) if port else "")
