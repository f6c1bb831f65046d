"""kube-state-metrics."""

from __future__ import annotations

from collections.abc import Iterator

from vistas.promql.renames.model import Origin, Rename
from vistas.promql.renames.tables.writing import beginning, pairs

PROJECT = "kube-state-metrics"
CONDITIONS = Origin(PROJECT, "1.0", "CHANGELOG.md, v1.0.0-rc.1")
SECOND = Origin(PROJECT, "2.0", "CHANGELOG.md, v2.0.0-alpha")
ADDRESSES = Origin(PROJECT, "2.14", "docs/metrics/service/endpoint-metrics.md")

_AUTOSCALERS = """
info labels metadata_generation spec_max_replicas spec_min_replicas spec_target_metric status_condition
status_current_replicas status_desired_replicas
"""


def _by_resource() -> Iterator[Rename]:
    """A metric a resource became one metric with a label for it."""
    kinds = ("kube_pod_container_resource_requests", "kube_pod_container_resource_limits")
    for kind in kinds:
        yield Rename(f"{kind}_cpu_cores", kind, SECOND, adds={"resource": "cpu"})
        yield Rename(f"{kind}_memory_bytes", kind, SECOND, adds={"resource": "memory"})
    for kind in ("kube_node_status_capacity", "kube_node_status_allocatable"):
        yield Rename(f"{kind}_cpu_cores", kind, SECOND, adds={"resource": "cpu"})
        yield Rename(f"{kind}_memory_bytes", kind, SECOND, adds={"resource": "memory"})
        yield Rename(f"{kind}_pods", kind, SECOND, adds={"resource": "pods"})


def _by_condition() -> Iterator[Rename]:
    conditions = {
        "ready": "Ready",
        "out_of_disk": "OutOfDisk",
        "memory_pressure": "MemoryPressure",
        "disk_pressure": "DiskPressure",
        "network_unavailable": "NetworkUnavailable",
    }
    for old, condition in conditions.items():
        yield Rename(
            f"kube_node_status_{old}",
            "kube_node_status_condition",
            CONDITIONS,
            adds={"condition": condition},
            labels={"condition": "status"},
        )


RENAMES = (
    *_by_resource(),
    *_by_condition(),
    *beginning(
        SECOND,
        "kube_hpa_",
        "kube_horizontalpodautoscaler_",
        _AUTOSCALERS,
        labels={"hpa": "horizontalpodautoscaler"},
    ),
    *pairs(
        SECOND,
        """
        kube_daemonset_updated_number_scheduled   kube_daemonset_status_updated_number_scheduled
        kube_pod_deleted                          kube_pod_deletion_timestamp
        """,
    ),
    Rename("kube_endpoint_address_available", "kube_endpoint_address", ADDRESSES, adds={"ready": "true"}),
    Rename("kube_endpoint_address_not_ready", "kube_endpoint_address", ADDRESSES, adds={"ready": "false"}),
)
