"""The shop's Kubernetes objects as they stand at one moment, to be applied to a real API server."""

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop.objects import access, events, machines, scaling, storage, workloads


def all_objects(moment: float) -> list[Object]:
    """Every object, in an order in which they can be applied; `moment` in Unix seconds."""
    return [
        *machines.objects(),
        *access.objects(),
        *storage.objects(),
        *workloads.objects(moment),
        *scaling.objects(moment),
        *events.objects(moment),
    ]
