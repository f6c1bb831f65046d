"""What vistas.toml may say about a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(gt=0, le=600)]
Namespace = Annotated[str, Field(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", max_length=63)]


class KubernetesSettings(BaseModel):
    """One cluster. Several clusters are several sources."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kubeconfig: Path | None = Field(
        default=None,
        description="the kubeconfig file; by default $KUBECONFIG, then ~/.kube/config, then the pod's own account",
    )
    context: str | None = Field(default=None, min_length=1, description="by default the kubeconfig's current one")
    namespaces: tuple[Namespace, ...] = Field(
        default=(), description="look only here, with one list per namespace; empty means the whole cluster"
    )
    timeout: Seconds = Field(default=15.0, description="seconds without a byte before a request is given up")
    max_bytes: Annotated[int, Field(ge=100_000, le=4_000_000_000)] = Field(
        default=128_000_000, description="the largest list that is read, in bytes of JSON over all its pages"
    )
    at_once: Annotated[int, Field(ge=1, le=32)] = Field(default=4, description="lists asked for at the same time")
    page_size: Annotated[int, Field(ge=1, le=5000)] = Field(default=500, description="objects per page of a list")
