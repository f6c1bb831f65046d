"""What a pod asks for and may use, as the scheduler adds it up.

Rules: Kubernetes documentation, "Resource Management for Pods", "Sidecar Containers", "Pod Overhead".
"""

from __future__ import annotations

from dataclasses import dataclass

from connectors.kubernetes.kinds.pod_status import is_sidecar
from connectors.kubernetes.objects import Object, each, part
from connectors.kubernetes.quantities import parse_quantity


@dataclass(frozen=True, slots=True)
class Needs:
    """One resource: what is kept free for the pod, None where nothing is asked for; and what it may not exceed,
    None where at least one container has no limit. In cores or bytes.
    """

    request: float | None
    limit: float | None


def needs(pod: Object, resource: str) -> Needs:
    spec = part(pod, "spec")
    begun = each(spec, "initContainers")
    lasting = [*each(spec, "containers"), *(one for one in begun if is_sidecar(one))]
    passing = [one for one in begun if not is_sidecar(one)]
    return Needs(_request(spec, lasting, passing, resource), _limit(spec, lasting, resource))


def _request(spec: Object, lasting: list[Object], passing: list[Object], resource: str) -> float | None:
    if (whole := parse_quantity(part(spec, "resources", "requests").get(resource))) is not None:
        return whole
    together = sum(_amounts(lasting, "requests", resource))
    peak = max(_amounts(passing, "requests", resource), default=0.0)
    overhead = parse_quantity(part(spec, "overhead").get(resource)) or 0.0
    return max(together, peak) + overhead or None


def _limit(spec: Object, lasting: list[Object], resource: str) -> float | None:
    if (whole := parse_quantity(part(spec, "resources", "limits").get(resource))) is not None:
        return whole
    amounts = _amounts(lasting, "limits", resource)
    return sum(amounts) if amounts and len(amounts) == len(lasting) else None


def _amounts(containers: list[Object], side: str, resource: str) -> list[float]:
    found = (parse_quantity(part(container, "resources", side).get(resource)) for container in containers)
    return [amount for amount in found if amount is not None]
