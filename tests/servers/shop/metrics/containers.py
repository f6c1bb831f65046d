"""What the kubelets' cAdvisor tells about containers, and what volumes hold."""

from collections.abc import Iterator

from tests.servers.shop import story
from tests.servers.shop.inventory import MIB, OLD_PARSER, Pod, pods
from tests.servers.shop.metrics.series import Counter, Gauge, Metric, constant, wobble

LEAK_STOPS_SHORT = 0.995
"""The share of the limit at which the kernel steps in."""


def metrics() -> Iterator[Metric]:
    for pod in pods():
        yield from _container(pod)
        if pod.workload.volume is not None:
            yield from _volume(pod, pod.workload.volume)


def cpu_used(pod: Pod, moment: float) -> float | None:
    """Cores; None while no container runs."""
    if not pod.lives(moment) or not pod.starts:
        return None
    used = pod.workload.cpu_use * (0.3 + 0.7 * story.rhythm(moment)) * wobble(pod.name, moment, 0.08)
    if pod.workload.name == "postgres" and story.during_backup(moment):
        used += 0.5
    if pod.workload.name == "checkout" and story.checkout_is_short(moment):
        used *= 1.9
    return float(used)


def memory_used(pod: Pod, moment: float) -> float | None:
    """Working set in bytes; None while no container runs."""
    if not pod.lives(moment) or not pod.starts:
        return None
    steady = pod.workload.memory_use * wobble(f"{pod.name} memory", moment, 0.015)
    if pod.workload.name == "parser" and pod.workload.version != OLD_PARSER:
        return float(min(steady + leaked(pod, moment), LEAK_STOPS_SHORT * pod.workload.memory_limit))
    return float(steady)


def leaked(pod: Pod, moment: float) -> float:
    """Bytes that the new parser has lost since its container was last started."""
    began = max([pod.begins, *pod.restarts(moment)])
    room = pod.workload.memory_limit - pod.workload.memory_use
    return room * (moment - began) / (story.PARSER_OOM_KILLS[pod.number] - story.PARSER_ROLLED_OUT)


def _container(pod: Pod) -> Iterator[Metric]:
    of = pod.workload
    labels = {
        "namespace": of.namespace,
        "pod": pod.name,
        "container": of.name,
        "image": of.image,
        "node": pod.node,
        "instance": pod.node,
        "job": "kubelet",
    }
    yield Gauge("container_memory_working_set_bytes", labels, lambda t: memory_used(pod, t))
    yield Counter("container_cpu_usage_seconds_total", labels, lambda t: cpu_used(pod, t))
    yield Counter("container_cpu_cfs_periods_total", labels, lambda t: None if cpu_used(pod, t) is None else 10.0)
    yield Counter("container_cpu_cfs_throttled_periods_total", labels, lambda t: _throttled(pod, t))


def _throttled(pod: Pod, moment: float) -> float | None:
    used = cpu_used(pod, moment)
    return None if used is None else 10.0 * max(0.0, min(0.9, used / (2.2 * pod.workload.cpu_request) - 0.35))


def _volume(pod: Pod, size: float) -> Iterator[Metric]:
    of = pod.workload
    claim = {
        "namespace": of.namespace,
        "persistentvolumeclaim": f"data-{pod.name}",
        "node": pod.node,
        "job": "kubelet",
    }
    free, a_day = {"postgres": (0.19, 0.012), "covers": (0.55, 0.002)}.get(of.name, (0.42, 0.004))

    def available(moment: float) -> float:
        days = (moment - story.BEGIN) / story.DAY
        return float(size * (free - a_day * days) - 3 * MIB * wobble(pod.name, moment, 0.4))

    yield Gauge("kubelet_volume_stats_capacity_bytes", claim, constant(size))
    yield Gauge("kubelet_volume_stats_available_bytes", claim, available)
    yield Gauge("kubelet_volume_stats_inodes", claim, constant(size / 16384))
    yield Gauge("kubelet_volume_stats_inodes_free", claim, constant(size / 16384 * 0.9))
