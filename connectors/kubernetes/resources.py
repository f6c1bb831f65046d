"""Which resources are read, in which versions of their API; nothing else is ever asked for.

Versions: Kubernetes API reference 1.36 and the deprecated API migration guide; gateway.networking.k8s.io v1;
Argo CD 3.6, Flux 2.7, cert-manager 1.21 and Velero 1.17, and what they served before.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Resource:
    """`served_as` are group and version, newest first, such as `apps/v1`; the core group is just `v1`."""

    name: str
    served_as: tuple[str, ...]
    namespaced: bool = True
    comes_with: str = ""
    """What has to be installed for it to be there; empty where every cluster has it."""

    @property
    def group(self) -> str:
        """The group it belongs to today; empty for the core group."""
        return group_of(self.served_as[0])

    def path(self, version: str, namespace: str | None = None) -> str:
        """Where it is listed, such as `/apis/apps/v1/namespaces/shop/deployments`."""
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        place = f"/namespaces/{quote(namespace, safe='')}" if namespace and self.namespaced else ""
        return f"{root}{place}/{self.name}"

    def __str__(self) -> str:
        return f"{self.name} ({self.group})" if self.group else self.name


def group_of(version: str) -> str:
    return version.rpartition("/")[0]


_GATEWAY = ("gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1")

NODES = Resource("nodes", ("v1",), namespaced=False)
NAMESPACES = Resource("namespaces", ("v1",), namespaced=False)
PODS = Resource("pods", ("v1",))
PVCS = Resource("persistentvolumeclaims", ("v1",))
STORAGE_CLASSES = Resource("storageclasses", ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"), namespaced=False)
QUOTAS = Resource("resourcequotas", ("v1",))
SERVICES = Resource("services", ("v1",))
EVENTS = Resource("events", ("v1",))
DEPLOYMENTS = Resource("deployments", ("apps/v1",))
STATEFULSETS = Resource("statefulsets", ("apps/v1",))
DAEMONSETS = Resource("daemonsets", ("apps/v1",))
JOBS = Resource("jobs", ("batch/v1",))
CRONJOBS = Resource("cronjobs", ("batch/v1", "batch/v1beta1"))
HPAS = Resource(
    "horizontalpodautoscalers", ("autoscaling/v2", "autoscaling/v2beta2", "autoscaling/v2beta1", "autoscaling/v1")
)
PDBS = Resource("poddisruptionbudgets", ("policy/v1", "policy/v1beta1"))
ENDPOINTSLICES = Resource("endpointslices", ("discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"))
INGRESSES = Resource("ingresses", ("networking.k8s.io/v1", "networking.k8s.io/v1beta1"))
GATEWAYS = Resource("gateways", _GATEWAY, comes_with="the Gateway API")
HTTPROUTES = Resource("httproutes", _GATEWAY, comes_with="the Gateway API")
NODE_METRICS = Resource("nodes", ("metrics.k8s.io/v1beta1",), namespaced=False, comes_with="metrics-server")
POD_METRICS = Resource("pods", ("metrics.k8s.io/v1beta1",), comes_with="metrics-server")
APPLICATIONS = Resource("applications", ("argoproj.io/v1alpha1",), comes_with="Argo CD")
KUSTOMIZATIONS = Resource(
    "kustomizations",
    ("kustomize.toolkit.fluxcd.io/v1", "kustomize.toolkit.fluxcd.io/v1beta2"),
    comes_with="Flux",
)
HELMRELEASES = Resource(
    "helmreleases",
    ("helm.toolkit.fluxcd.io/v2", "helm.toolkit.fluxcd.io/v2beta2", "helm.toolkit.fluxcd.io/v2beta1"),
    comes_with="Flux",
)
CERTIFICATES = Resource("certificates", ("cert-manager.io/v1",), comes_with="cert-manager")
BACKUPS = Resource("backups", ("velero.io/v1",), comes_with="Velero")
BACKUP_SCHEDULES = Resource("schedules", ("velero.io/v1",), comes_with="Velero")
