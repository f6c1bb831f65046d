"""Which pods have logs to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.kubernetes.api.access import ClusterAccess
from connectors.kubernetes.api.listing import list_objects
from connectors.kubernetes.kinds.pod_parts import PodParts
from connectors.kubernetes.resources import PODS
from vistas.source import Deadline


@dataclass(frozen=True, slots=True)
class LogPod:
    """A pod whose logs may be read; `restarts` by container."""

    namespace: str
    name: str
    phase: str
    containers: tuple[str, ...]
    restarts: Mapping[str, int]


def list_pods(
    access: ClusterAccess, namespace: str | None, label_selector: str, deadline: Deadline
) -> tuple[LogPod, ...]:
    """The pods of a namespace (None: of all) that a label selector chooses, by name. Unobtainable as of a list."""
    params = (("labelSelector", label_selector),) if label_selector else ()
    listed = list_objects(access, PODS, "v1", [namespace], params, deadline, _log_pods, PodParts)
    pods = (pod for page in listed.pages for pod in page)
    return tuple(sorted(pods, key=lambda pod: (pod.namespace, pod.name)))


def _log_pods(pods: Iterable[dict[str, Any]]) -> list[LogPod]:
    return [
        LogPod(
            namespace=pod["metadata"]["namespace"],
            name=pod["metadata"]["name"],
            phase=(status := pod.get("status") or {}).get("phase") or "",
            containers=tuple(each["name"] for each in pod["spec"].get("containers") or ()),
            restarts={each["name"]: each["restartCount"] for each in status.get("containerStatuses") or ()},
        )
        for pod in pods
    ]
