"""One schema over all dialects: what a request line says, with the unit in the name where there is one.

`time`               Datetime("ms", "UTC"), as written (nginx: the end of the request)
`client`             as written: one address, or a list of forwarders
`method`, `target`   empty where the request line was empty or no request at all; `target` is without its query
`status`             Int16, 0 where there was no answer, 9 for HTTP/0.9
`response_bytes`     UInt64, 0 where none is written
`seconds`            Float64, null where the format has no duration
`host`, `service`    empty where the format does not say
`upstreams`, `upstream_statuses`, `upstream_seconds`
                     lists of attempts as nginx writes them; null where the format has none
`retries`            UInt16, how many attempts were made again, where the format counts them; else null
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import polars as pl

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
_METHOD = "^[A-Za-z][A-Za-z-]{0,19}$"
_REQUEST = "^(?P<method>[A-Za-z][A-Za-z-]{0,19}) (?P<path>[^ ?]*)"
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})")
_CLF = "%d/%b/%Y:%H:%M:%S"


def to_records(values: pl.DataFrame, dialect: Dialect, zone: tzinfo) -> pl.DataFrame:
    """Values by their names in the dialect, row by row as records; `time` or `status` is null in what is none."""
    method, target = _request(values, dialect)
    read = {"time": _time(values, dialect, zone), "method": method, "target": target}
    for name, kind in SCHEMA.items():
        if name not in read:
            read[name] = _first(dialect.sources(name), values).cast(kind, strict=False)
    read["seconds"] = sane_seconds(read["seconds"])
    for name, silent in SILENT.items():
        read[name] = read[name].fill_null(silent)
    # Lazily, since only then is what several columns share worked out once.
    return values.lazy().select(read[name].alias(name) for name in SCHEMA).collect()


def sane_seconds(written: pl.Expr) -> pl.Expr:
    """A duration, or null where something else is written: `inf`, `nan`, a negative number."""
    return pl.when(written.is_finite() & (written >= 0)).then(written)


def _first(names: tuple[str, ...], values: pl.DataFrame) -> pl.Expr:
    there = [pl.col(name) for name in names if name in values.columns]
    return there[0] if len(there) == 1 else pl.coalesce(*there, pl.lit(None, dtype=pl.String))


def _request(values: pl.DataFrame, dialect: Dialect) -> tuple[pl.Expr, pl.Expr]:
    if "request" in dialect.fields:
        words = _first(dialect.fields["request"], values).str.extract_groups(_REQUEST).struct
        return words.field("method"), words.field("path")
    method, target = (_first(dialect.sources(name), values) for name in ("method", "target"))
    is_request = method.str.contains(_METHOD) & target.is_not_null()
    path = target.str.splitn("?", 2).struct.field("field_0")
    return pl.when(is_request).then(method), pl.when(is_request).then(path)


def _time(values: pl.DataFrame, dialect: Dialect, zone: tzinfo) -> pl.Expr:
    written = _first(dialect.fields["time"], values)
    if dialect.clock == "iso":
        return _iso_time(written, zone)
    (name,) = dialect.fields["time"]
    local = written.str.head(20).str.to_datetime(_CLF, time_unit="ms", strict=False)
    return (local - _offset(values[f"{name}_offset"])).dt.replace_time_zone("UTC")


def _offset(written: pl.Series) -> pl.Expr:
    """How far east of UTC each line's clock is."""
    known = {text: _parse_offset(text) for text in written.unique().drop_nulls()}
    if len(known) == 1 and not written.null_count():
        return pl.lit(next(iter(known.values())), dtype=pl.Duration("ms"))
    return pl.lit(written).replace_strict(known, default=None, return_dtype=pl.Duration("ms"))


def _parse_offset(text: str) -> timedelta | None:
    written = _OFFSET.match(text)
    if written is None:
        return None
    size = timedelta(hours=int(written[2]), minutes=int(written[3]))
    return -size if written[1] == "-" else size


def _iso_time(written: pl.Expr, zone: tzinfo) -> pl.Expr:
    zoned = written.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False)
    naive = written.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="ms", strict=False)
    local = naive.dt.replace_time_zone(str(zone), ambiguous="earliest", non_existent="null")
    return pl.coalesce(zoned, local.dt.convert_time_zone("UTC"))
