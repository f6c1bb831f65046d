"""What a look at a kind shows: mostly its table as it is; events and metrics need a little more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connectors.kubernetes.inventory import Inventory, ListScope
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.events import group_events
from connectors.taking import Unobtainable
from vistas.snapshot import Window
from vistas.source import Deadline

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class View:
    """A table to show, the requests behind it, and what is worth knowing about them."""

    table: pl.DataFrame
    asked: str
    warnings: tuple[str, ...] = ()
    obtained: Window | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Looks at kinds within one scope, window and deadline."""

    inventory: Inventory
    scope: ListScope
    window: Window
    deadline: Deadline

    def view(self, kind: str) -> View:
        """The table of the kind that a look calls so. Unobtainable where it cannot be had."""
        return _VIEWS.get(kind, _plain)(self, kind)


def _plain(viewer: Viewer, kind: str) -> View:
    stock = viewer.inventory.stock(kind, viewer.scope, viewer.deadline)
    return View(stock.table, stock.asked, stock.warnings)


def _namespaces(viewer: Viewer, kind: str) -> View:
    view, wanted = _plain(viewer, kind), viewer.scope.namespaces
    if None in wanted:
        return view
    return View(view.table.filter(view.table["name"].is_in(list(wanted))), view.asked, view.warnings)


def _events(viewer: Viewer, kind: str) -> View:
    """What was said within the window, grouped. `obtained` tells how far back the cluster remembers."""
    from connectors.kubernetes.tables import make_table

    view, window = _plain(viewer, kind), viewer.window
    rows = list(view.table.iter_rows(named=True))
    within = [row for row in rows if row["last"] is None or window.start <= row["last"] < window.end]
    table = make_table(KINDS[kind].columns, group_events(within))
    oldest = min((row["first"] for row in rows if row["first"] is not None), default=None)
    return View(table, view.asked, view.warnings, _obtained(window, oldest))


def _obtained(window: Window, oldest: datetime | None) -> Window | None:
    if oldest is None or oldest.astimezone(UTC) >= window.end:
        return None
    return Window(max(window.start, oldest), window.end)


def _node_usage(viewer: Viewer, kind: str) -> View:
    """Usage beside what the node has to give."""
    shares = {
        "cpu_ratio": ("cpu_cores", "cpu_allocatable_cores"),
        "memory_ratio": ("memory_bytes", "memory_allocatable_bytes"),
    }
    return _with_shares(viewer, kind, "nodes", shares)


def _pod_usage(viewer: Viewer, kind: str) -> View:
    """Usage beside what the pod asked for and may have."""
    shares = {
        "cpu_request_ratio": ("cpu_cores", "cpu_request_cores"),
        "cpu_limit_ratio": ("cpu_cores", "cpu_limit_cores"),
        "memory_request_ratio": ("memory_bytes", "memory_request_bytes"),
        "memory_limit_ratio": ("memory_bytes", "memory_limit_bytes"),
    }
    return _with_shares(viewer, kind, "pods", shares)


def _with_shares(viewer: Viewer, kind: str, measured: str, shares: dict[str, tuple[str, str]]) -> View:
    """The usage divided by columns of the objects that are measured; empty where those cannot be listed."""
    import polars as pl

    view, key = _plain(viewer, kind), list(KINDS[kind].key)
    try:
        objects = _plain(viewer, measured)
    except Unobtainable as failure:
        missing = [pl.lit(None, pl.Float64).alias(share) for share in shares]
        warning = f"No percentages: the list of {measured} is missing. {failure.gap.message}"
        return View(view.table.with_columns(missing), view.asked, (*view.warnings, warning))
    wholes = sorted({whole for _, whole in shares.values()})
    joined = view.table.join(objects.table.select(*key, *wholes), on=key, how="left", maintain_order="left")
    divided = [
        pl.when(pl.col(whole) > 0).then(pl.col(used) / pl.col(whole)).alias(share)
        for share, (used, whole) in shares.items()
    ]
    asked = f"{view.asked} · {objects.asked}"
    return View(joined.with_columns(divided).drop(wholes), asked, (*view.warnings, *objects.warnings))


_VIEWS: dict[str, Callable[[Viewer, str], View]] = {
    "namespaces": _namespaces,
    "events": _events,
    "node-metrics": _node_usage,
    "pod-metrics": _pod_usage,
}
