"""Bodies of Prometheus' `query` and `query_range` to frames.

Samples come as `[1700000000.123,"0.5"]` by the hundred thousand. A Python object for each would cost several
times what fetching them does. So their text is cut out of the body and read in bulk as two columns; what
remains is small, and is parsed as the JSON that it still is.

A frame of native histograms has one more column, one list a series, in time:
`histograms`  List[Struct{`time` Datetime("ms", "UTC"), `count` Float64, `sum` Float64,
              `buckets` List[Struct{`lower` Float64, `upper` Float64, `count` Float64}]}]

Source of the shapes: prometheus `docs/querying/api.md`, "Expression query result formats".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import orjson

from connectors.taking import Unobtainable
from vistas.snapshot import Frame, FrameKind, GapReason

if TYPE_CHECKING:
    import polars as pl

SERIES_AT_MOST = 1000
"""A look keeps so many series, the first by their labels; for an instant query the first as they came."""

_CALENDAR = (-62_135_596_800, 253_402_300_799)
"""The seconds from year 1 to year 9999, which is what a datetime can hold."""

_OPENING, _BETWEEN, _CLOSING = b'"values":[[', b"],[", b"]]"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`first` and `last` are the moments of the earliest and the latest sample, None where there is none."""

    frame: Frame
    warnings: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None


def decode(body: bytes, *, step: timedelta | None = None, at_most: int = SERIES_AT_MOST) -> Decoded:
    """An answer of status 200 as a frame of kind `series`; a string result as one of kind `objects`.

    `step` is that of a range query. Raises Unobtainable when the body is not such an answer.
    """
    remainder, texts = _cut_out_samples(body)
    try:
        envelope = orjson.loads(remainder)
        data = envelope["data"]
        kind, result = data["resultType"], data["result"]
        warnings = _remarks(envelope)
        if kind == "string":
            return Decoded(_text_frame(result), warnings)
        found = [{"metric": {}, "value": result}] if kind == "scalar" else list(result)
        ordered = sorted(found, key=_name) if kind == "matrix" else found
        kept = ordered[:at_most]
        if left_out := len(found) - len(kept):
            warnings += (f"{left_out:,} of {len(found):,} series left out: a look keeps {at_most:,}.",)
        return _decode_series(kept, texts, step=step, warnings=warnings)
    except (
        orjson.JSONDecodeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        OverflowError,
    ) as error:
        raise garbled(body, error) from error


def garbled(body: bytes, error: Exception) -> Unobtainable:
    """Why a body is no answer of the Prometheus API."""
    what = "breaks off or is no JSON" if isinstance(error, orjson.JSONDecodeError) else "has an unexpected shape"
    return Unobtainable(
        GapReason.GARBLED,
        f"The answer ({len(body):,} bytes) is not one of the Prometheus API: it {what}.",
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


def _cut_out_samples(body: bytes) -> tuple[bytes, list[bytes]]:
    """The body with every array of samples replaced by its place in the list of the texts cut out.

    What is cut cannot lie within a string: there the quotes would be escaped.
    """
    first, *rest = body.split(_OPENING)
    remainder: list[bytes] = [first]
    texts: list[bytes] = []
    for piece in rest:
        text, closing, after = piece.partition(_CLOSING)
        if not closing:
            return body, []
        remainder.append(b'"values":%d%s' % (len(texts), after))
        texts.append(text)
    return b"".join(remainder), texts


def _name(series: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted(series["metric"].items())


def _decode_series(
    found: list[dict[str, Any]], texts: list[bytes], *, step: timedelta | None, warnings: tuple[str, ...]
) -> Decoded:
    import polars as pl

    samples = [_lines_of(series, texts) for series in found]
    starts = list(accumulate((count for _, count in samples), initial=0))
    times, values = _read_samples(b"\n".join(lines for lines, _ in samples if lines), starts[-1])
    columns = {
        "labels": pl.Series(
            [[{"name": name, "value": str(value)} for name, value in _name(series)] for series in found],
            dtype=pl.List(pl.Struct({"name": pl.String, "value": pl.String})),
        ),
        "times": _cut(times, starts),
        "values": _cut(values, starts),
    }
    if any("histogram" in series or "histograms" in series for series in found):
        columns["histograms"] = _histograms(found)
        within = columns["histograms"].explode().struct.field("time").drop_nulls()
        times = times.append(within)
    frame = Frame(FrameKind.SERIES, pl.DataFrame(columns), step=step)
    first, last = times.min(), times.max()
    return Decoded(frame, warnings, first, last)  # type: ignore[arg-type]  # Datetime columns give datetimes


def _lines_of(series: dict[str, Any], texts: list[bytes]) -> tuple[bytes, int]:
    """The samples of one series as lines of time and quoted value, and how many they are."""
    samples = series.get("values", [])
    if isinstance(samples, int):
        text = texts[samples]
        return text.replace(_BETWEEN, b"\n"), text.count(_BETWEEN) + 1
    if "value" in series:
        samples = [series["value"]]
    return "\n".join(f'{float(time)},"{value}"' for time, value in samples).encode(), len(samples)


def _read_samples(lines: bytes, expected: int) -> tuple[pl.Series, pl.Series]:
    """Times and values of all series one after another. Raises ValueError when a line is no sample."""
    import polars as pl

    time, value = pl.Series("times", [], pl.Float64), pl.Series("values", [], pl.Float64)
    if lines:
        try:
            table = pl.read_csv(lines, has_header=False, schema={"times": pl.Float64, "values": pl.Float64})
        except pl.exceptions.PolarsError as error:
            raise ValueError("a sample is no pair of numbers") from error
        time, value = table["times"], table["values"]
        if len(time) != expected or value.null_count() or not time.is_between(*_CALENDAR).all(ignore_nulls=False):
            raise ValueError("a sample is no pair of numbers")
    return (time * 1000).round().cast(pl.Int64).cast(pl.Datetime("ms", "UTC")), value


def _cut(column: pl.Series, starts: list[int]) -> pl.Series:
    import polars as pl

    pieces = [column.slice(start, end - start) for start, end in pairwise(starts)]
    # Told its type, Polars would build the same column value by value, a hundred times slower.
    return pl.Series(column.name, pieces) if pieces else pl.Series(column.name, [], pl.List(column.dtype))


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
