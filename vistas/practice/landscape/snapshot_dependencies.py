"""Reads from a single snapshot which part of the system needs which, under the names that the tool uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vistas.requests.summary import OTHER
from vistas.routine import Look, Unit
from vistas.snapshot import FrameKind, Snapshot

if TYPE_CHECKING:
    import polars as pl


class Through(StrEnum):
    """Who saw it; the value is what a person calls it."""

    CLUSTER = "cluster"
    LOGS = "ingress logs"
    GRAPH = "service graph"


class ThingKind(StrEnum):
    """What a name is the name of; OPEN where its witness does not say."""

    HOST = "host"
    DOOR = "door"
    """Some host, it is not known which; called after the source that saw it."""
    SERVICE = "service"
    WORKLOAD = "workload"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """`name` is `namespace/name` where the witness knows the namespace."""

    sort: ThingKind
    name: str


@dataclass(frozen=True, slots=True)
class ObservedCall:
    """One thing needs another. `rate` is requests per second, the mean over the window, where they are counted."""

    needs: Thing
    needed: Thing
    through: Through
    rate: float | None = None


ENDS = (
    (("source_workload", "source_workload_namespace"), ("destination_workload", "destination_workload_namespace")),
    (("deployment", "namespace"), ("dst_deployment", "dst_namespace")),
    (("client", ""), ("server", "")),
)
"""Labels of the one who calls and the one who is called, name and namespace.

Istio standard metrics; Linkerd proxy metrics; Grafana Tempo and the OpenTelemetry service graph connector.
"""
NOBODY = frozenset({"", "unknown", "user", "-", "_", "*", OTHER})
"""What witnesses write where they do not know who it was, or where it was a visitor."""
KINDS = {
    "Service": ThingKind.SERVICE,
    "Host": ThingKind.HOST,
    "Ingress": ThingKind.HOST,
    "HTTPRoute": ThingKind.HOST,
}
"""A route that names no host is a door by its own name."""


def calls_in(look: Look, snapshot: Snapshot) -> Iterator[ObservedCall]:
    """What the snapshot of a look says; nothing where it is a gap or about something else."""
    frame = snapshot.read().frame
    if frame is None:
        return
    if frame.kind is FrameKind.SERIES:
        if look.unit is Unit.REQUESTS_PER_SECOND:
            yield from _graph(frame.data)
    elif reader := _READERS.get(look.take):
        yield from reader(frame.data, snapshot)


def _cluster(data: pl.DataFrame, _: Snapshot) -> Iterator[ObservedCall]:
    columns = ("kind", "namespace", "name", "needs_kind", "needs_namespace", "needs", "host")
    if not set(columns) <= set(data.columns):
        return
    for row in data.select(columns).unique(maintain_order=True).iter_rows():
        kind, namespace, name, needs_kind, needs_namespace, needs, host = (cell or "" for cell in row)
        door = Thing(ThingKind.HOST, host) if host not in NOBODY else _thing(kind, namespace, name)
        yield ObservedCall(door, _thing(needs_kind, needs_namespace, needs), Through.CLUSTER)


def _thing(kind: str, namespace: str, name: str) -> Thing:
    return Thing(KINDS.get(kind, ThingKind.WORKLOAD), f"{namespace}/{name}" if namespace else name)


def _counted(column: str) -> Callable[[pl.DataFrame, Snapshot], Iterator[ObservedCall]]:
    """A table of `host`, `service` and how often in a column, as ingress logs give."""

    def read(data: pl.DataFrame, snapshot: Snapshot) -> Iterator[ObservedCall]:
        if not {"host", "service", column} <= set(data.columns):
            return
        window = snapshot.provenance.obtained or snapshot.provenance.asked
        for (host, service), rows in data.group_by("host", "service", maintain_order=True):
            if service is None or service in NOBODY or host == OTHER:
                continue
            unnamed = host is None or host in NOBODY
            door = Thing(ThingKind.DOOR, snapshot.source) if unnamed else Thing(ThingKind.HOST, str(host))
            rate = float(rows[column].sum()) / window.span.total_seconds()
            yield ObservedCall(door, Thing(ThingKind.SERVICE, str(service)), Through.LOGS, rate)

    return read


_READERS: Mapping[str, Callable[[pl.DataFrame, Snapshot], Iterator[ObservedCall]]] = {
    "dependencies": _cluster,
    "requests": _counted("requests"),
    "routes": _counted("requests"),
    "upstreams": _counted("attempts"),
}


def _graph(data: pl.DataFrame) -> Iterator[ObservedCall]:
    """Series of requests per second, of which some were more than none."""
    for pairs, values in data.select("labels", "values").iter_rows():
        labels = {pair["name"]: pair["value"] for pair in pairs}
        known = [value for value in values if value == value]  # noqa: PLR0124 - NaN is not itself
        rate = sum(known) / len(known) if known else 0.0
        for caller, called in ENDS:
            if rate > 0 and caller[0] in labels and called[0] in labels:
                ends = _end(labels, *caller), _end(labels, *called)
                if not {end.name.rpartition("/")[2] for end in ends} & NOBODY:
                    yield ObservedCall(*ends, Through.GRAPH, rate)
                break


def _end(labels: Mapping[str, str], name: str, namespace: str) -> Thing:
    where = labels.get(namespace, "")
    if where in NOBODY:
        return Thing(ThingKind.OPEN, labels[name])
    return Thing(ThingKind.WORKLOAD, f"{where}/{labels[name]}")
