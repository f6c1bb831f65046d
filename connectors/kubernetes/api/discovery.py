"""Which versions of its resources a cluster serves, asked once and remembered for a while.

A current server answers `/apis` with all resources at once (aggregated discovery, Kubernetes 1.30); an older one
with its groups only, and each group's version is asked for when it is needed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from connectors.kubernetes.api.access import ClusterAccess, Request
from connectors.kubernetes.failures import Absent
from connectors.kubernetes.objects import Object, each, part, text
from connectors.kubernetes.resources import Resource
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

LIFETIME = 300.0
"""Seconds for which what was discovered counts: an operator may be installed meanwhile."""
AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
SILENT_LIFETIME = 15.0
"""Seconds for which it counts that a part of the API does not answer."""
STALE = "Stale"
CORE = "v1"


@dataclass
class _Known:
    """`resources` by version; None where the version is served but its resources have not been asked for.

    `silent` are versions whose own API server does not answer, so that their resources may be incomplete.
    """

    resources: dict[str, frozenset[str] | None]
    silent: frozenset[str] = frozenset()
    since: float = field(default_factory=time.monotonic)

    @property
    def fresh(self) -> bool:
        return time.monotonic() - self.since < (SILENT_LIFETIME if self.silent else LIFETIME)


class Discovery:
    """What one cluster serves."""

    def __init__(self, access: ClusterAccess) -> None:
        self._access = access
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def versions(self, resource: Resource, deadline: Deadline) -> tuple[str, ...]:
        """The versions in which the cluster serves a resource, newest first.

        Unobtainable where it serves none. Where discovery itself is refused, every version is worth a try.
        """
        if resource.served_as == (CORE,):
            return (CORE,)
        try:
            known = self._groups(deadline)
        except Unobtainable as failure:
            if failure.gap.reason in {GapReason.REFUSED, GapReason.NOT_HERE}:
                return resource.served_as
            raise
        found = tuple(
            version for version in resource.served_as if self._serves(known, version, resource, deadline)
        )
        if not found and (silent := [version for version in resource.served_as if version in known.silent]):
            raise _not_answering(resource, silent[0])
        if not found:
            raise _not_served(resource, known.resources)
        return found

    def _groups(self, deadline: Deadline) -> _Known:
        with self._lock:
            known = self._known
        if known is None or not known.fresh:
            # Two looks may both ask the first time: cheaper than waiting for each other's deadline.
            answer = self._access.get(Request("/apis", "the list of API groups", accept=AGGREGATED), deadline)
            known = _read_groups(answer)
            with self._lock:
                self._known = known
        return known

    def _serves(self, known: _Known, version: str, resource: Resource, deadline: Deadline) -> bool:
        if version not in known.resources:
            return False
        names = known.resources[version]
        if names is None:
            names = self._resources(version, deadline)
            known.resources[version] = names
        return resource.name in names

    def _resources(self, version: str, deadline: Deadline) -> frozenset[str]:
        try:
            answer = self._access.get(Request(f"/apis/{version}", f"the resources of {version}"), deadline)
        except Absent:
            return frozenset()
        return frozenset(text(one, "name") for one in each(answer, "resources"))


def _read_groups(answer: Object) -> _Known:
    if answer.get("kind") == "APIGroupDiscoveryList":
        return _aggregated(answer)
    if answer.get("kind") != "APIGroupList":
        raise Unobtainable(
            GapReason.GARBLED,
            "Whatever answers is not a Kubernetes API server: it does not list its API groups.",
            "Check that the kubeconfig's server is the API server itself.",
        )
    groups = each(answer, "groups")
    return _Known({text(version, "groupVersion"): None for group in groups for version in each(group, "versions")})


def _aggregated(answer: Object) -> _Known:
    """What is stale, or lists nothing, is an API service that does not answer and not one without resources."""
    resources: dict[str, frozenset[str] | None] = {}
    silent: set[str] = set()
    for group in each(answer, "items"):
        for version in each(group, "versions"):
            name = f"{text(part(group, 'metadata'), 'name')}/{text(version, 'version')}"
            resources[name] = frozenset(text(one, "resource") for one in each(version, "resources"))
            if text(version, "freshness") == STALE or not resources[name]:
                silent.add(name)
    return _Known(resources, frozenset(silent))


def _not_answering(resource: Resource, version: str) -> Unobtainable:
    behind = f", mostly {resource.comes_with}" if resource.comes_with else ""
    return Unobtainable(
        GapReason.UNREACHABLE,
        f"The API service of {version}, to which {resource.name} belong, does not answer.",
        f"kubectl get apiservice says why; check whether the service behind it{behind} is healthy.",
    )


def _not_served(resource: Resource, known: Iterable[str]) -> Unobtainable:
    served = [version for version in known if version.startswith(f"{resource.group}/")]
    if served:
        message = f"The cluster has no {resource.name} among its {', '.join(served)}."
    else:
        message = f"The cluster has no API group {resource.group}, to which {resource.name} belong."
    comes = f"It comes with {resource.comes_with}" if resource.comes_with else "The cluster may be too old for it"
    return Unobtainable(GapReason.NOT_HERE, message, f"{comes}; leave the look out if that is intended.")
