"""What all objects have in common: metadata, conditions, times."""

from datetime import UTC, datetime
from typing import Any

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop.inventory import LONG_BEFORE


def written(moment: float) -> str:
    """A moment as Kubernetes writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def make(
    version: str,
    kind: str,
    name: str,
    namespace: str | None = None,
    *,
    created: float = LONG_BEFORE,
    labels: dict[str, str] | None = None,
    **parts: Any,
) -> Object:
    """An object with its metadata; `parts` are what else it holds, such as `spec` and `status`."""
    place = {"namespace": namespace} if namespace else {}
    metadata = {"name": name, **place, "labels": labels or {}, "creationTimestamp": written(created)}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **parts}


def condition(kind: str, holds: bool, since: float, reason: str = "", message: str = "") -> dict[str, Any]:
    said = {"reason": reason, "message": message} if reason else {}
    return {"type": kind, "status": str(holds), "lastTransitionTime": written(since), **said}
