"""What a `requests` frame holds within a stretch of time, all together, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING

from vistas.formatting.values import format_span, format_value
from vistas.requests.summary import bucket_of, percentiles, status_class
from vistas.routine import Unit

if TYPE_CHECKING:
    import polars as pl

_MINUTE = timedelta(minutes=1)


def say_traffic(cube: pl.DataFrame, start: datetime, end: datetime, step: timedelta) -> str:
    """`310 requests a minute, 0.2 % failed, 95 of 100 within 480 ms`; `no requests` where there was none.

    Failed is what was answered with 5xx or not at all. Of one moment it is the step that holds it.
    """
    import polars as pl

    if end - start < step:
        start, end = start - step, end + _MINUTE
    here = cube.filter((pl.col("minute") >= start) & (pl.col("minute") < end) & (pl.col("requests") > 0))
    if here.is_empty():
        return "no requests"
    requests = float(here["requests"].sum())
    kind = status_class(pl.col("status"))
    failed = float(here.filter((kind == "5xx") | (kind == "none"))["requests"].sum())
    rate = format_value(requests / max((end - start) / _MINUTE, 1.0))
    share = format_value(failed / requests, Unit.RATIO) if failed else "none"
    return ", ".join((f"{rate} requests a minute", f"{share} failed", *_slow(here)))


def _slow(here: pl.DataFrame) -> tuple[str, ...]:
    seconds = percentiles(here, (0.95,))["p95"].to_list()
    if not seconds or seconds[0] is None:
        return ()
    low, high = bucket_of(seconds[0])
    return (
        f"95 of 100 within {format_span(high)}" if isfinite(high) else f"5 of 100 took over {format_span(low)}",
    )
