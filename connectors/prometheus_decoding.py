"""Answers of Prometheus' `query` and `query_range` as frames.

A frame of native histograms has one more column, one list a series, in time:
`histograms`  List[Struct{`time` Datetime("ms", "UTC"), `count` Float64, `sum` Float64,
              `buckets` List[Struct{`lower` Float64, `upper` Float64, `count` Float64}]}]

Source of the shapes: prometheus `docs/querying/api.md`, "Expression query result formats".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from connectors.prometheus_samples import Samples, lists
from connectors.taking import Unobtainable
from vistas.snapshot import Frame, FrameKind, GapReason

if TYPE_CHECKING:
    import polars as pl

SERIES_AT_MOST = 1000
"""A look keeps so many series, the first by their labels; for an instant query the first as they came."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`first` and `last` are the moments of the earliest and the latest sample, None where there is none."""

    frame: Frame
    warnings: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None


def decode(samples: Samples, *, step: timedelta | None = None, at_most: int = SERIES_AT_MOST) -> Decoded:
    """A whole answer of status 200 as a frame of kind `series`; a string result as one of kind `objects`.

    `step` is that of a range query. Raises Unobtainable when it is no such answer.
    """
    try:
        envelope = orjson.loads(samples.finish())
        data = envelope["data"]
        kind, result = data["resultType"], data["result"]
        warnings = _remarks(envelope)
        if kind == "string":
            return Decoded(_text_frame(result), warnings)
        # Written in Go: an empty list or map may come as null, or not at all.
        found = [{"metric": {}, "value": result}] if kind == "scalar" else list(result or ())
        ordered = sorted(found, key=_name) if kind == "matrix" else found
        kept = ordered[:at_most]
        if left_out := len(found) - len(kept):
            warnings += (f"{left_out:,} of {len(found):,} series left out: a look keeps {at_most:,}.",)
        return _decode_series(kept, samples, step=step, warnings=warnings)
    except orjson.JSONDecodeError as error:
        raise _garbled(samples, "breaks off, or is no JSON") from error
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _garbled(samples, "has an unexpected shape") from error


def _garbled(samples: Samples, what: str) -> Unobtainable:
    return Unobtainable(
        GapReason.GARBLED,
        f"The answer ({samples.length:,} bytes) is not one of the Prometheus API: it {what}.",
        "Does the address lead to a Prometheus API? If so, try again.",
    )


def _remarks(envelope: dict[str, Any]) -> tuple[str, ...]:
    """Warnings and infos, each once, as the tool wrote them."""
    told = [*(envelope.get("warnings") or ()), *(envelope.get("infos") or ())]
    return tuple(dict.fromkeys(str(remark) for remark in told))


def _text_frame(result: Any) -> Frame:
    import polars as pl

    time, text = result
    row = {"time": [round(float(time) * 1000)], "text": [str(text)]}
    data = pl.DataFrame(row, schema={"time": pl.Int64, "text": pl.String})
    return Frame(
        FrameKind.OBJECTS, data.with_columns(pl.col("time").cast(pl.Datetime("ms", "UTC"))), key=("time",)
    )


def _name(series: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((series.get("metric") or {}).items())


def _decode_series(
    found: list[dict[str, Any]], samples: Samples, *, step: timedelta | None, warnings: tuple[str, ...]
) -> Decoded:
    import polars as pl

    times, values = samples.columns([_number(series, samples) for series in found])
    columns = {"labels": _labels(found), "times": times, "values": values}
    moments = times.explode()
    if any("histogram" in series or "histograms" in series for series in found):
        columns["histograms"] = _histograms(found)
        moments.append(columns["histograms"].explode().struct.field("time"))
    frame = Frame(FrameKind.SERIES, pl.DataFrame(columns), step=step)
    return Decoded(frame, warnings, moments.min(), moments.max())  # type: ignore[arg-type]  # these are datetimes


def _number(series: dict[str, Any], samples: Samples) -> int:
    """Under which number the samples of a series are found."""
    if "value" in series:
        return samples.add([series["value"]])
    values = series.get("values")
    values = [] if values is None else values
    return values if isinstance(values, int) else samples.add(values)


def _labels(found: list[dict[str, Any]]) -> pl.Series:
    import polars as pl

    named = [_name(series) for series in found]
    flat = {"name": [name for labels in named for name, _ in labels]}
    flat["value"] = [str(value) for labels in named for _, value in labels]
    table = pl.DataFrame(flat, schema={"name": pl.String, "value": pl.String})
    return lists(table.to_struct("labels"), [len(labels) for labels in named])


def _histograms(found: list[dict[str, Any]]) -> pl.Series:
    import polars as pl

    bucket = pl.Struct({"lower": pl.Float64, "upper": pl.Float64, "count": pl.Float64})
    histogram = pl.Struct(
        {"time": pl.Datetime("ms", "UTC"), "count": pl.Float64, "sum": pl.Float64, "buckets": pl.List(bucket)}
    )
    rows = []
    for series in found:
        pairs = series.get("histograms") or ([series["histogram"]] if "histogram" in series else [])
        rows.append([{"time": _moment(time), **_histogram(told)} for time, told in pairs])
    return pl.Series("histograms", rows, dtype=pl.List(histogram))


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(round(float(seconds) * 1000) / 1000, UTC)


def _histogram(told: dict[str, Any]) -> dict[str, Any]:
    buckets = [
        {"lower": float(lower), "upper": float(upper), "count": float(count)}
        for _, lower, upper, count in told.get("buckets") or ()
    ]
    return {"count": float(told["count"]), "sum": float(told["sum"]), "buckets": buckets}
