"""Builds a summary from what a log engine counted.

For each set of label values a sample line is rewritten to contain them and read by the dialect's own reader, so
that statuses, hosts and services come out exactly as from logs. Only a host within the target is unknown and
stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import orjson
import polars as pl

from connectors.ingress.aggregation.summary import MINUTES
from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import BUCKET, RETRIES, Counting
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.ingress.reading.records import TIME
from connectors.ingress.reading.template import compile_template
from connectors.log_engines.lines import MINUTE, LabelledCount

_MILLISECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """The `minutes` of a summary, and how many requests they hold."""

    minutes: pl.DataFrame
    requests: int


def find_example(dialect: Dialect, lines: Sequence[bytes], zone: tzinfo) -> str:
    """A line of the dialect that others can be made from; empty where there is none."""
    read = make_reader(dialect, zone).read(Text(b"\n".join(lines) + b"\n"))
    examples = (lines[number] for number in read.lines if _is_example(dialect, lines[number]))
    return next(examples, b"").decode("utf-8", "replace")


def _is_example(dialect: Dialect, line: bytes) -> bool:
    if dialect.template:
        return _match(dialect, line.decode("utf-8", "replace")) is not None
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def add_up(counting: Counting, cells: Sequence[LabelledCount], example: str, zone: tzinfo) -> Counted:
    """What was counted of one dialect. A cell's minute is the one before its end."""
    kinds = list({tuple(sorted(cell.labels.items())): None for cell in cells})
    read = _read(counting, kinds, example, zone)
    number = {kind: place for place, kind in enumerate(kinds)}
    rows = pl.DataFrame(
        {
            "_kind": [number[tuple(sorted(cell.labels.items()))] for cell in cells],
            "minute": [(cell.end - 1) // MINUTE * MINUTE // _MILLISECONDS for cell in cells],
            "requests": [cell.count for cell in cells],
        },
        schema={"_kind": pl.UInt32, "minute": pl.Int64, "requests": pl.UInt64},
    )
    known = rows.join(read, on="_kind").with_columns(
        pl.col("minute").cast(TIME),
        (pl.col("retried") * pl.col("requests")).cast(pl.UInt64),
    )
    return Counted(MINUTES.add_up(known.select(*MINUTES.schema)), int(known["requests"].sum()))


def _read(
    counting: Counting, kinds: Sequence[tuple[tuple[str, str], ...]], example: str, zone: tzinfo
) -> pl.DataFrame:
    """What each set of labels says, by its number; those that the reader takes for no request are left out."""
    labels = [dict(kind) for kind in kinds]
    lines = list(_lines(counting, labels, example))
    read = make_reader(counting.dialect, zone).read(Text(b"".join(line + b"\n" for line in lines)))
    told = pl.DataFrame(
        {
            "_kind": range(len(labels)),
            "bucket": [each.get(BUCKET) for each in labels],
            "_again": [each.get(RETRIES) for each in labels],
        },
        schema={"_kind": pl.UInt32, "bucket": pl.String, "_again": pl.String},
    )
    host = pl.lit("") if counting.dialect.host_in_target else pl.col("host")
    records = read.records.select(host.alias("host"), "service", "status", pl.col("retries").alias("_written"))
    records = records.with_columns(
        _kind=read.lines.cast(pl.UInt32), controller=pl.lit(counting.dialect.controller, dtype=pl.String)
    )
    return told.join(records, on="_kind").select(
        "_kind",
        "controller",
        "host",
        "service",
        "status",
        pl.col("bucket").cast(pl.UInt8),
        pl.coalesce(pl.col("_again").cast(pl.UInt64), pl.col("_written").cast(pl.UInt64)).alias("retried"),
    )


def _lines(counting: Counting, kinds: Iterable[Mapping[str, str]], example: str) -> Iterable[bytes]:
    """A line of the dialect for each set of labels."""
    dialect = counting.dialect
    for labels in kinds:
        values = {variable: labels.get(label, "") for label, variable in counting.variables.items()}
        yield _text(dialect, values, example) if dialect.template else _object(values, example)


def _text(dialect: Dialect, values: Mapping[str, str], example: str) -> bytes:
    found = _match(dialect, example)
    if found is None:
        raise ValueError(f"no line of {dialect.name}: {example}")
    whole = {name: found[name] for name in map(dialect.stands_in, values)}
    for name, value in values.items():
        whole[dialect.stands_in(name)] = _put(dialect, name, value, whole[dialect.stands_in(name)])
    line, at = [], 0
    for name in sorted(whole, key=found.start):
        line += [found.string[at : found.start(name)], whole[name]]
        at = found.end(name)
    return "".join([*line, found.string[at:]]).encode()


def _put(dialect: Dialect, name: str, value: str, whole: str) -> str:
    """A value that is part of another in its place there."""
    parts = dialect.parts.get(dialect.stands_in(name))
    if parts is None:
        return value
    pieces = whole.split(parts.between, len(parts.names) - 1)
    pieces[parts.names.index(name)] = value
    return parts.between.join(pieces)


def _match(dialect: Dialect, line: str) -> re.Match[str] | None:
    return re.match(compile_template(dialect.template, dialect.tail).expression, line)


def _object(values: Mapping[str, str], example: str) -> bytes:
    """An empty label is a key that is missing, or stands there without a value."""
    sample = orjson.loads(example)
    for name, value in values.items():
        *outer, key = name.split(".")
        inside = sample
        for each in outer:
            inside = inside.setdefault(each, {})
        inside[key] = value or None
    return orjson.dumps(sample)
