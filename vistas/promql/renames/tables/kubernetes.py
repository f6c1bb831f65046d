"""Kubernetes' own parts: API server, kubelet and its cAdvisor, scheduler, proxy, and etcd below them."""

from __future__ import annotations

from vistas.promql.renames.model import LabelRename, Origin, Rename
from vistas.promql.renames.tables.writing import beginning, pairs

OVERHAUL = Origin("Kubernetes", "1.17", "CHANGELOG-1.17.md, deprecated metrics removed, replaced since 1.14")
CADVISOR = Origin("Kubernetes", "1.16", "the enhancement proposal Kubernetes Metrics Overhaul")
RUNNING = Origin("Kubernetes", "1.19", "CHANGELOG-1.19.md")
OBJECTS = Origin("Kubernetes", "1.21", "CHANGELOG-1.21.md and CHANGELOG-1.23.md")
SCHEDULING = Origin("Kubernetes", "1.23", "CHANGELOG-1.23.md")
SLI = Origin("Kubernetes", "1.27", "CHANGELOG-1.27.md")
STORAGE = Origin("Kubernetes", "1.28", "CHANGELOG-1.28.md")
ETCD = Origin("etcd", "3.5", "CHANGELOG-3.4.md and CHANGELOG-3.5.md")

_COUNTERS = """
apiserver_request_count                       apiserver_request_total
apiserver_dropped_requests                    apiserver_dropped_requests_total
kubelet_docker_operations                     kubelet_docker_operations_total
kubelet_docker_operations_errors              kubelet_docker_operations_errors_total
kubelet_docker_operations_timeout             kubelet_docker_operations_timeout_total
kubelet_runtime_operations                    kubelet_runtime_operations_total
kubelet_runtime_operations_errors             kubelet_runtime_operations_errors_total
kubelet_device_plugin_registration_count      kubelet_device_plugin_registration_total
rest_client_request_latency_seconds           rest_client_request_duration_seconds
scheduler_scheduling_latency_seconds          scheduler_scheduling_duration_seconds
apiserver_storage_transformation_failures_total  apiserver_storage_transformation_operations_total
"""
_SUMMARIES = """
kubelet_pod_worker_latency_microseconds           kubelet_pod_worker_duration_seconds
kubelet_pod_start_latency_microseconds            kubelet_pod_start_duration_seconds
kubelet_cgroup_manager_latency_microseconds       kubelet_cgroup_manager_duration_seconds
kubelet_pod_worker_start_latency_microseconds     kubelet_pod_worker_start_duration_seconds
kubelet_pleg_relist_latency_microseconds          kubelet_pleg_relist_duration_seconds
kubelet_pleg_relist_interval_microseconds         kubelet_pleg_relist_interval_seconds
kubelet_eviction_stats_age_microseconds           kubelet_eviction_stats_age_seconds
kubelet_runtime_operations_latency_microseconds   kubelet_runtime_operations_duration_seconds
kubelet_docker_operations_latency_microseconds    kubelet_docker_operations_duration_seconds
kubelet_network_plugin_operations_latency_microseconds  kubelet_network_plugin_operations_duration_seconds
kubelet_device_plugin_alloc_latency_microseconds  kubelet_device_plugin_alloc_duration_seconds
apiserver_request_latencies_summary               apiserver_request_duration_seconds
etcd_request_latencies_summary                    etcd_request_duration_seconds
"""
_HISTOGRAMS = """
apiserver_request_latencies                       apiserver_request_duration_seconds
apiserver_storage_transformation_latencies_microseconds       apiserver_storage_transformation_duration_seconds
apiserver_storage_data_key_generation_latencies_microseconds apiserver_storage_data_key_generation_duration_seconds
scheduler_e2e_scheduling_latency_microseconds     scheduler_e2e_scheduling_duration_seconds
scheduler_scheduling_algorithm_latency_microseconds  scheduler_scheduling_algorithm_duration_seconds
scheduler_binding_latency_microseconds            scheduler_binding_duration_seconds
kubeproxy_sync_proxy_rules_latency_microseconds   kubeproxy_sync_proxy_rules_duration_seconds
"""

RENAMES = (
    *pairs(OVERHAUL, _COUNTERS),
    *pairs(OVERHAUL, _SUMMARIES, factor=1e6, from_summary=True),
    *pairs(OVERHAUL, _HISTOGRAMS, factor=1e6),
    *pairs(
        RUNNING,
        """
        kubelet_running_pod_count        kubelet_running_pods
        kubelet_running_container_count  kubelet_running_containers
        """,
    ),
    Rename("etcd_object_counts", "apiserver_storage_objects", OBJECTS),
    Rename(
        "scheduler_e2e_scheduling_duration_seconds", "scheduler_scheduling_attempt_duration_seconds", SCHEDULING
    ),
    *pairs(
        SLI,
        """
        apiserver_request_slo_duration_seconds     apiserver_request_sli_duration_seconds
        scheduler_pod_scheduling_duration_seconds  scheduler_pod_scheduling_sli_duration_seconds
        """,
    ),
    Rename("etcd_db_total_size_in_bytes", "apiserver_storage_size_bytes", STORAGE),
    Rename("apiserver_storage_db_total_size_in_bytes", "apiserver_storage_size_bytes", STORAGE),
    *beginning(
        ETCD,
        "etcd_debugging_mvcc_",
        "etcd_mvcc_",
        "db_total_size_in_bytes delete_total put_total range_total txn_total",
    ),
)
LABELS = (
    LabelRename("pod_name", "pod", CADVISOR, ("container_", "kubelet_")),
    LabelRename("container_name", "container", CADVISOR, ("container_", "kubelet_")),
)
