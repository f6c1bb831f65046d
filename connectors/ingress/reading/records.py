"""One schema over all dialects: what a request line says, with the unit in the name where there is one.

`time`               Datetime("ms", "UTC"), the end of the request
`client`             as written: one address, or a list of forwarders
`method`, `target`   empty where the request line was empty or no request at all; `target` is without its query
`status`             Int16, 0 where there was no answer, 9 for HTTP/0.9
`response_bytes`     UInt64, 0 where none is written
`seconds`            Float64, null where the format has no duration
`host`, `service`    empty where the format does not say; a service is as the controller calls it
`upstreams`, `upstream_statuses`, `upstream_seconds`
                     lists of attempts as nginx writes them; null where the format has none
`retries`            UInt16, how many attempts were made again, as counted in the line or listed; else null
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

import polars as pl

from connectors.ingress.reading.clocks import read_clock
from connectors.ingress.reading.durations import seconds_by_evidence

if TYPE_CHECKING:
    from connectors.ingress.dialects import Dialect

TIME = pl.Datetime("ms", "UTC")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "time": TIME,
    "client": pl.String,
    "method": pl.String,
    "target": pl.String,
    "status": pl.Int16,
    "response_bytes": pl.UInt64,
    "seconds": pl.Float64,
    "host": pl.String,
    "service": pl.String,
    "upstreams": pl.String,
    "upstream_statuses": pl.String,
    "upstream_seconds": pl.String,
    "retries": pl.UInt16,
}
SANE_TIMES = (datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
IS_RECORD = pl.col("time").is_between(*SANE_TIMES) & pl.col("status").is_between(0, 999)
"""What every record has; what a line lacks that is of another dialect, or none."""
SILENT: dict[str, str | int] = {
    "client": "",
    "method": "",
    "target": "",
    "host": "",
    "service": "",
    "response_bytes": 0,
}
"""What stands in a record where the line says nothing."""
UNITS = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}
"""How many are a second."""
LONGEST_SECONDS = 1e7
"""What a start may be moved by."""
_METHOD = "^[A-Za-z][A-Za-z-]{0,19}$"
_NOTHING = ["", "-"]
_NO_STATUS = ["-", "-1"]
_SCHEMES = ("http://", "https://", "h2c://", "tcp://")
_HOST_IN_OBJECT = r'"Host": ?"([^"]*)"'
_AUTHORITY = r"^(?:[A-Za-z][A-Za-z0-9+.-]*://)?([^/?*]+)"


def to_records(values: pl.DataFrame, dialect: Dialect, zone: tzinfo) -> pl.DataFrame:
    """Values by their names in the dialect, row by row as records; `time` or `status` is null in what is none."""
    if values.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    if dialect.urls:
        values = values.with_columns(_servers(values[name]) for name in dialect.urls if name in values.columns)
    request = _request(values, dialect)
    read = {name: pl.lit(part) for name, part in request.items()}
    if "host" in read and dialect.sources("host"):
        read["host"] = pl.when(read["host"] != "").then(read["host"]).otherwise(_column("host", values, dialect))
    for name in SCHEMA:
        if name not in (*read, "time"):
            read[name] = _column(name, values, dialect)
    if dialect.lists_attempts:
        read["retries"] = pl.lit(_retries_listed(values.select(read["upstreams"].alias("upstreams")).to_series()))
    if dialect.streams_apart:
        is_stream = (read["method"] == "") & (read["status"] == 0)
        read["status"] = pl.when(is_stream == bool(dialect.set_aside)).then(read["status"])
    if dialect.evidence:
        read["status"] = pl.when(_is_request(values, dialect)).then(read["status"])
    for name in dialect.numbers:
        is_number = _value(name, dialect).cast(pl.Float64, strict=False).is_not_null()
        read["status"] = pl.when(is_number).then(read["status"])
    read["time"] = _end(pl.lit(_time(values, dialect, zone)), _since(read["seconds"], values, dialect), dialect)
    # Lazily, since only then is what several columns share worked out once.
    return values.lazy().with_columns(read[name].alias(name) for name in SCHEMA).select(SCHEMA.keys()).collect()


def _is_request(values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    """Whether a line has a method and a target, or one of them and something else that only requests have."""

    def has(*columns: str) -> pl.Expr:
        names = [name for column in columns for name in dialect.sources(column)]
        there = [pl.col(name).is_not_null() for name in names if name in values.columns]
        return pl.any_horizontal(*there, pl.lit(value=False))

    method, target = has("method", "request"), has("target", "request")
    else_ = [pl.col(name).is_not_null() for name in dialect.evidence if name in values.columns]
    return (method & target) | ((method | target) & pl.any_horizontal(*else_, pl.lit(value=False)))


def sane_seconds(written: pl.Expr) -> pl.Expr:
    """A duration, or null where something else is written: `inf`, `nan`, a negative number."""
    return pl.when(written.is_finite() & (written >= 0)).then(written)


def _seconds(written: pl.Expr, unit: str) -> pl.Expr:
    seconds = sane_seconds(written.cast(pl.Float64, strict=False))
    return seconds if unit == "s" else (seconds / UNITS[unit]).round(9)


def _column(name: str, values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    sources, silent = dialect.sources(name), SILENT.get(name)
    if name == "status" and not sources:
        return pl.lit(0, SCHEMA[name])
    if not any(dialect.stands_in(source) in values.columns for source in sources):
        return pl.lit(silent, dtype=SCHEMA[name])
    if name in ("seconds", "upstream_seconds"):
        return _duration(name, values, dialect)
    written = _first(sources, values, dialect)
    if name == "status":
        return pl.when(written.is_in(_NO_STATUS)).then(0).otherwise(written.cast(SCHEMA[name], strict=False))
    if name in ("host", "service"):
        written = pl.when(written != "-").then(written)
    typed = written.cast(SCHEMA[name], strict=False)
    return typed if silent is None else typed.fill_null(silent)


def _duration(name: str, values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    """A number of seconds; lists of attempts stay as they are written."""
    sources = dialect.sources(name)
    if name == "seconds" and dialect.key_units:
        return seconds_by_evidence(values, dialect, [each for each in sources if each in values.columns])
    written, unit = _first(sources, values, dialect), dialect.unit(name)
    if name == "seconds":
        return _seconds(written, unit)
    return written if unit == "s" else _seconds(written, unit).cast(pl.String)


def _retries_listed(upstreams: pl.Series) -> pl.Series:
    """One less than the attempts that a list names; lists of several are few."""
    retries = pl.select(pl.when(upstreams.is_not_null()).then(pl.lit(0, SCHEMA["retries"]))).to_series()
    several = upstreams.str.contains(" ", literal=True).fill_null(value=False).arg_true()
    if several.is_empty():
        return retries
    lists = upstreams.gather(several).str
    between = lists.count_matches(", ", literal=True) + lists.count_matches(" : ", literal=True)
    return retries.scatter(several, between.cast(SCHEMA["retries"]))


def _first(names: Sequence[str], values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    """The first of these that says something."""
    there = [_value(name, dialect) for name in names if dialect.stands_in(name) in values.columns]
    if len(there) == 1:
        return there[0]
    return pl.coalesce(*(pl.when(~value.is_in(_NOTHING)).then(value) for value in there), pl.lit(None, pl.String))


def _value(name: str, dialect: Dialect) -> pl.Expr:
    whole = dialect.stands_in(name)
    value = pl.col(whole)
    if whole != name:
        parts = dialect.parts[whole]
        value = value.str.splitn(parts.between, len(parts.names)).struct.field(f"field_{parts.names.index(name)}")
    if name in dialect.with_port:
        value = _without_port(value)
    if name in dialect.nothing:
        value = pl.when(value != dialect.nothing[name]).then(value).otherwise(pl.lit("-"))
    return value


def _without_port(address: pl.Expr) -> pl.Expr:
    bare = address.str.strip_chars_end("0123456789")
    return (
        pl.when(bare.str.ends_with(":")).then(bare.str.strip_suffix(":").str.strip_chars("[]")).otherwise(address)
    )


def _servers(urls: pl.Series) -> pl.Series:
    """`http://10.0.0.1:80` as `10.0.0.1:80`; also where the URL is written as an object."""
    servers = urls
    for scheme in _SCHEMES:
        servers = servers.str.strip_prefix(scheme)
    objects = urls.str.starts_with("{")
    if not objects.any():
        return servers
    return servers.zip_with(~objects.fill_null(value=False), urls.str.extract(_HOST_IN_OBJECT))


def _request(values: pl.DataFrame, dialect: Dialect) -> dict[str, pl.Series]:
    """`method` and `target`, and `host` where targets have one. Methods are few, so each is looked at once."""
    said = _words(values, dialect)
    methods = said["method"].unique()
    good = methods.filter(methods.str.contains(_METHOD))
    if good.len() < methods.len() or said["target"].null_count():
        is_method = said["method"].is_in(good.implode()).fill_null(value=False)
        is_request = is_method & said["target"].is_not_null()
        # A target that has a place of its own is said, also where no method is.
        is_target = (is_request | said["method"].is_null()) if dialect.sources("target") else is_request
        others = {"method": ~is_request, "target": ~is_target | said["target"].is_null()}
        said = said.select(column.clone().scatter(others[column.name].arg_true(), "") for column in said)
    if not dialect.host_in_target:
        return said.to_dict()
    named = ~said["target"].str.starts_with("/") & (said["target"] != "")
    if dialect.json_marks:
        named &= said["target"].str.contains("://", literal=True)
    if not named.any():
        return said.to_dict()
    host = pl.when(named).then(pl.col("target").str.extract(_AUTHORITY)).fill_null("")
    path = pl.when(named).then(pl.col("target").str.replace(_AUTHORITY, "")).otherwise(pl.col("target"))
    return said.select("method", host=host, target=path).to_dict()


def _words(values: pl.DataFrame, dialect: Dialect) -> pl.DataFrame:
    """The line of the request cut at blanks, where method and target have no places of their own."""
    method, target = (_first(dialect.sources(name), values, dialect) for name in ("method", "target"))
    if any(dialect.stands_in(name) in values.columns for name in dialect.sources("request")):
        words = _first(dialect.fields["request"], values, dialect).str.splitn(" ", 3).struct
        method, target = (
            pl.coalesce(own, words.field(f"field_{place}"))
            if dialect.sources(name)
            else words.field(f"field_{place}")
            for place, (name, own) in enumerate({"method": method, "target": target}.items())
        )
    if dialect.escape == "#":
        target = target.str.replace_all("#([0-9A-F]{2})", r"\x$1")
    said = values.lazy().with_columns(method=method, target=target).select("method", "target").collect()
    return said.with_columns(_without_query(said["target"]))


def _without_query(targets: pl.Series) -> pl.Series:
    asks = targets.str.contains("?", literal=True).arg_true()
    if asks.is_empty():
        return targets
    paths = targets.gather(asks).str.splitn("?", 2).struct.field("field_0")
    return targets.clone().scatter(asks, paths)


def _time(values: pl.DataFrame, dialect: Dialect, zone: tzinfo) -> pl.Series:
    names = dialect.fields["time"]
    written = values.select(_first(names, values, dialect).alias("time")).to_series()
    offset = f"{names[0]}_offset"
    return read_clock(dialect.clock, written, values[offset] if offset in values.columns else None, zone)


def _since(seconds: pl.Expr, values: pl.DataFrame, dialect: Dialect) -> pl.Expr:
    """How long ago the time written was when a request ended."""
    if not dialect.ends:
        return seconds
    starts = [name for name in dialect.fields["time"] if name in values.columns and name not in dialect.ends]
    return pl.when(_first(starts, values, dialect).is_not_null()).then(seconds)


def _end(time: pl.Expr, seconds: pl.Expr, dialect: Dialect) -> pl.Expr:
    if dialect.clock_at == "end":
        return time
    took = (seconds.fill_null(0.0).clip(0, LONGEST_SECONDS) * 1000).round().cast(pl.Int64)
    return (time.to_physical() + took).cast(TIME)
