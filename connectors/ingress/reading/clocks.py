"""From times as access logs write them to UTC, a column at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta, tzinfo

import polars as pl

_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})")
_WALL = r"^(\d{4})[/-](\d\d)[/-](\d\d)[ T]"
"""`2024/05/17 10:05:03.250`, as Caddy's clock on the wall."""
_CLF = "%d/%b/%Y:%H:%M:%S"
_MOST_SECONDS, _MOST_MILLISECONDS, _MOST_MICROSECONDS = 1e11, 1e14, 1e17
"""A count since 1970 up to here, the year 5138, is in this unit."""


def read_clock(clock: str, written: pl.Series, offset: pl.Series | None, zone: tzinfo) -> pl.Series:
    """Datetime("ms", "UTC"), null where it is no such time. `offset` is the `+0000` that was cut off a `clf` time.

    `zone` is where clocks stand that do not say so.
    """
    if clock == "clf":
        return _clf(written, written.str.tail(5) if offset is None else offset)
    if clock == "haproxy":
        return _in_zone(_to_the_minute(written, 17, "%d/%b/%Y:%H:%M", ""), zone)
    if clock == "unix":
        return _unix(written)
    if clock == "iso":
        return _iso(written, zone)
    return _any(written, zone)


def _any(written: pl.Series, zone: tzinfo) -> pl.Series:
    """Whichever it is, line by line."""
    time = _unix(written)
    for other in (
        lambda rest: _iso(rest, zone),
        lambda rest: _clf(rest, rest.str.tail(5)),
        lambda rest: _iso(rest.str.replace(_WALL, "$1-$2-${3}T"), zone),
    ):
        time = _fill(time, written, other)
    return time


def _fill(time: pl.Series, written: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """What is null still, read in another way."""
    missing = (time.is_null() & written.is_not_null()).arg_true()
    return time if missing.is_empty() else time.scatter(missing, read(written.gather(missing)))


def _clf(written: pl.Series, offset: pl.Series) -> pl.Series:
    local = written.str.head(20).str.to_datetime(_CLF, time_unit="ms", strict=False).rename("local")
    return local.to_frame().select((pl.col("local") - _east(offset)).dt.replace_time_zone("UTC")).to_series()


def _east(written: pl.Series) -> pl.Expr:
    """How far east of UTC each line's clock is."""
    known = {text: _parse_offset(text) for text in written.unique().drop_nulls()}
    if len(known) == 1 and not written.null_count():
        return pl.lit(next(iter(known.values())), dtype=pl.Duration("ms"))
    return pl.lit(written).replace_strict(known, default=None, return_dtype=pl.Duration("ms"))


def _parse_offset(text: str) -> timedelta | None:
    written = _OFFSET.fullmatch(text)
    if written is None:
        return None
    size = timedelta(hours=int(written[2]), minutes=int(written[3]))
    return -size if written[1] == "-" else size


def _to_the_minute(written: pl.Series, length: int, minute: str, end: str) -> pl.Series:
    """`minute` are the first `length` characters; then come `:`, seconds with any fraction, and `end`."""
    time = pl.col("minute").str.to_datetime(minute, time_unit="ms", strict=False).to_physical()
    seconds = pl.col("seconds").str.strip_suffix(end).cast(pl.Float64, strict=False)
    whole = pl.col("seconds").str.ends_with(end) & seconds.is_between(0, 61)
    parts = {"minute": written.str.head(length), "seconds": written.str.slice(length + 1)}
    at = pl.when(whole).then(time + (seconds * 1000).cast(pl.Int64)).cast(pl.Datetime("ms"))
    return pl.DataFrame(parts).select(at.alias("time")).to_series()


def _iso(written: pl.Series, zone: tzinfo) -> pl.Series:
    utc = _to_the_minute(written, 16, "%Y-%m-%dT%H:%M", "Z").dt.replace_time_zone("UTC")
    utc = _fill(utc, written, _iso_zoned)
    return _fill(utc, written, lambda rest: _iso_naive(rest, zone))


def _iso_zoned(written: pl.Series) -> pl.Series:
    return written.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False)


def _iso_naive(written: pl.Series, zone: tzinfo) -> pl.Series:
    return _in_zone(written.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="ms", strict=False), zone)


def _in_zone(naive: pl.Series, zone: tzinfo) -> pl.Series:
    local = naive.dt.replace_time_zone(str(zone), ambiguous="earliest", non_existent="null")
    return local.dt.convert_time_zone("UTC")


def _unix(written: pl.Series) -> pl.Series:
    """Seconds since 1970; so large a number that it cannot be is in milli-, micro- or nanoseconds."""
    count = pl.col("count")
    milliseconds = (
        pl.when(count < _MOST_SECONDS)
        .then(count * 1e3)
        .when(count < _MOST_MILLISECONDS)
        .then(count)
        .when(count < _MOST_MICROSECONDS)
        .then(count / 1e3)
        .otherwise(count / 1e6)
    )
    counts = written.cast(pl.Float64, strict=False).rename("count").to_frame()
    known = pl.when(count.is_between(0, 1e20))
    return counts.select(
        known.then(milliseconds).cast(pl.Int64, strict=False).cast(pl.Datetime("ms", "UTC"))
    ).to_series()
