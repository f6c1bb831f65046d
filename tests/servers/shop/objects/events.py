"""Events of the last hour: the API server forgets older ones by default."""

from typing import Any

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop import story
from tests.servers.shop.inventory import Pod, pods_at
from tests.servers.shop.objects.shape import make, written


def objects(moment: float) -> list[Object]:
    crashing = [event for pod in pods_at(moment) if not pod.starts for event in _crashes(pod, moment)]
    return [*crashing, *_every_morning(moment)]


def _crashes(pod: Pod, moment: float) -> list[Object]:
    starts = pod.restarts(moment)
    name, image = pod.workload.name, pod.workload.image
    back_off = f"Back-off restarting failed container {name} in pod {pod.name}"
    pulled = f'Container image "{image}" already present on machine'
    return [
        _event(pod, "Warning", "BackOff", back_off, count=len(starts) * 4, first=pod.begins, last=moment - 25),
        _event(pod, "Normal", "Pulled", pulled, count=len(starts), first=pod.begins, last=starts[-1]),
    ]


def _every_morning(moment: float) -> list[Object]:
    """What also happens on quiet days: a slow readiness probe while the importer works."""
    importer = next(pod for pod in pods_at(moment) if pod.workload.name == "importer")
    slow = 'Readiness probe failed: Get "http://127.1.2.9:8080/ready": context deadline exceeded'
    first = moment - 0.7 * story.HOUR
    return [_event(importer, "Warning", "Unhealthy", slow, count=3, first=first, last=moment - 1500)]


def _event(pod: Pod, kind: str, reason: str, message: str, *, count: int, first: float, last: float) -> Object:
    namespace = pod.workload.namespace
    about: dict[str, Any] = {"apiVersion": "v1", "kind": "Pod", "name": pod.name, "namespace": namespace}
    return make(
        "v1",
        "Event",
        f"{pod.name}.{reason.lower()}",
        namespace,
        created=first,
        involvedObject=about,
        type=kind,
        reason=reason,
        message=message,
        count=count,
        firstTimestamp=written(first),
        lastTimestamp=written(last),
        source={"component": "kubelet", "host": pod.node},
        reportingComponent="",
        reportingInstance="",
    )
