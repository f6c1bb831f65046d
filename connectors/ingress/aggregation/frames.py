"""From a summary to the frame that one look asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import polars as pl

from connectors.ingress.aggregation.looks import Shown, minutes_of, objects, tail, timed
from connectors.ingress.aggregation.side_by_side import BY_CONTROLLER, insist_on_several
from connectors.ingress.aggregation.summary import Summary
from connectors.taking import Unobtainable
from vistas.requests import summary as requests_summary
from vistas.requests.summary import OTHER
from vistas.snapshot import Frame, FrameKind, GapReason

FILTERS = ("host", "service", "controller", "status", "route")
ROUTES_BY_REQUESTS = 50
ROUTES_BY_ERRORS = 20
SLOWEST = 30
UPSTREAMS = 100
CLIENTS = 50
SERVER_ERROR = 500
CLIENT_LEFT = 499
"""nginx: the client went away before the answer, which is no failing of the upstream."""
CELLS = 250_000
"""Above so many cells a `requests` frame is large."""
PLACES = 15
"""How many services, each of a host, a large `requests` frame keeps by name; the rest are drawn together."""
_PLACE = ("host", "service")


def cells_where(where: Mapping[str, str]) -> pl.Expr:
    """A look's filter on host, service, controller and status. Unobtainable names what is not understood."""
    unknown = sorted(set(where) - set(FILTERS))
    if unknown:
        hint = f"Possible are {', '.join(FILTERS)}."
        raise Unobtainable(GapReason.NOT_HERE, f"Ingress logs cannot be filtered by {unknown[0]}.", hint)
    chosen = [pl.col(name).is_in(_one_of(where[name])) for name in ("host", "service") if name in where]
    if "controller" in where:
        chosen.append(pl.col("controller").str.to_lowercase().is_in(_one_of(where["controller"].lower())))
    if "status" in where:
        chosen.append(pl.any_horizontal(_status_is(part.strip()) for part in where["status"].split(",")))
    return pl.all_horizontal(chosen) if chosen else pl.lit(value=True)


def _one_of(text: str) -> list[str]:
    """What is named, or several with commas between them."""
    return [text, *(part.strip() for part in text.split(","))]


def _status_is(text: str) -> pl.Expr:
    if re.fullmatch("[0-9]{1,3}", text):
        return pl.col("status") == int(text)
    if re.fullmatch("[0-9][xX]{2}", text):
        return pl.col("status") // 100 == int(text[0])
    hint = "Write a status such as 502, a class such as 5xx, or several with commas."
    raise Unobtainable(GapReason.NOT_HERE, f"{text!r} is not a status.", hint)


def show_requests(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    minutes = minutes_of(summary, chosen)
    warnings: tuple[str, ...] = ()
    if minutes.height > CELLS and minutes.group_by(_PLACE).len().height > PLACES:
        minutes = _keep_large_places(minutes)
        warnings = ("There are so many hosts and services that the smaller ones are grouped as (other).",)
    return Shown(Frame(FrameKind.REQUESTS, minutes.sort(requests_summary.KEYS)), warnings)


def _keep_large_places(minutes: pl.DataFrame) -> pl.DataFrame:
    ranking = (
        minutes.group_by(_PLACE)
        .agg(pl.col("requests").sum())
        .sort("requests", *_PLACE, descending=[True, False, False])
    )
    large = ranking.head(PLACES).select(*_PLACE, _large=pl.lit(value=True))
    named = minutes.join(large, on=_PLACE, how="left").with_columns(
        pl.when(pl.col("_large")).then(pl.col(name)).otherwise(pl.lit(OTHER)).alias(name) for name in _PLACE
    )
    return requests_summary.merge([named.drop("_large")])


def show_routes(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    key = ["method", "route", "host", "service"]
    cells = timed(summary.tables["routes"].filter(chosen))
    rows = (
        requests_summary.totals(cells, key)
        .join(_latencies(cells, key), on=key, how="left")
        .join(cells.group_by(key).agg(pl.col("response_bytes").sum()), on=key, how="left")
    )
    errors = pl.col("errors_5xx") + pl.col("errors_4xx")
    busy = rows.sort("requests", *key, descending=[True] + [False] * 4).head(ROUTES_BY_REQUESTS)
    failing = (
        rows.filter(errors > 0)
        .sort("errors_5xx", "errors_4xx", *key, descending=[True, True] + [False] * 4)
        .head(ROUTES_BY_ERRORS)
    )
    shown = pl.concat([busy, failing.join(busy.select(key), on=key, how="anti")])
    return Shown(objects(shown.drop("error_ratio"), key), tail(rows.height, shown.height, "routes"))


def show_slowest(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    """The slowest request of every route and status."""
    key = ["method", "route", "host", "service", "status"]
    rows = (
        summary.tables["routes"]
        .filter(chosen & pl.col("slowest_seconds").is_not_null())
        .sort("slowest_seconds", "slowest_at", *key, descending=[True] + [False] * 6)
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("slowest_seconds").first().alias("seconds"),
            pl.col("slowest_upstream_seconds").first().alias("upstream_seconds"),
            pl.col("slowest_at").first().alias("at"),
            pl.col("requests").sum(),
        )
    )
    return Shown(objects(rows.head(SLOWEST), key))


def show_upstreams(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    key = ["host", "service", "upstream"]
    cells = timed(summary.tables["upstreams"].filter(chosen))
    failed = (pl.col("upstream_status") >= SERVER_ERROR) | (
        pl.col("upstream_status").is_null() & (pl.col("status") != CLIENT_LEFT)
    )
    counted = cells.group_by(key).agg(
        pl.col("attempts").sum(),
        pl.col("attempts").filter(failed).sum().alias("failures"),
        pl.col("retried").sum(),
        *(
            pl.col("attempts").filter(pl.col("upstream_status") == status).sum().alias(f"errors_{status}")
            for status in (502, 503, 504)
        ),
    )
    latencies = _latencies(cells.rename({"attempts": "requests"}), key, (0.95,))
    rows = counted.join(latencies, on=key, how="left").sort(
        "failures", "attempts", *key, descending=[True, True] + [False] * 3
    )
    return Shown(objects(rows.head(UPSTREAMS), key), tail(rows.height, UPSTREAMS, "upstreams"))


def show_clients(summary: Summary, chosen: pl.Expr, _lines: int) -> Shown:
    clients = requests_summary.totals(summary.tables["clients"].filter(chosen), ["client"])
    share = (pl.col("requests") / pl.col("requests").sum()).alias("share_ratio")
    rows = clients.with_columns(share).drop("error_ratio").sort("requests", "client", descending=[True, False])
    return Shown(objects(rows.head(CLIENTS), ["client"]), tail(rows.height, CLIENTS, "clients"))


def show_lines(summary: Summary, chosen: pl.Expr, lines: int, *, everywhere: bool) -> Shown:
    """Requests that failed and, where no filter asks for some requests only, what is none and looks odd."""
    failed = _failed_requests(summary.tables["routes"].filter(chosen & (pl.col("status") >= SERVER_ERROR)))
    said = summary.tables["patterns"].select(failed.columns)
    rows = pl.concat([failed, said]) if everywhere else failed
    rows = rows.group_by("pattern").agg(
        pl.col("lines").sum(), pl.col("first").min(), pl.col("last").max(), pl.col("sample").sort().first()
    )
    rows = rows.sort("lines", "pattern", descending=[True, False])
    warnings = (
        () if everywhere or said.is_empty() else ("Lines that are not requests name no place: left out here.",)
    )
    return Shown(Frame(FrameKind.LINES, rows.head(lines)), (*warnings, *tail(rows.height, lines, "patterns")))


def _failed_requests(routes: pl.DataFrame) -> pl.DataFrame:
    place = pl.concat_str(
        [
            pl.when(pl.col(name) != "").then(pl.format(" {}", name)).otherwise(pl.lit(""))
            for name in ("host", "service")
        ]
    )
    pattern = pl.format("{} {} {}{}", "status", "method", "route", place)
    seconds = pl.format(" in {} s", pl.col("slowest_seconds").round(3))
    sample = pl.concat_str(
        pattern, pl.when(pl.col("slowest_seconds").is_not_null()).then(seconds).otherwise(pl.lit(""))
    )
    written = routes.sort("slowest_seconds", descending=True, nulls_last=True).select(
        pattern.alias("pattern"), pl.col("requests").alias("lines"), "first", "last", sample.alias("sample")
    )
    return written.group_by("pattern", maintain_order=True).agg(
        pl.col("lines").sum(), pl.col("first").min(), pl.col("last").max(), pl.col("sample").first()
    )


SHOW: dict[str, Callable[[Summary, pl.Expr, int], Shown]] = {
    "requests": show_requests,
    "routes": show_routes,
    "slowest": show_slowest,
    "upstreams": show_upstreams,
    "clients": show_clients,
    **BY_CONTROLLER,
}


def show(take: str, summary: Summary, where: Mapping[str, str], *, lines: int) -> Shown:
    """What `take` asks for, of the requests that `where` chooses; at most `lines` patterns."""
    chosen = cells_where(where)
    if take == "lines":
        return show_lines(summary, chosen, lines, everywhere=not where)
    if take in BY_CONTROLLER and "controller" not in where:
        insist_on_several(summary.tables["minutes"].filter(chosen))
    return SHOW[take](summary, chosen, lines)


def _latencies(
    cells: pl.DataFrame, key: list[str], quantiles: tuple[float, ...] = (0.5, 0.95, 0.99)
) -> pl.DataFrame:
    found = requests_summary.percentiles(cells, quantiles, key)
    return found.rename({name: f"{name}_seconds" for name in found.columns if name not in key})
