"""Answers of Prometheus' `query` and `query_range` as frames.

A series is read only where it is kept, so that an answer of a hundred thousand costs little more than its bytes.

Source of the shapes: prometheus `docs/querying/api.md`, "Expression query result formats"; `isPartial`:
VictoriaMetrics, "Cluster availability".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Raw

from connectors.http.failures import FAILED, failed_inside, message_of
from connectors.http.json_answers import NOTHING, NoJson, each_as, read_as
from connectors.http.shapes import Misshapen
from connectors.prometheus.histograms import read_histograms
from connectors.prometheus.samples import SampleReader, lists, pieces
from connectors.taking import Unobtainable
from vistas.snapshot import Frame, FrameKind, GapReason

if TYPE_CHECKING:
    import polars as pl

PARTIAL = "Part of its storage did not answer: this may not be everything."
SERIES_AT_MOST = 1000
"""A look keeps so many series, the first by their labels; for an instant query the first as they came."""


class _Moment(NamedTuple):
    seconds: float
    text: str


class _Data(msgspec.Struct, rename="camel"):
    result_type: str = ""
    result: Raw = NOTHING


class _Envelope(msgspec.Struct, rename="camel"):
    """Written in Go: an empty list or map may come as null, or not at all. So too below."""

    data: Raw = NOTHING
    status: str = ""
    error: Any = None
    error_type: Any = None
    message: Any = None
    warnings: Any = None
    infos: Any = None
    is_partial: Any = None
    """VictoriaMetrics: a part of its storage was away."""

    @property
    def failed(self) -> bool:
        """Some say so by an error in the place of data, whatever the status."""
        return self.status in FAILED or (self.data == NOTHING and self.error is not None)

    @property
    def error_message(self) -> tuple[str, str]:
        """The message of an error, and its kind."""
        return message_of({"error": self.error, "message": self.message, "errorType": self.error_type})


class _Named(msgspec.Struct):
    metric: dict[str, str | int | float | bool | None] | None = None
    """Text, but some write a number as one."""

    @property
    def labels(self) -> list[tuple[str, str]]:
        return sorted((name, str(value)) for name, value in (self.metric or {}).items() if value is not None)


class _Series(_Named):
    """One series of a vector or a matrix; `values` is the number of an array that was cut out, or the array."""

    value: Raw = NOTHING
    values: Raw = NOTHING
    histogram: Raw = NOTHING
    histograms: list[Raw] | None = None

    @property
    def number(self) -> int | None:
        """Under which its samples are known."""
        values = bytes(self.values)
        return int(values) if values.isdigit() else None

    @property
    def samples(self) -> bytes:
        """Those that were not cut out."""
        if self.value != NOTHING:
            return b"[%b]" % bytes(self.value)
        return b"[]" if self.values == NOTHING else bytes(self.values)

    @property
    def all_histograms(self) -> list[Raw]:
        return (self.histograms or []) if self.histogram == NOTHING else [self.histogram]


@dataclass(frozen=True, slots=True)
class Decoded:
    """`first` and `last` are the moments of the earliest and the latest sample, None where there is none.

    `is_whole` is false where the tool warned that it could not ask everybody who may know.
    """

    frame: Frame
    warnings: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None
    is_whole: bool = True


def decode(
    samples: SampleReader, origin: str, *, step: timedelta | None = None, at_most: int = SERIES_AT_MOST
) -> Decoded:
    """A whole answer of status 200 as a frame of kind `series`; a string result as one of kind `objects`.

    `step` is that of a range query. Raises Unobtainable when it is no such answer, or tells of an error.
    """
    try:
        envelope = read_as(samples.finish(), _Envelope)
        if envelope.failed:
            raise failed_inside(origin, *envelope.error_message)
        decoded = _decode_data(read_as(envelope.data, _Data), samples, step=step, at_most=at_most)
    except NoJson as error:
        raise _garbled(samples, "is cut off, or is not JSON") from error
    except Misshapen as error:
        raise _garbled(samples, "has an unexpected shape") from error
    return replace(decoded, warnings=(*_remarks(envelope), *decoded.warnings), is_whole=_is_whole(envelope))


def _decode_data(data: _Data, samples: SampleReader, *, step: timedelta | None, at_most: int) -> Decoded:
    match data.result_type:
        case "string":
            return Decoded(_text_frame(read_as(data.result, _Moment)), ())
        case "scalar":
            return _decode_series([_Series(value=data.result)], samples, step=step)
        case "vector" | "matrix" | "":
            found = read_as(data.result, list[Raw] | None) or []  # type: ignore[arg-type]  # a union is a shape, too
            if found and not data.result_type:
                raise Misshapen("a result without a type")
        case _:
            raise Misshapen(f"unknown result type: {data.result_type[:40]!r}")
    kept = nsmallest(at_most, found, _labels_of) if data.result_type == "matrix" else found[:at_most]
    decoded = _decode_series(list(each_as(kept, _Series)), samples, step=step)
    if left_out := len(found) - len(kept):
        said = f"{left_out:,} of {len(found):,} series left out: a look keeps {at_most:,}."
        return replace(decoded, warnings=(said,))
    return decoded


def _labels_of(series: Raw) -> list[tuple[str, str]]:
    return read_as(series, _Named).labels


def _garbled(samples: SampleReader, what: str) -> Unobtainable:
    return Unobtainable(
        GapReason.GARBLED,
        f"The answer ({samples.length:,} bytes) is not from a Prometheus API: it {what}.",
        "Is this the address of a Prometheus API? If so, try again.",
    )


def _remarks(envelope: _Envelope) -> tuple[str, ...]:
    """Warnings and infos, each once, as the tool wrote them."""
    partial = (PARTIAL,) if envelope.is_partial else ()
    return (*partial, *dict.fromkeys([*_texts(envelope.warnings), *_texts(envelope.infos)]))


def _texts(told: Any) -> list[str]:
    """Remarks come as a list of texts; where they are anything else, what they say counts all the same."""
    remarks = told if isinstance(told, list) else [told]
    return [said for each in remarks if (said := message_of(each)[0])]


def _is_whole(envelope: _Envelope) -> bool:
    """Warnings about the query itself begin so since Prometheus 2.48; all others are about who did not answer."""
    return not envelope.is_partial and all(said.startswith("PromQL") for said in _texts(envelope.warnings))


def _text_frame(told: _Moment) -> Frame:
    import polars as pl

    row = {"time": [_moment(told.seconds)], "text": [told.text]}
    data = pl.DataFrame(row, schema={"time": pl.Datetime("ms", "UTC"), "text": pl.String})
    return Frame(FrameKind.OBJECTS, data, key=("time",))


def _decode_series(found: Sequence[_Series], samples: SampleReader, *, step: timedelta | None) -> Decoded:
    import polars as pl

    times, values, moments = samples.columns(_numbers(found, samples))
    columns = {"labels": _labels(found), "times": times, "values": values}
    if any(series.histogram != NOTHING or series.histograms is not None for series in found):
        columns["histograms"], theirs = read_histograms([series.all_histograms for series in found])
        moments = pl.concat([moments, theirs])
    frame = Frame(FrameKind.SERIES, pl.DataFrame(columns), step=step)
    return Decoded(frame, (), moments.min(), moments.max())  # type: ignore[arg-type]  # these are datetimes


def _numbers(found: Sequence[_Series], samples: SampleReader) -> list[int]:
    """Under which numbers the samples of each series are known."""
    cut_out = [series.number for series in found]
    left = iter(samples.add([series.samples for series in found if series.number is None]))
    return [next(left) if number is None else number for number in cut_out]


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


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(round(seconds * 1000) / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Misshapen(f"a time outside the calendar: {seconds}") from error
