"""Which service is meant by what an ingress controller writes.

The name is `namespace/service`, with `:port` where the service has several ports, or where nobody could be asked
how many it has. What is not unmistakable stays as it was written.

Forms, from the controllers' own sources:

ingress-nginx      `namespace-service-port`: only the list of services tells where one part ends
Traefik            the same before `@kubernetes…` for services, `namespace-ingress-host-path` for the routers of an
                   Ingress, `httproute-namespace-name-gw-…-ep-…-rule-hash` for those of an HTTPRoute; all that is
                   no letter or digit is a dash, dashes in a row are one (provider.Normalize)
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
TRAEFIK = re.compile(r"(?P<name>[^@]+)@kubernetes[a-z]*")
TRAEFIK_GATEWAY = re.compile(r"(?P<service>[^@]+)-(?:http|grpc)-(?P<port>\d+)@kubernetesgateway")
TRAEFIK_ROUTE = re.compile(r"httproute-(?P<place>.+)-gw-.+-ep-.+-(?P<rule>\d+)-[0-9a-f]{16,}@kubernetesgateway")
NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
ONE_DASH = re.compile("-{2,}")
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


@dataclass(frozen=True, slots=True)
class IngressPath:
    """A path of an Ingress and the service behind it."""

    namespace: str
    ingress: str
    host: str
    path: str
    backend: Backend


RulesOfRoutes = Mapping[tuple[str, str], tuple[tuple[Backend, ...], ...]]
"""By namespace and name of an HTTPRoute: the backends of each of its rules."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The names that mean a service, by what was written; and what could mean several."""

    names: Mapping[str, str]
    ambiguous: tuple[str, ...] = ()


class Directory:
    """A cluster's services, by what controllers make of their names. Without any, full names alone are told."""

    def __init__(
        self,
        services: Iterable[Service] = (),
        routes: RulesOfRoutes | None = None,
        paths: Iterable[IngressPath] = (),
    ) -> None:
        self._services = {(service.namespace, service.name): service for service in services}
        self._routes = routes or {}
        self._dashed: defaultdict[str, set[Backend]] = defaultdict(set)
        self._routers: defaultdict[str, set[Backend]] = defaultdict(set)
        for service in self._services.values():
            for port in service.written_ports or (ANY_PORT,):
                backend = Backend(service.namespace, service.name, port)
                self._dashed[f"{_dashed(backend.namespace, backend.name)}-{port}"].add(backend)
        for path in paths:
            where = f"{path.host}{path.path}"
            for first, second in ((path.namespace, path.ingress), (path.ingress, path.namespace)):
                self._routers[_dashed(first, second, where)].add(path.backend)

    def resolve(self, written: Iterable[str]) -> Resolved:
        """What each name means, where it is certain."""
        names: dict[str, str] = {}
        ambiguous: list[str] = []
        for name in written:
            meant = set(self._behind_routes(name)) or {
                self._formatted(backend) for backend in self._backends(name)
            }
            if len(meant) == 1:
                names[name] = meant.pop()
            elif meant:
                ambiguous.append(name)
        return Resolved(names, tuple(sorted(ambiguous)))

    def _behind_routes(self, written: str) -> Iterator[str]:
        """The one service behind the rule of a route, or else the route."""
        if route := ROUTE.fullmatch(written):
            yield self._behind(route["namespace"], route["name"], int(route["rule"]), route["kind"])
        elif router := TRAEFIK_ROUTE.fullmatch(written):
            for place in self._routes:
                if _dashed(*place) == router["place"]:
                    yield self._behind(*place, int(router["rule"]), "http")

    def _behind(self, namespace: str, name: str, rule: int, kind: str) -> str:
        rules = self._routes.get((namespace, name), ()) if kind == "http" else ()
        behind = {self._formatted(backend) for backend in (rules[rule] if rule < len(rules) else ())}
        return behind.pop() if len(behind) == 1 else f"{namespace}/{name} ({ROUTES[kind]})"

    def _backends(self, written: str) -> Iterator[Backend]:
        """Every service that may be meant."""
        contour = CONTOUR.fullmatch(written) if len(written) < CONTOUR_CUTS_FROM else None
        if full := ISTIO.fullmatch(written) or ISTIO_SNI.fullmatch(written) or contour:
            yield Backend(full["namespace"], full["name"], full["port"])
        elif full := UNDERSCORES.fullmatch(written):
            if full["svc"] or (full["namespace"], full["name"]) in self._services:
                yield Backend(full["namespace"], full["name"], full["port"])
        elif traefik := TRAEFIK.fullmatch(written):
            yield from self._dashes(traefik["name"])
            yield from self._router(traefik["name"])
            if leaf := TRAEFIK_GATEWAY.fullmatch(written):
                yield from self._dashes(f"{leaf['service']}-{leaf['port']}")
        else:
            yield from self._dashes(written)

    def _dashes(self, written: str) -> Iterator[Backend]:
        dashed = ONE_DASH.sub("-", written)
        yield from self._dashed.get(dashed, ())
        rest, _, port = dashed.rpartition("-")
        if port.isdecimal():
            yield from self._dashed.get(f"{rest}-{ANY_PORT}", ())

    def _router(self, written: str) -> Iterator[Backend]:
        """Those behind the longest end of the name that is a router: an entry point may stand in front."""
        words = written.split("-")
        ends = ("-".join(words[place:]) for place in range(len(words)))
        yield from next((self._routers[end] for end in ends if end in self._routers), ())

    def _formatted(self, backend: Backend) -> str:
        service = self._services.get((backend.namespace, backend.name))
        port = "" if backend.port == ANY_PORT else backend.port
        if service is not None:
            numbers = {name: str(number) for number, name in service.ports}
            port = numbers.get(port, port) if len(service.ports) > 1 else ""
        return f"{backend.namespace}/{backend.name}{f':{port}' if port else ''}"


def _dashed(*parts: str) -> str:
    return NO_LETTER_OR_DIGIT.sub("-", "-".join(parts)).strip("-")
