"""Services and the ways in to them."""

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop.inventory import WAYS_IN, WORKLOADS, WayIn, Workload
from tests.servers.shop.objects.shape import make

PORTS = {"postgres": 5432, "redis": 6379, "prometheus": 9090, "alertmanager": 9093}


def objects() -> list[Object]:
    return [*map(_service, WORKLOADS), *map(_ingress, WAYS_IN)]


def _service(of: Workload) -> Object:
    port = PORTS.get(of.name, 80)
    ports = [{"name": "main", "port": port, "targetPort": port}]
    return make("v1", "Service", of.name, of.namespace, spec={"selector": {"app": of.name}, "ports": ports})


def _ingress(way: WayIn) -> Object:
    service = {"name": way.service, "port": {"number": way.port}}
    path = {"path": way.path, "pathType": "Prefix", "backend": {"service": service}}
    tls = [{"hosts": [way.host], "secretName": f"{way.host.partition('.')[0]}-certificate"}]
    spec = {"ingressClassName": "nginx", "rules": [{"host": way.host, "http": {"paths": [path]}}], "tls": tls}
    status = {"loadBalancer": {"ingress": [{"ip": "127.0.2.1"}]}}
    return make("networking.k8s.io/v1", "Ingress", way.name, way.namespace, spec=spec, status=status)
