"""A dashboard as all its forms are read: bands of panels, each panel in the shape of the classic model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vistas.errors import DashboardError
from vistas.importing.reading.tree import at, items

MOST_PANELS = 2000
REPEATED = "is repeated for each value of a variable; here it stands once"
CONDITIONAL = "is shown under a condition only; here always"
MOST_QUERIES = 10_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A panel and the height it hangs at; `trouble` says why nothing of it can be carried."""

    tree: Any
    top: float = 0.0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """What stands under one heading, from the upper left to the lower right; no title means no heading.

    `changes` says what the dashboard does with all of it and a routine does not; `folded` whether it hides it at
    first.
    """

    title: str
    panels: tuple[Placed, ...]
    changes: tuple[str, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """`since` is where its time range starts (`now-6h`); `inputs` has what each input stands for."""

    title: str
    description: str
    since: str
    bands: tuple[Band, ...]
    variables: Sequence[Any] = ()
    annotations: Sequence[Any] = ()
    links: Sequence[Any] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


def required_list(value: Any, name: str, key: str) -> Sequence[Any]:
    """The list under `key`, empty where there is none. DashboardError where something else stands there."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise DashboardError(f"{name}: {key} must be a list")
    return value


def required_table(value: Any, name: str, key: str) -> Mapping[str, Any]:
    """The mapping under `key`. DashboardError where there is none."""
    if not isinstance(value, dict):
        raise DashboardError(f"{name}: {key} must be a mapping of keys to values")
    return value


def insist_on_bounds(bands: Sequence[Band], name: str) -> None:
    if sum(len(band.panels) for band in bands) > MOST_PANELS:
        raise DashboardError(f"{name}: panels: more than {MOST_PANELS:,} of them")
    if queries_in(bands) > MOST_QUERIES:
        raise DashboardError(f"{name}: targets: more than {MOST_QUERIES:,} queries")


def queries_in(bands: Sequence[Band]) -> int:
    return sum(len(items(at(panel.tree, "targets"))) for band in bands for panel in band.panels)
