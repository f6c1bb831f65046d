"""What remembers what it rolled out."""

from __future__ import annotations

from connectors.kubernetes.columns import ObjectKind
from connectors.kubernetes.kinds.operators.argocd import APPLICATION_CHANGES
from connectors.kubernetes.kinds.operators.flux import HELMRELEASE_CHANGES, KUSTOMIZATION_CHANGES

HISTORIES: dict[str, ObjectKind] = {
    "histories of applications": APPLICATION_CHANGES,
    "histories of kustomizations": KUSTOMIZATION_CHANGES,
    "histories of helmreleases": HELMRELEASE_CHANGES,
}
"""By the words in which a warning speaks of them."""
