"""Compares the requests of several ingress controllers in a `requests` frame, measure by measure.

What a controller's log format does not contain is null, never 0. Controllers keep the order in which they were
first seen, so after a migration the first is the old one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import polars as pl

from vistas.formatting.values import format_span, format_value
from vistas.requests.summary import OPTIONAL, add_known, percentiles, status_class, step_for, with_columns_of
from vistas.routine import Unit
from vistas.snapshot import Window

TAKE = "controllers"
"""The look whose `requests` frame is drawn so."""
MOST = 6
"""How many controllers are told apart in a chart: the busiest."""
UNNAMED = "(unknown)"
STEPS = 100
"""A chart has no more steps than this, so that a share is one of more than a handful of requests."""
_FAILED = {"4xx": "4xx_percent", "5xx": "5xx_percent"}
_REST = {"none": "unanswered_percent", "2xx": "2xx_percent", "3xx": "3xx_percent"}
_TIMED = ("p50", "p95")


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of one controller over time. `place` is the controller's; `times` and `values` go together."""

    controller: str
    place: int
    measure: str
    times: pl.Series
    values: pl.Series

    @property
    def name(self) -> str:
        """What stands at the line's end."""
        return f"{self.controller} {self.measure}" if self.measure in _TIMED else self.controller

    @property
    def tone(self) -> int:
        """The number of its colour among those of series: of two controllers, the one that came has the accent."""
        return (2, 1)[self.place] if self.place < 2 else self.place + 1  # noqa: PLR2004 - one of two

    @property
    def highest(self) -> float | None:
        highest = self.values.cast(pl.Float64).drop_nans().max()
        return highest if isinstance(highest, float) else None

    @property
    def labels(self) -> dict[str, str]:
        """What a notice names the line by."""
        return {"controller": self.controller, "measure": self.measure}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines that are read against one another, on one axis."""

    caption: str
    unit: Unit
    lines: tuple[Compared, ...]


def step_of(window: Window) -> timedelta:
    """How much time stands together in one point of a chart."""
    return step_for(window, STEPS)


def names_of(cube: pl.DataFrame) -> list[str]:
    """Every controller of the frame, the first seen first."""
    seen = _named(cube).group_by("controller").agg(pl.col("minute").min()).sort("minute", "controller")
    return seen["controller"].to_list()


def side_by_side(cube: pl.DataFrame, window: Window) -> tuple[Comparison, ...]:
    """How many requests each controller had, what share failed, how long they took, and what was tried again.

    Steps that reach over the window's edges are left out, as they hold less than a whole step.
    """
    step = step_of(window)
    named = _busiest(_named(cube)).with_columns(pl.col("minute").dt.truncate(step).alias("time"))
    if named.is_empty():
        return ()
    told = _over_time(named, step)
    if step > timedelta(minutes=1):
        told = told.filter(pl.col("time") >= window.start, pl.col("time") + step <= window.end)
    names = names_of(named)

    def lines(*measures: str) -> tuple[Compared, ...]:
        return tuple(
            Compared(name, place, measure, rows["time"], rows[measure])
            for place, name in enumerate(names)
            for measure in measures
            if (rows := told.filter(pl.col("controller") == name))[measure].is_not_null().any()
        )

    compared = (
        Comparison("Requests per minute", Unit.NUMBER, lines("requests")),
        Comparison("Share answered with 4xx", Unit.RATIO, lines("4xx")),
        Comparison("Share answered with 5xx or not at all", Unit.RATIO, lines("5xx")),
        Comparison("How long it took", Unit.SECONDS, lines(*_TIMED)),
        Comparison("Retries per 100 requests", Unit.NUMBER, lines("again")),
    )
    return tuple(
        Comparison(each.caption + _silent(names, each.lines), each.unit, each.lines)
        for each in compared
        if each.lines
    )


def _silent(names: Sequence[str], lines: Sequence[Compared]) -> str:
    silent = [name for name in names if name not in {line.controller for line in lines}]
    return f" (not reported by {', '.join(silent)})" if silent else ""


def _over_time(named: pl.DataFrame, step: timedelta) -> pl.DataFrame:
    """`controller`, `time` and a column a measure; a step without a request has 0 requests and no share."""
    by = ["controller", "time"]
    status = status_class(pl.col("status"))
    failed = (status == "5xx") | (status == "none")
    counted = named.group_by(by).agg(
        pl.col("requests").sum(),
        pl.col("requests").filter(status == "4xx").sum().alias("4xx"),
        pl.col("requests").filter(failed).sum().alias("5xx"),
        add_known("retried").alias("again"),
    )
    timed = percentiles(named, tuple(float(name[1:]) / 100 for name in _TIMED), by)
    times = named.select(pl.datetime_range(pl.col("time").min(), pl.col("time").max(), step).alias("time"))
    every = named.select(pl.col("controller").unique()).join(times, how="cross")
    return (
        every.join(counted, on=by, how="left")
        .join(timed, on=by, how="left")
        .with_columns(
            pl.col("requests").fill_null(0) / (step / timedelta(minutes=1)),
            *(pl.col(name) / pl.col("requests") for name in ("4xx", "5xx")),
            _said_of_all("again") / pl.col("requests") * 100,
        )
        .sort(by)
    )


def describe(cube: pl.DataFrame) -> str:
    """The comparison in a sentence a controller, for those who cannot see it."""
    return " ".join(_describe_row(row) for row in totals_by_controller(cube).rows(named=True))


def _describe_row(row: Mapping[str, Any]) -> str:
    took = (
        "durations not reported"
        if row["p50_seconds"] is None
        else f"half within {format_span(row['p50_seconds'])}, 95 of 100 within {format_span(row['p95_seconds'])}"
    )
    again = "retries not reported" if row["retried"] is None else f"{format_value(row['retried'])} retries"
    failed = format_value(row["5xx_percent"] + row["unanswered_percent"], Unit.PERCENT)
    return f"{row['controller']}: {format_value(row['requests'])} requests, {failed} failed, {took}, {again}."


def totals_by_controller(cube: pl.DataFrame) -> pl.DataFrame:
    """One row a controller, the first seen first: what `counted` says, its `share_ratio` of all requests, and the
    minutes in which it was `first` and `last` seen.
    """
    named = _named(cube)
    rows = counted(named, ["controller"]).join(
        named.group_by("controller").agg(
            pl.col("minute").min().alias("first"), pl.col("minute").max().alias("last")
        ),
        on="controller",
    )
    share = (pl.col("requests") / pl.col("requests").sum()).alias("share_ratio")
    order = ["controller", "requests", "share_ratio"]
    return rows.with_columns(share).select(*order, pl.exclude(order)).sort("first", "controller")


def counted(cells: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """`requests` and what is read off them per value of `by`, `controller` among them.

    `cells` has `status`, `latency_le` and `retried` besides.
    Of 100 requests, how many were answered how (`4xx_percent`, …) and how many attempts were made again
    (`again_percent`); `p50_seconds`, `p95_seconds`, `p99_seconds`, and `retried`, all attempts made again.
    """
    status, requests = status_class(pl.col("status")), pl.col("requests")
    shares = [
        (requests.filter(status == name).sum() / requests.sum() * 100).alias(column)
        for name, column in (_FAILED | _REST).items()
    ]
    again = add_known("retried")
    summed = cells.group_by(by).agg(
        requests.sum(), *shares, again, (again / requests.sum() * 100).alias("again_percent")
    )
    timed = percentiles(cells, by=by).rename({name: f"{name}_seconds" for name in ("p50", "p95", "p99")})
    last = ["retried", "again_percent", *_REST.values()]
    said = summed.with_columns(_said_of_all("retried"), _said_of_all("again_percent"))
    return said.join(timed, on=list(by), how="left").select(pl.exclude(last), *last).sort(by)


def _said_of_all(name: str) -> pl.Expr:
    """0 for null where the controller says it elsewhere: some write a number only where there was one."""
    return pl.when(pl.col(name).count().over("controller") > 0).then(pl.col(name).fill_null(0)).alias(name)


def _named(cube: pl.DataFrame) -> pl.DataFrame:
    whole = with_columns_of(OPTIONAL, cube)
    return whole.with_columns(pl.col("controller").fill_null(UNNAMED).replace("", UNNAMED))


def _busiest(named: pl.DataFrame) -> pl.DataFrame:
    ranking = named.group_by("controller").agg(pl.col("requests").sum())
    busy = ranking.sort("requests", "controller", descending=[True, False])["controller"].head(MOST)
    return named.filter(pl.col("controller").is_in(busy.to_list()))
