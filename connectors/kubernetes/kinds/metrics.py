"""What nodes and pods use just now, from metrics-server. Memory is the working set."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TIME, ObjectKind, Row
from connectors.kubernetes.objects import Object, each, moment, part, text
from connectors.kubernetes.quantities import parse_quantity
from connectors.kubernetes.resources import NODE_METRICS, POD_METRICS


def node_metric_rows(metrics: Object, now: datetime) -> list[Row]:  # noqa: ARG001 - a sample has a time of its own
    usage = part(metrics, "usage")
    return [
        {
            "name": text(part(metrics, "metadata"), "name"),
            "cpu_cores": parse_quantity(usage.get("cpu")),
            "memory_bytes": parse_quantity(usage.get("memory")),
            "measured": moment(metrics, "timestamp"),
        }
    ]


def pod_metric_rows(metrics: Object, now: datetime) -> list[Row]:  # noqa: ARG001 - a sample has a time of its own
    metadata = part(metrics, "metadata")
    usages = [part(container, "usage") for container in each(metrics, "containers")]
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "cpu_cores": sum(parse_quantity(usage.get("cpu")) or 0.0 for usage in usages),
            "memory_bytes": sum(parse_quantity(usage.get("memory")) or 0.0 for usage in usages),
            "measured": moment(metrics, "timestamp"),
        }
    ]


NODE_METRIC = ObjectKind(
    NODE_METRICS,
    {"name": TEXT, "cpu_cores": NUMBER, "memory_bytes": NUMBER, "measured": TIME},
    node_metric_rows,
    key=("name",),
    spoken=(),
)
POD_METRIC = ObjectKind(
    POD_METRICS,
    {"namespace": TEXT, "name": TEXT, "cpu_cores": NUMBER, "memory_bytes": NUMBER, "measured": TIME},
    pod_metric_rows,
    spoken=(),
)
