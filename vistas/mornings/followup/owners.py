"""Whose a pod is, and how its owner is now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vistas.mornings.followup.labels import PODS
from vistas.mornings.followup.looks import Side, sides
from vistas.snapshot import FrameKind
from vistas.vista.notice import Labels

TAKES: Final = {
    "Pod": "pods",
    "Deployment": "deployments",
    "StatefulSet": "statefulsets",
    "DaemonSet": "daemonsets",
    "Job": "jobs",
    "CronJob": "cronjobs",
    "Node": "nodes",
    "HPA": "hpas",
    "PDB": "pdbs",
    "PVC": "pvcs",
    "Ingress": "ingresses",
}
"""The look that lists every object of a kind."""
_KINDS: Final = {take: kind for kind, take in TAKES.items()} | {"pod-metrics": "Pod", "node-metrics": "Node"}
_NAMESPACES: Final = {"exported_pod": "exported_namespace", "kubernetes_pod_name": "kubernetes_namespace"}
"""The label that says a pod's namespace, where it is no `namespace`."""
_OWNED: Final = ("namespace", "name", "owner_kind", "owner")
_SAFE: Final = "bcdfghjklmnpqrstvwxz2456789"
"""The letters that Kubernetes makes names of: no vowels, and nothing that looks like another one."""
_OF_A_DEPLOYMENT: Final = re.compile(rf"(?P<owner>.+)-[{_SAFE}]{{6,10}}-[{_SAFE}]{{5}}")
_REPLICASET: Final = re.compile(rf"(?P<owner>.+)-[{_SAFE}]{{6,10}}")


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of a cluster; `kind` as Kubernetes calls it."""

    kind: str
    namespace: str
    name: str

    @property
    def noun(self) -> str:
        """`deployment`; an abbreviation stays as it is."""
        return self.kind if self.kind.isupper() else self.kind.lower()


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing's row in a table of its kind."""

    side: Side
    row: Mapping[str, Any]


def thing_of(take: str, labels: Labels) -> Thing | None:
    """The object that a row's key names, or the pod that a series' labels do."""
    if kind := labels.get("kind") or _KINDS.get(take, ""):
        name = labels.get("name") or labels.get("object")
        return Thing(kind, labels.get("namespace", ""), name) if name else None
    for label in PODS:
        if name := labels.get(label):
            return Thing("Pod", labels.get(_NAMESPACES.get(label, "namespace"), ""), name)
    return None


Owners = Mapping[tuple[str, str], Thing]
"""Whose pods are, by their namespaces and names."""


def owners_near(near: Side) -> Owners:
    """As the tables of pods say."""
    found: dict[tuple[str, str], Thing] = {}
    for side in sides(near, TAKES["Pod"]):
        data = side.frame.data
        if side.frame.kind is FrameKind.OBJECTS and all(name in data.columns for name in _OWNED):
            for namespace, name, kind, owner in data.select(_OWNED).iter_rows():
                if owner:
                    found[str(namespace), str(name)] = _made_by(str(kind), str(namespace), str(owner))
    return found


def owner_of(pod: Thing, known: Owners) -> Thing | None:
    """Whose pod it is: as a table says, else by its name where that is a Deployment's."""
    return known.get((pod.namespace, pod.name)) or by_name(pod)


def by_name(pod: Thing) -> Thing | None:
    """The Deployment that a pod's name says it is of; None where its name is of another shape."""
    found = _OF_A_DEPLOYMENT.fullmatch(pod.name)
    return Thing("Deployment", pod.namespace, found["owner"]) if found and pod.kind == "Pod" else None


def _made_by(kind: str, namespace: str, name: str) -> Thing:
    """A Deployment instead of its ReplicaSet, which is called after it and a hash."""
    found = _REPLICASET.fullmatch(name) if kind == "ReplicaSet" else None
    return Thing("Deployment", namespace, found["owner"]) if found else Thing(kind, namespace, name)


def listed(thing: Thing, near: Side) -> Iterator[Listed]:
    """Its rows in the tables of its kind."""
    if (take := TAKES.get(thing.kind)) is None:
        return
    for side in sides(near, take):
        for row in _rows(side, thing):
            yield Listed(side, row)


def _rows(side: Side, thing: Thing) -> Iterable[Mapping[str, Any]]:
    import polars as pl

    data = side.frame.data
    if side.frame.kind is not FrameKind.OBJECTS or "name" not in data.columns:
        return ()
    wanted = pl.col("name").cast(pl.String) == thing.name
    if thing.namespace and "namespace" in data.columns:
        wanted &= pl.col("namespace").cast(pl.String) == thing.namespace
    return data.filter(wanted).to_dicts()


def is_listed(thing: Thing, near: Side) -> bool | None:
    """None where no table lists everything of its kind."""
    take = TAKES.get(thing.kind, "")
    if not any(not side.cut_short for side in sides(near, take, unfiltered=True)):
        return None
    return any(True for _ in listed(thing, near))
