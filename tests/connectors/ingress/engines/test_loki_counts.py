"""What a dialect's LogQL counts a line as is what its reader reads in it, for every dialect's own samples."""

from zoneinfo import ZoneInfo

import polars as pl
import pytest

from connectors.ingress.dialects import Dialect, Sample, load_dialects
from connectors.ingress.engines.counted import add_up
from connectors.ingress.engines.counting import counting
from connectors.ingress.engines.logql import pipeline
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.log_engines.lines import MINUTE, LabelledCount
from tests.servers.logs.logql import LogQuery, parse
from vistas.requests.summary import bucket_numbers

UTC = ZoneInfo("UTC")
COUNTED = [dialect for dialect in load_dialects() if not dialect.set_aside and not dialect.last_resort]
CASES = [(dialect, sample) for dialect in COUNTED for sample in dialect.samples]
MENDED = {"blanks without quotes and leading zeros are no JSON, and are written all the same"}
"""JSON that our reader mends, and a strict parser does not take."""


def read(dialect: Dialect, sample: Sample) -> list[dict[str, object]]:
    records = make_reader(dialect, UTC).read(Text(sample.line.encode() + b"\n")).records
    host = pl.lit("") if dialect.host_in_target else pl.col("host")
    told = records.with_columns(retried=pl.col("retries"), bucket=bucket_numbers(records["seconds"]))
    return told.select(
        host.alias("host"), "service", "status", "bucket", pl.col("retried").cast(pl.UInt64)
    ).to_dicts()


def counted(dialect: Dialect, sample: Sample) -> list[dict[str, object]]:
    way = counting(dialect)
    query = parse(f'{{app="ingress"}} {pipeline(way)}')
    assert isinstance(query, LogQuery)
    labels = query.labels(sample.line, {"app": "ingress"})
    if labels is None:
        return []
    told = LabelledCount({name: labels[name] for name in way.by if name in labels}, MINUTE, 1)
    return (
        add_up(way, [told], dialect.samples[0].line, UTC)
        .minutes.select("host", "service", "status", "bucket", "retried")
        .to_dicts()
    )


@pytest.mark.parametrize(
    ("dialect", "sample"),
    CASES,
    ids=[f"{dialect.name}-{dialect.samples.index(sample)}" for dialect, sample in CASES],
)
def test_sample_is_counted_as_it_is_read(dialect: Dialect, sample: Sample) -> None:
    if sample.about in MENDED:
        assert counted(dialect, sample) == []
    else:
        assert counted(dialect, sample) == read(dialect, sample)
