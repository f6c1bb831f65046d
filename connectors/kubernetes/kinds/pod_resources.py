"""What a pod asks for and may use, as the scheduler adds it up.

Rules: Kubernetes documentation, "Resource Management for Pods", "Sidecar Containers", "Pod Overhead".
"""

from __future__ import annotations

from collections.abc import Iterable

from connectors.kubernetes.kinds.pod_status import is_sidecar
from connectors.kubernetes.objects import Object, each, part
from connectors.kubernetes.quantities import parse_quantity


def request(pod: Object, resource: str) -> float | None:
    """Cores or bytes that are kept free for it; None where nothing is asked for."""
    spec = part(pod, "spec")
    if (whole := parse_quantity(part(spec, "resources", "requests").get(resource))) is not None:
        return whole
    lasting = [*each(spec, "containers"), *(one for one in each(spec, "initContainers") if is_sidecar(one))]
    passing = [one for one in each(spec, "initContainers") if not is_sidecar(one)]
    together = sum(_amounts(lasting, "requests", resource))
    peak = max(_amounts(passing, "requests", resource), default=0.0)
    overhead = parse_quantity(part(spec, "overhead").get(resource)) or 0.0
    return max(together, peak) + overhead or None


def limit(pod: Object, resource: str) -> float | None:
    """Cores or bytes that it may not exceed; None where at least one container has no limit."""
    spec = part(pod, "spec")
    if (whole := parse_quantity(part(spec, "resources", "limits").get(resource))) is not None:
        return whole
    lasting = [*each(spec, "containers"), *(one for one in each(spec, "initContainers") if is_sidecar(one))]
    amounts = _amounts(lasting, "limits", resource)
    return sum(amounts) if amounts and len(amounts) == len(lasting) else None


def _amounts(containers: Iterable[Object], side: str, resource: str) -> list[float]:
    found = (parse_quantity(part(container, "resources", side).get(resource)) for container in containers)
    return [amount for amount in found if amount is not None]
