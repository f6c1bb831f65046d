"""Volume claims and quotas."""

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop.inventory import GIB, WORKLOADS, Workload
from tests.servers.shop.metrics.cluster import QUOTAS
from tests.servers.shop.objects.shape import make


def objects() -> list[Object]:
    claims = [_claim(workload, workload.volume) for workload in WORKLOADS if workload.volume]
    return [*claims, *(_quota(namespace) for namespace in sorted({namespace for namespace, _ in QUOTAS}))]


def _claim(of: Workload, size: float) -> Object:
    room = {"storage": f"{size / GIB:.0f}Gi"}
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": room}, "storageClassName": "local"}
    status = {"phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": room}
    return make("v1", "PersistentVolumeClaim", f"data-{of.name}-0", of.namespace, spec=spec, status=status)


def _quota(namespace: str) -> Object:
    hard, used = {}, {}
    for (place, resource), (taken, allowed) in QUOTAS.items():
        if place == namespace:
            unit = "Gi" if "memory" in resource else ""
            used[resource], hard[resource] = f"{taken:g}{unit}", f"{allowed:g}{unit}"
    return make("v1", "ResourceQuota", "team", namespace, spec={"hard": hard}, status={"hard": hard, "used": used})
