"""Looks that compare ingress controllers, for a team that migrates from one to another."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from connectors.ingress.aggregation.looks import Shown, minutes_of, objects, tail, timed
from connectors.ingress.aggregation.summary import Summary
from connectors.taking import Unobtainable
from vistas.requests import controllers
from vistas.requests import summary as requests_summary
from vistas.snapshot import Frame, FrameKind, GapReason

ROUTES = 40
"""Routes that are set side by side: the busiest."""


def show_controllers(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    """Requests by minute and controller, without host and service: each controller names these its own way."""
    nowhere = {"host": pl.lit(""), "service": pl.lit("")}
    cells = requests_summary.merge([minutes_of(summary, chosen).with_columns(**nowhere)])
    return Shown(Frame(FrameKind.REQUESTS, cells), _silent(cells))


def show_totals(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    cells = minutes_of(summary, chosen)
    return Shown(objects(controllers.totals_by_controller(cells), ["controller"]), _silent(cells))


def show_routes(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    """The busiest routes, each with a row for every controller that answered it, the first seen first."""
    key = ["method", "route", "controller"]
    cells = timed(summary.tables["routes"].filter(chosen))
    rows = controllers.counted(cells, key).join(
        cells.group_by(key).agg(pl.col("first").min(), pl.col("last").max()), on=key, how="left"
    )
    routes = ["method", "route"]
    ranking = rows.group_by(routes).agg(pl.col("requests").sum().alias("_all"))
    busy = ranking.sort("_all", *routes, descending=[True, False, False]).head(ROUTES)
    shown = rows.join(busy, on=routes).sort("_all", *routes, "first", descending=[True] + [False] * 3).drop("_all")
    return Shown(objects(shown, key), (*_silent(cells), *tail(ranking.height, busy.height, "routes")))


BY_CONTROLLER: dict[str, Callable[[Summary, pl.Expr, int], Shown]] = {
    controllers.TAKE: show_controllers,
    "controller-totals": show_totals,
    "controller-routes": show_routes,
}


def insist_on_several(minutes: pl.DataFrame) -> None:
    """Unobtainable where there is nothing to set beside anything."""
    names = minutes["controller"].unique().sort().to_list()
    if not names:
        hint = "Look further back, or widen the filter."
        raise Unobtainable(GapReason.NOT_HERE, "There are no requests here, so no controllers either.", hint)
    if len(names) == 1:
        hint = "Add the logs of the other one to this source, and look back to before the move."
        raise Unobtainable(GapReason.NOT_HERE, f"Only one controller here: {names[0]}.", hint)


def _silent(cells: pl.DataFrame) -> tuple[str, ...]:
    """What the formats of these controllers do not say."""
    unsaid = {"how long a request took": "latency_le", "whether an attempt was retried": "retried"}
    told = cells.group_by("controller").agg(pl.col(name).is_not_null().any() for name in unsaid.values())
    warnings = []
    for what, column in unsaid.items():
        names = told.filter(~pl.col(column))["controller"].sort().to_list()
        if names:
            warnings.append(f"{what[0].upper()}{what[1:]} is not reported by {', '.join(names)}.")
    return tuple(warnings)
