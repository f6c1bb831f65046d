"""What kube-state-metrics tells about the cluster's objects."""

from collections.abc import Iterator

from tests.servers.shop import story
from tests.servers.shop.inventory import (
    GIB,
    NODE_CORES,
    NODE_MEMORY,
    NODES,
    WORKLOADS,
    Pod,
    Workload,
    pods,
    pods_at,
    replica_set,
)
from tests.servers.shop.metrics.series import Gauge, Metric, constant
from tests.servers.shop.story import Shape

OWN = {"job": "kube-state-metrics"}
PHASES = ("Running", "Pending", "Succeeded", "Failed", "Unknown")
QUOTAS = {
    ("shop", "requests.cpu"): (3.2, 4.0),
    ("shop", "pods"): (10, 24),
    ("ingest", "requests.memory"): (2.5, 4.0),
}
"""By namespace and resource: used and hard; memory in GiB."""
AUTOSCALED = {"storefront": (2, 6, 3), "search": (2, 4, 2), "thumbs": (2, 2, 2)}
"""By deployment: the fewest, the most, and the present number of replicas."""
BACKUP_JOBS = ("postgres-backup-29391480", "postgres-backup-29392920")


def metrics() -> Iterator[Metric]:
    for node in NODES:
        yield from _node(node)
    for pod in pods():
        yield from _pod(pod)
    for workload in WORKLOADS:
        yield from _workload(workload)
    for job in BACKUP_JOBS:
        for condition in ("true", "false", "unknown"):
            labels = {**OWN, "namespace": "data", "job_name": job, "condition": condition}
            yield Gauge("kube_job_failed", labels, constant(0))
    for (namespace, resource), (used, hard) in QUOTAS.items():
        unit = GIB if "memory" in resource else 1.0
        quota = {**OWN, "namespace": namespace, "resourcequota": "team", "resource": resource}
        yield Gauge("kube_resourcequota", {**quota, "type": "used"}, constant(used * unit))
        yield Gauge("kube_resourcequota", {**quota, "type": "hard"}, constant(hard * unit))


def waiting_reason(pod: Pod, moment: float) -> str | None:
    """Why a pod's container does not run; None when it does."""
    return None if pod.starts or not pod.lives(moment) else "CrashLoopBackOff"


def last_terminated(pod: Pod, moment: float) -> str | None:
    """Why a pod's container last ended; None when it never did."""
    if not pod.restarts(moment):
        return None
    if pod.workload.name == "parser":
        return "OOMKilled"
    return "Error"


def available(workload: Workload, moment: float) -> int:
    """How many of the workload's pods are ready."""
    return sum(1 for pod in pods_at(moment) if pod.workload.name == workload.name and pod.starts)


def _node(node: str) -> Iterator[Metric]:
    own = {**OWN, "node": node}
    yield Gauge("kube_node_info", {**own, "kubelet_version": "v1.20.2"}, constant(1))
    yield Gauge("kube_node_spec_unschedulable", own, constant(0))
    for condition, state in (("Ready", "true"), ("MemoryPressure", "false"), ("DiskPressure", "false")):
        for status in ("true", "false", "unknown"):
            labels = {**own, "condition": condition, "status": status}
            yield Gauge("kube_node_status_condition", labels, constant(float(status == state)))
    for resource, unit, amount in (
        ("cpu", "core", NODE_CORES),
        ("memory", "byte", NODE_MEMORY),
        ("pods", "integer", 110),
    ):
        for name in ("allocatable", "capacity"):
            labels = {**own, "resource": resource, "unit": unit}
            yield Gauge(f"kube_node_status_{name}", labels, constant(float(amount)))
    ttl = 61 * story.DAY
    kubelet = {"job": "kubelet", "node": node, "instance": node}
    yield Gauge("kubelet_certificate_manager_client_ttl_seconds", kubelet, lambda t: ttl - (t - story.BEGIN))


def _pod(pod: Pod) -> Iterator[Metric]:
    of = pod.workload
    own = {**OWN, "namespace": of.namespace, "pod": pod.name}
    container = {**own, "container": of.name}

    owner = {"created_by_kind": "ReplicaSet", "created_by_name": replica_set(of), "node": pod.node}
    yield Gauge("kube_pod_info", {**own, **owner}, while_alive(pod, constant(1)))
    for phase in PHASES:
        yield Gauge(
            "kube_pod_status_phase", {**own, "phase": phase}, while_alive(pod, constant(float(phase == "Running")))
        )
    yield Gauge("kube_pod_container_status_ready", container, while_alive(pod, constant(float(pod.starts))))
    yield Gauge(
        "kube_pod_container_status_restarts_total",
        container,
        while_alive(pod, lambda t: float(len(pod.restarts(t)))),
    )
    yield Gauge(
        "kube_pod_container_status_waiting_reason",
        {**container, "reason": "CrashLoopBackOff"},
        lambda t: 1.0 if waiting_reason(pod, t) else None,
    )
    for reason in ("OOMKilled", "Error"):
        labels = {**container, "reason": reason}
        yield Gauge("kube_pod_container_status_last_terminated_reason", labels, _ended_by(pod, reason))
    yield from _resources(pod, container)


def while_alive(pod: Pod, value: Shape) -> Shape:
    return lambda moment: value(moment) if pod.lives(moment) else None


def _ended_by(pod: Pod, reason: str) -> Shape:
    return lambda moment: 1.0 if pod.lives(moment) and last_terminated(pod, moment) == reason else None


def _resources(pod: Pod, container: dict[str, str]) -> Iterator[Metric]:
    of = pod.workload
    amounts = {
        ("requests", "cpu", "core"): of.cpu_request,
        ("limits", "cpu", "core"): of.cpu_request * 2,
        ("requests", "memory", "byte"): of.memory_limit / 2,
        ("limits", "memory", "byte"): of.memory_limit,
    }
    for (kind, resource, unit), amount in amounts.items():
        labels = {**container, "node": pod.node, "resource": resource, "unit": unit}
        yield Gauge(f"kube_pod_container_resource_{kind}", labels, while_alive(pod, constant(amount)))


def _workload(of: Workload) -> Iterator[Metric]:
    def ready(moment: float) -> float:
        return float(available(of, moment))

    wanted = constant(float(of.replicas))
    if of.kind == "StatefulSet":
        own = {**OWN, "namespace": of.namespace, "statefulset": of.name}
        yield Gauge("kube_statefulset_replicas", own, wanted)
        yield Gauge("kube_statefulset_status_replicas_ready", own, ready)
        return
    own = {**OWN, "namespace": of.namespace, "deployment": of.name}
    yield Gauge("kube_deployment_spec_replicas", own, wanted)
    yield Gauge("kube_deployment_status_replicas", own, wanted)
    yield Gauge("kube_deployment_status_replicas_available", own, ready)
    yield Gauge("kube_deployment_status_replicas_updated", own, lambda t: _updated(of, t))
    yield Gauge("kube_deployment_metadata_generation", own, lambda t: _generation(of, t))
    yield Gauge("kube_deployment_status_observed_generation", own, lambda t: _generation(of, t))
    if of.name in AUTOSCALED:
        fewest, most, now = AUTOSCALED[of.name]
        scaler = {**OWN, "namespace": of.namespace, "horizontalpodautoscaler": of.name}
        yield Gauge("kube_horizontalpodautoscaler_spec_min_replicas", scaler, constant(fewest))
        yield Gauge("kube_horizontalpodautoscaler_spec_max_replicas", scaler, constant(most))
        yield Gauge("kube_horizontalpodautoscaler_status_current_replicas", scaler, constant(now))
        yield Gauge("kube_horizontalpodautoscaler_status_desired_replicas", scaler, constant(now))


def _updated(of: Workload, moment: float) -> float:
    return 1.0 if of.name == "checkout" and story.checkout_is_short(moment) else float(of.replicas)


def _generation(of: Workload, moment: float) -> float:
    rolled_out = {"checkout": story.CHECKOUT_ROLLED_OUT, "parser": story.PARSER_ROLLED_OUT}.get(of.name)
    return 12.0 if rolled_out is None or moment < rolled_out else 13.0
