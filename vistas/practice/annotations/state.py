"""Which notices of a vista stand in Grafana, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Placed:
    """`id` is Grafana's, at the address `grafana`; `revision` is that of the notice that stands there."""

    id: int
    grafana: str
    revision: int


@dataclass(frozen=True, slots=True)
class Annotations:
    """Those of one vista, by their notices."""

    placed: Mapping[UUID, Placed] = field(default_factory=dict)
