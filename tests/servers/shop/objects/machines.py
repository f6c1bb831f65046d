"""Nodes and namespaces."""

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop.inventory import GIB, LONG_BEFORE, NODE_CORES, NODE_MEMORY, NODES, WORKLOADS
from tests.servers.shop.objects.shape import condition, make

MACHINE = {
    "architecture": "amd64",
    "bootID": "",
    "containerRuntimeVersion": "containerd://1.7.27",
    "kernelVersion": "6.1.0-39-amd64",
    "kubeProxyVersion": "v1.20.2",
    "kubeletVersion": "v1.20.2",
    "machineID": "",
    "operatingSystem": "linux",
    "osImage": "Debian GNU/Linux 12 (bookworm)",
    "systemUUID": "",
}
ROOM = {"cpu": str(NODE_CORES), "memory": f"{NODE_MEMORY / GIB:.0f}Gi", "pods": "110"}
HEALTHY = {
    "Ready": (True, "KubeletReady", "kubelet is posting ready status"),
    "MemoryPressure": (False, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    "DiskPressure": (False, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    "PIDPressure": (False, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
}


def objects() -> list[Object]:
    namespaces = sorted({workload.namespace for workload in WORKLOADS})
    nodes = [_node(name, f"127.0.1.{number}") for number, name in enumerate(NODES, start=1)]
    return [*(make("v1", "Namespace", name) for name in namespaces), *nodes]


def _node(name: str, address: str) -> Object:
    healthy = [condition(kind, holds, LONG_BEFORE, *why) for kind, (holds, *why) in HEALTHY.items()]
    addresses = [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}]
    known = {"capacity": ROOM, "allocatable": ROOM, "conditions": healthy, "addresses": addresses}
    labels = {"kubernetes.io/hostname": name, "node-role.kubernetes.io/worker": ""}
    return make("v1", "Node", name, labels=labels, status={**known, "nodeInfo": MACHINE})
