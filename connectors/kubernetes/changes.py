"""What was rolled out within the window, from whichever of these is there: Deployments, Argo CD, Flux.

Releases of Helm alone are kept in Secrets, which are never read: what they change shows in the Deployments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.kubernetes.columns import Row
from connectors.kubernetes.kinds.operators.changes import CHANGE, CHANGE_KEY, CHANGE_SPOKEN
from connectors.kubernetes.kinds.operators.histories import HISTORIES
from connectors.kubernetes.several_kinds import See, Several, view_all
from vistas.snapshot import Window

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CHANGE_KEY", "CHANGE_SPOKEN", "Changes", "look_for_changes"]

DEPLOYMENTS = "deployments"
RESULTS = {"Complete": "rolled out", "Rolling out": "rolling out", "Stuck": "stuck", "Refused": "stuck"}
"""By a Deployment's status; of any other it is only known that its pods were replaced."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The newest first; what was asked for it, and which lists could not be had."""

    table: pl.DataFrame
    asked: str
    warnings: tuple[str, ...]


def look_for_changes(see: See, window: Window, at_once: int) -> Changes:
    """A list that cannot be had is a warning; Unobtainable where none can."""
    from connectors.kubernetes.tables import make_table

    seen = view_all((DEPLOYMENTS, *HISTORIES), see, at_once)
    within = [row for row in _all(seen) if row["at"] is not None and window.start <= row["at"] < window.end]
    newest_first = sorted(within, key=_when, reverse=True)
    # What was rolled out again is told once, as of when it last was.
    each_once = {tuple(row[name] for name in CHANGE_KEY): row for row in reversed(newest_first)}
    rows = sorted(each_once.values(), key=_when, reverse=True)
    return Changes(make_table(CHANGE, rows), seen.asked, seen.warnings)


def _when(row: Row) -> datetime:
    at: datetime = row["at"]
    return at


def _all(seen: Several) -> Iterator[Row]:
    for kind, view in seen.views.items():
        for row in view.table.iter_rows(named=True):
            yield _rollout(row) if kind == DEPLOYMENTS else row


def _rollout(deployment: Row) -> Row:
    revision = deployment["revision"]
    return {
        "at": deployment["rolled_out"],
        "kind": "Deployment",
        "namespace": deployment["namespace"],
        "name": deployment["name"],
        "revision": f"revision {revision}" if revision else "",
        "result": RESULTS.get(deployment["status"], "changed"),
        "by": "",
        "details": ", ".join(deployment["images"]),
    }
