"""Answers of Prometheus' `query` and `query_range` as frames.

A frame of native histograms has one more column, one list a series, in time:
`histograms`  List[Struct{`time` Datetime("ms", "UTC"), `count` Float64, `sum` Float64,
              `buckets` List[Struct{`lower` Float64, `upper` Float64, `count` Float64}]}]

Source of the shapes: prometheus `docs/querying/api.md`, "Expression query result formats".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import orjson

from connectors.prometheus_samples import Samples, lists, pieces
from connectors.shapes import Misshapen, number, shaped
from connectors.taking import Unobtainable
from vistas.snapshot import Frame, FrameKind, GapReason

if TYPE_CHECKING:
    import polars as pl

SERIES_AT_MOST = 1000
"""A look keeps so many series, the first by their labels; for an instant query the first as they came."""


class Pair(NamedTuple):
    seconds: float
    text: str
    """A number, or the text of a string."""


class _Data(msgspec.Struct, rename="camel"):
    result_type: str
    result: Any = None


class _Envelope(msgspec.Struct):
    """Written in Go: an empty list or map may come as null, or not at all. So too below."""

    data: _Data
    warnings: list[str] | None = None
    infos: list[str] | None = None


class _Histogram(msgspec.Struct):
    count: str
    sum: str
    buckets: list[tuple[int, str, str, str]] | None = None
    """How the bounds belong to it, both bounds, and how many are within."""


class _Series(msgspec.Struct):
    """One series of a vector or a matrix; `values` is the number of an array that was cut out, or the array."""

    metric: dict[str, str] | None = None
    value: Pair | None = None
    values: int | list[Pair] | None = None
    histogram: tuple[float, _Histogram] | None = None
    histograms: list[tuple[float, _Histogram]] | None = None

    @property
    def labels(self) -> list[tuple[str, str]]:
        return sorted((self.metric or {}).items())

    @property
    def all_histograms(self) -> list[tuple[float, _Histogram]]:
        return [self.histogram] if self.histogram else self.histograms or []


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
        envelope = shaped(orjson.loads(samples.finish()), _Envelope)
        return _decode_data(envelope.data, samples, step=step, at_most=at_most, warnings=_remarks(envelope))
    except orjson.JSONDecodeError as error:
        raise _garbled(samples, "breaks off, or is no JSON") from error
    except Misshapen as error:
        raise _garbled(samples, "has an unexpected shape") from error


def _decode_data(
    data: _Data, samples: Samples, *, step: timedelta | None, at_most: int, warnings: tuple[str, ...]
) -> Decoded:
    match data.result_type:
        case "string":
            return Decoded(_text_frame(shaped(data.result, Pair)), warnings)
        case "scalar":
            found = [_Series(value=shaped(data.result, Pair))]
        case "vector" | "matrix":
            found = shaped(data.result or [], list[_Series])
        case _:
            raise Misshapen(f"no result of the API is a {data.result_type[:40]!r}")
    ordered = sorted(found, key=lambda series: series.labels) if data.result_type == "matrix" else found
    kept = ordered[:at_most]
    if left_out := len(found) - len(kept):
        warnings += (f"{left_out:,} of {len(found):,} series left out: a look keeps {at_most:,}.",)
    return _decode_series(kept, samples, step=step, warnings=warnings)


def _garbled(samples: Samples, what: str) -> Unobtainable:
    return Unobtainable(
        GapReason.GARBLED,
        f"The answer ({samples.length:,} bytes) is not one of the Prometheus API: it {what}.",
        "Does the address lead to a Prometheus API? If so, try again.",
    )


def _remarks(envelope: _Envelope) -> tuple[str, ...]:
    """Warnings and infos, each once, as the tool wrote them."""
    return tuple(dict.fromkeys([*(envelope.warnings or ()), *(envelope.infos or ())]))


def _text_frame(told: Pair) -> Frame:
    import polars as pl

    row = {"time": [_moment(told.seconds)], "text": [told.text]}
    data = pl.DataFrame(row, schema={"time": pl.Datetime("ms", "UTC"), "text": pl.String})
    return Frame(FrameKind.OBJECTS, data, key=("time",))


def _decode_series(
    found: Sequence[_Series], samples: Samples, *, step: timedelta | None, warnings: tuple[str, ...]
) -> Decoded:
    import polars as pl

    times, values, moments = samples.columns([_array(series, samples) for series in found])
    columns = {"labels": _labels(found), "times": times, "values": values}
    if any(series.histogram or series.histograms is not None for series in found):
        columns["histograms"] = _histograms(found)
        moments = pl.concat([moments, columns["histograms"].explode().struct.field("time")])
    frame = Frame(FrameKind.SERIES, pl.DataFrame(columns), step=step)
    return Decoded(frame, warnings, moments.min(), moments.max())  # type: ignore[arg-type]  # these are datetimes


def _array(series: _Series, samples: Samples) -> int:
    """Under which number the samples of a series are found."""
    if isinstance(series.values, int):
        return series.values
    return samples.add([series.value] if series.value else series.values or ())


def _labels(found: Sequence[_Series]) -> pl.Series:
    import polars as pl

    named = [series.labels for series in found]
    flat = {
        "name": [name for labels in named for name, _ in labels],
        "value": [value for labels in named for _, value in labels],
    }
    table = pl.DataFrame(flat, schema={"name": pl.String, "value": pl.String})
    labels = table.to_struct("labels")
    return lists("labels", pieces(labels, [len(each) for each in named]), labels.dtype)


def _histograms(found: Sequence[_Series]) -> pl.Series:
    import polars as pl

    bucket = pl.Struct({"lower": pl.Float64, "upper": pl.Float64, "count": pl.Float64})
    histogram = pl.Struct(
        {"time": pl.Datetime("ms", "UTC"), "count": pl.Float64, "sum": pl.Float64, "buckets": pl.List(bucket)}
    )
    rows = [
        [{"time": _moment(seconds), **_histogram(told)} for seconds, told in series.all_histograms]
        for series in found
    ]
    return pl.Series("histograms", rows, dtype=pl.List(histogram))


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(round(seconds * 1000) / 1000, UTC)
    except (ValueError, OverflowError) as error:
        raise Misshapen(f"a time beyond the calendar: {seconds}") from error


def _histogram(told: _Histogram) -> dict[str, Any]:
    buckets = [
        {"lower": number(lower), "upper": number(upper), "count": number(count)}
        for _, lower, upper, count in told.buckets or ()
    ]
    return {"count": number(told.count), "sum": number(told.sum), "buckets": buckets}
