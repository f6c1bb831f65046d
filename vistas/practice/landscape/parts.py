"""The parts of a system (workloads, hosts, alerts, …) that a vista's snapshots show.

Read from the frames' columns (`vistas.snapshot`); no live tool is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, Snapshot
from vistas.vista import Vista

if TYPE_CHECKING:
    import polars as pl

LONGEST = 200
MOST = 300
"""Parts of one sort that are read out of one frame; beyond them nobody can look through them."""


class PartKind(StrEnum):
    """Its value is what a person calls it."""

    WORKLOAD = "workload"
    HOST = "ingress host"
    ALERT = "alert rule"
    JOB = "scrape job"
    NODE = "node"
    ROUTE = "route"
    QUESTION = "question"
    """Of the team's own; the only sort that no snapshot shows."""
    PERSON = "person"
    """Who put themselves on a wheel; nothing that anybody knows something about."""


PartName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class Part(BaseModel):
    """One part of the system, known by its sort and its name; `shop/checkout` is a workload in a namespace."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sort: PartKind
    name: PartName

    @property
    def key(self) -> str:
        return f"{self.sort.value}:{self.name}"


Named = Iterator[tuple[PartKind, str]]
_WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "CronJob")
_LABELS = {"job": PartKind.JOB, "node": PartKind.NODE, "host": PartKind.HOST}
"""What these labels of a series name."""


def parts_of(vista: Vista, *, stop: str | None = None) -> tuple[Part, ...]:
    """What the vista shows, or one of its stops: each part once, in the order in which it is met."""
    looks = {(at, look.look): look for at in _stops(vista) for look in vista.looks_at(at)}
    found: dict[Part, None] = {}
    for snapshot in vista.snapshots:
        look = looks.get((snapshot.stop, snapshot.look))
        if look is not None and stop in (None, snapshot.stop):
            found.update(dict.fromkeys(_parts_in(look, snapshot)))
    return tuple(found)


def landscape(vistas: Iterable[Vista]) -> tuple[Part, ...]:
    """What several vistas show together, for no single routine looks at everything; by sort, then by name."""
    found = {part for vista in vistas for part in parts_of(vista)}
    order = list(PartKind)
    return tuple(sorted(found, key=lambda part: (order.index(part.sort), part.name)))


def _stops(vista: Vista) -> tuple[str, ...]:
    return tuple(dict.fromkeys(snapshot.stop for snapshot in vista.snapshots))


def _parts_in(look: Look, snapshot: Snapshot) -> Iterator[Part]:
    frame = snapshot.read().frame
    if frame is None:
        return
    read = _named_by_labels if frame.kind is FrameKind.SERIES else _READERS.get(look.take)
    if read is None:
        return
    counted: dict[PartKind, int] = {}
    for sort, name in dict.fromkeys(read(frame)):
        counted[sort] = counted.get(sort, 0) + 1
        if name.strip() and counted[sort] <= MOST:
            yield Part(sort=sort, name=name[:LONGEST])


def _rows(frame: Frame, *columns: str) -> Iterator[tuple[str, ...]]:
    """These columns of every row as text, an empty cell as an empty text; nothing where a column is missing."""
    data: pl.DataFrame = frame.data
    if set(columns) <= set(data.columns):
        for row in data.select(columns).unique(maintain_order=True).iter_rows():
            yield tuple("" if cell is None else str(cell) for cell in row)


def _workloads(frame: Frame) -> Named:
    for namespace, name in _rows(frame, "namespace", "name"):
        yield PartKind.WORKLOAD, f"{namespace}/{name}"


def _owners(frame: Frame) -> Named:
    for namespace, kind, name in _rows(frame, "namespace", "owner_kind", "owner"):
        if kind in _WORKLOADS:
            yield PartKind.WORKLOAD, f"{namespace}/{name}"


def _standing_out(frame: Frame) -> Named:
    for kind, namespace, name in _rows(frame, "kind", "namespace", "name"):
        if kind in _WORKLOADS:
            yield PartKind.WORKLOAD, f"{namespace}/{name}"
        elif kind == "Node":
            yield PartKind.NODE, name


def _column(name: str, sort: PartKind) -> Callable[[Frame], Named]:
    def read(frame: Frame) -> Named:
        for (cell,) in _rows(frame, name):
            if _is_a_name(sort, cell):
                yield sort, cell

    return read


def _listed(name: str) -> Callable[[Frame], Named]:
    """A column of lists of host names."""

    def read(frame: Frame) -> Named:
        import polars as pl

        if isinstance(frame.data.schema.get(name), pl.List):
            for cell in frame.data[name].explode().drop_nulls().unique(maintain_order=True):
                if _is_a_name(PartKind.HOST, str(cell)):
                    yield PartKind.HOST, str(cell)

    return read


def _rules(frame: Frame) -> Named:
    for rule, kind in _rows(frame, "rule", "type"):
        if kind == "alerting":
            yield PartKind.ALERT, rule


def _routes(frame: Frame) -> Named:
    """A route by the host it is asked of, or by the service that answers where the log names no host."""
    for host, service, route in _rows(frame, "host", "service", "route"):
        yield PartKind.ROUTE, f"{host or service} {route}".strip()
        if _is_a_name(PartKind.HOST, host):
            yield PartKind.HOST, host


def _named_by_labels(frame: Frame) -> Named:
    for labels in frame.data["labels"].to_list():
        told: dict[str, str] = {label["name"]: label["value"] for label in labels}
        for label, sort in _LABELS.items():
            if _is_a_name(sort, told.get(label, "")):
                yield sort, told[label]
        yield from _workload_of(told)


def _workload_of(labels: Mapping[str, Any]) -> Named:
    """As kube-state-metrics names it; `exported_namespace` where a scrape's own namespace was in the way."""
    namespace = labels.get("exported_namespace") or labels.get("namespace")
    for label in ("deployment", "statefulset", "daemonset", "cronjob"):
        if namespace and labels.get(label):
            yield PartKind.WORKLOAD, f"{namespace}/{labels[label]}"


def _is_a_name(sort: PartKind, cell: str) -> bool:
    """A server's catch-all, `_` or `*`, is no host."""
    return bool(cell) and not (sort is PartKind.HOST and cell in {"_", "*", "-"})


_READERS: dict[str, Callable[[Frame], Named]] = {
    "deployments": _workloads,
    "statefulsets": _workloads,
    "daemonsets": _workloads,
    "cronjobs": _workloads,
    "pods": _owners,
    "stands-out": _standing_out,
    "changes": _standing_out,
    "ingresses": _listed("hosts"),
    "httproutes": _listed("hosts"),
    "certificates": _listed("hosts"),
    "requests": _column("host", PartKind.HOST),
    "upstreams": _column("host", PartKind.HOST),
    "routes": _routes,
    "slowest": _routes,
    "alerts": _column("alert", PartKind.ALERT),
    "rules": _rules,
    "targets": _column("job", PartKind.JOB),
    "nodes": _column("name", PartKind.NODE),
    "node-metrics": _column("name", PartKind.NODE),
}
"""How the frame of a look is read, by what the look takes."""
