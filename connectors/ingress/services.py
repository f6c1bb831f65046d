"""Which service is meant by what an ingress controller writes.

The name is `namespace/service`, with `:port` where the service has several ports, or where nobody could be asked
how many it has. What is not unmistakable stays as it was written.

Forms, from the controllers' own sources:

ingress-nginx      `namespace-service-port`: only the list of services tells where one part ends
Traefik            the same before `@kubernetes…`, dashes in a row as one (provider.Normalize)
HAProxy            `namespace_svc_service_port`, by other and older controllers `namespace_service_port`
Istio              `outbound|port|subset|service.namespace.svc.domain`, or `outbound_.port_.subset_.…`
Contour            `namespace/service/port/hash`, its parts cut from 60 letters on (Hashname)
Envoy Gateway      `httproute/namespace/name/rule/i…`, which names a route: its rule says what stands behind
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_HOST = r"(?P<name>[a-z0-9-]+)\.(?P<namespace>[a-z0-9-]+)\.svc(?:\..+)?"
ISTIO = re.compile(rf"outbound\|(?P<port>\d+)\|[^|]*\|{_HOST}")
ISTIO_SNI = re.compile(rf"outbound_\.(?P<port>\d+)_\.[^_]*_\.{_HOST}")
CONTOUR = re.compile(r"(?P<namespace>[a-z0-9-]+)/(?P<name>[a-z0-9-]+)/(?P<port>\d+)/[0-9a-f]{10}")
CONTOUR_CUTS_FROM = 60
ROUTE = re.compile(r"(?P<kind>http|grpc)route/(?P<namespace>[^/]+)/(?P<name>[^/]+)/rule/(?P<rule>\d+)(?:/.*)?")
ROUTES = {"http": "HTTPRoute", "grpc": "GRPCRoute"}
UNDERSCORES = re.compile(
    r"(?P<namespace>[a-z0-9-]+)_(?:(?:[a-z0-9.-]+_)?(?P<svc>svc)_)?(?P<name>[a-z0-9-]+)_(?P<port>[a-z0-9-]+)"
)
PROVIDER = re.compile(r"@kubernetes[a-z]*$")
ANY_PORT = "*"
"""Stands for the port of a service that has none of its own: an ExternalName is reached at any."""


@dataclass(frozen=True, slots=True)
class Service:
    """`ports` are number and name, the name empty where it has none. An ExternalName service may have no ports."""

    namespace: str
    name: str
    ports: tuple[tuple[int, str], ...] = ()

    @property
    def written_ports(self) -> tuple[str, ...]:
        """Each port as a controller may write it."""
        return tuple(written for number, name in self.ports for written in (str(number), name) if written)


@dataclass(frozen=True, slots=True)
class Backend:
    """A service behind a rule of a route."""

    namespace: str
    name: str
    port: str = ""


RulesOfRoutes = Mapping[tuple[str, str], tuple[tuple[Backend, ...], ...]]
"""By namespace and name of an HTTPRoute: the backends of each of its rules."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The names that mean a service, by what was written; and what could mean several."""

    names: Mapping[str, str]
    ambiguous: tuple[str, ...] = ()


class Directory:
    """A cluster's services, by what controllers make of their names. Without any, full names alone are told."""

    def __init__(self, services: Iterable[Service] = (), routes: RulesOfRoutes | None = None) -> None:
        self._routes = routes or {}
        self._services = {(service.namespace, service.name): service for service in services}
        self._dashed: defaultdict[str, set[Backend]] = defaultdict(set)
        for service in self._services.values():
            for port in service.written_ports or (ANY_PORT,):
                backend = Backend(service.namespace, service.name, port)
                self._dashed[_one_dash(f"{backend.namespace}-{backend.name}-{port}")].add(backend)

    def resolve(self, written: Iterable[str]) -> Resolved:
        """What each name means, where it is certain."""
        names: dict[str, str] = {}
        ambiguous: list[str] = []
        for name in written:
            meant = self._route(name) or {self._said(backend) for backend in self._backends(name)}
            if len(meant) == 1:
                names[name] = meant.pop()
            elif meant:
                ambiguous.append(name)
        return Resolved(names, tuple(sorted(ambiguous)))

    def _route(self, written: str) -> set[str]:
        """The one service behind the rule of a route, or else the route."""
        route = ROUTE.fullmatch(written)
        if route is None:
            return set()
        rules = self._routes.get((route["namespace"], route["name"]), ()) if route["kind"] == "http" else ()
        rule = int(route["rule"])
        behind = {self._said(backend) for backend in (rules[rule] if rule < len(rules) else ())}
        return behind if len(behind) == 1 else {f"{route['namespace']}/{route['name']} ({ROUTES[route['kind']]})"}

    def _backends(self, written: str) -> Iterator[Backend]:
        """Everything that may be meant."""
        contour = CONTOUR.fullmatch(written) if len(written) < CONTOUR_CUTS_FROM else None
        if full := ISTIO.fullmatch(written) or ISTIO_SNI.fullmatch(written) or contour:
            yield Backend(full["namespace"], full["name"], full["port"])
        elif full := UNDERSCORES.fullmatch(written):
            if full["svc"] or (full["namespace"], full["name"]) in self._services:
                yield Backend(full["namespace"], full["name"], full["port"])
        else:
            dashed = _one_dash(PROVIDER.sub("", written))
            yield from self._dashed.get(dashed, ())
            rest, _, port = dashed.rpartition("-")
            if port.isdecimal():
                yield from self._dashed.get(f"{rest}-{ANY_PORT}", ())

    def _said(self, backend: Backend) -> str:
        service = self._services.get((backend.namespace, backend.name))
        port = "" if backend.port == ANY_PORT else backend.port
        if service is not None:
            numbers = {name: str(number) for number, name in service.ports}
            port = numbers.get(port, port) if len(service.ports) > 1 else ""
        return f"{backend.namespace}/{backend.name}{f':{port}' if port else ''}"


def _one_dash(name: str) -> str:
    return re.sub("-{2,}", "-", name)
