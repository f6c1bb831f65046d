"""Every dialect reads its own sample lines, and no other dialect's."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from connectors.ingress.dialects import Dialect, Sample, load_chatter, load_dialects
from connectors.ingress.reading.parsing import Block, Parser
from connectors.ingress.reading.prefilter import glance
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.ingress.reading.records import to_records
from connectors.ingress.reading.text_reader import TextReader

ZONE = ZoneInfo("UTC")
NOW = datetime(2020, 6, 1, tzinfo=UTC)
SAMPLES = [(dialect, sample) for dialect in load_dialects() for sample in dialect.samples]
IDS = [f"{dialect.name}-{place}" for dialect in load_dialects() for place, _ in enumerate(dialect.samples)]


@pytest.mark.parametrize(("dialect", "sample"), SAMPLES, ids=IDS)
def test_sample_gives_the_expected_record(dialect: Dialect, sample: Sample) -> None:
    """What stands beside a sample line is what is read from it."""
    read = make_reader(dialect, ZONE).read(Text(sample.line.encode() + b"\n"))
    assert read.others == []
    record = read.records.row(0, named=True)
    assert {name: record[name] for name in sample.expect} == dict(sample.expect)


@pytest.mark.parametrize(
    "dialect", [each for each in load_dialects() if not each.last_resort], ids=lambda dialect: dialect.name
)
def test_other_dialects_lines_are_not_mistaken(dialect: Dialect) -> None:
    """A dialect takes its own lines only: told apart without knowing where a line is from."""
    foreign = [sample.line for other, sample in SAMPLES if other is not dialect]
    text = "".join(f"{line}\n" for line in foreign).encode()
    assert make_reader(dialect, ZONE).read(Text(text)).records.is_empty()


@pytest.mark.parametrize(("dialect", "sample"), SAMPLES, ids=IDS)
def test_sample_is_told_by_itself(dialect: Dialect, sample: Sample) -> None:
    """A single line is enough to know its dialect."""
    parsed = Parser(load_dialects(), ZONE, NOW).parse(Block(sample.line.encode() + b"\n"))
    assert parsed.unparsed == 0
    assert parsed.dialects == ({} if dialect.set_aside else {dialect.name: 1})
    assert parsed.set_aside == ({dialect.set_aside: 1} if dialect.set_aside else {})


@pytest.mark.slow("all dialects, many times over")
@pytest.mark.parametrize("seed", range(4))
def test_everything_in_one_stream(seed: int) -> None:
    """All dialects, controllers' chatter and junk in any order: each line is read as it is by itself."""
    junk = ["what is this", '{"status": "fine"}', 'x "opened and not closed']
    lines = [(sample.line, dialect) for dialect, sample in SAMPLES]
    lines += [(sample.line, None) for rule in load_chatter() for sample in rule.samples]
    lines += [(line, None) for line in junk]
    Random(seed).shuffle(lines)  # noqa: S311 - an order, not a secret
    parser = Parser(load_dialects(), ZONE, NOW)
    for _ in range(2):
        parsed = parser.parse(Block("".join(f"{line}\n" for line, _ in lines).encode()))
        assert sorted(odd.text for odd in parsed.odd if odd.kind == "unparsed") == sorted(junk)
        assert parsed.dialects == Counter(each.name for _, each in lines if each and not each.set_aside)
        alone = [_alone(line, dialect) for line, dialect in lines if dialect and not dialect.set_aside]
        assert parsed.records.drop("controller").rows() == alone


def _alone(line: str, dialect: Dialect) -> tuple[object, ...]:
    return make_reader(dialect, ZONE).read(Text(line.encode() + b"\n")).records.row(0)


@pytest.mark.parametrize("dialect", load_dialects(), ids=lambda dialect: dialect.name)
def test_glance_lets_own_lines_through(dialect: Dialect) -> None:
    """What is not even tried with a dialect is none of its lines."""
    assert all(glance(dialect)(sample.line.encode()) for sample in dialect.samples)


def test_haproxy_stands_in_the_zone_of_the_settings() -> None:
    """Its clock says no zone."""
    haproxy = next(dialect for dialect in load_dialects() if dialect.name == "haproxy")
    line = haproxy.samples[0].line.encode() + b"\n"
    record = make_reader(haproxy, ZoneInfo("Europe/Berlin")).read(Text(line)).records.row(0, named=True)
    assert record["time"] == haproxy.samples[0].expect["time"] - timedelta(hours=1)


@pytest.mark.parametrize(
    ("dialect", "sample"), [pair for pair in SAMPLES if pair[0].template and not pair[0].set_aside]
)
def test_expression_and_columns_read_the_same(dialect: Dialect, sample: Sample) -> None:
    """Regular lines are cut at blanks, ragged ones matched: both ways say the same."""
    reader = TextReader(dialect, ZONE)
    matched = reader._match(pl.Series([sample.line]))
    assert matched.fits.all()
    cut = reader._cutter.cut(Text(sample.line.encode() + b"\n"))
    if cut.fits.all():
        by_cutting, by_matching = (to_records(each.values, dialect, ZONE) for each in (cut, matched))
        assert by_cutting.equals(by_matching)


@pytest.mark.parametrize(
    ("name", "sample"), [(rule.name, sample) for rule in load_chatter() for sample in rule.samples]
)
def test_chatter_is_set_aside(name: str, sample: Sample) -> None:
    """What a controller says is no request; what sounds like trouble is kept to be shown, with its time."""
    parsed = Parser(load_dialects(), ZONE, NOW).parse(Block(sample.line.encode() + b"\n"))
    assert parsed.set_aside == {name: 1}
    assert parsed.unparsed == 0
    assert [line.kind for line in parsed.odd] == ([name] if sample.expect["odd"] else [])
    for line in parsed.odd:
        expected = sample.expect.get("time")
        assert line.time == expected or abs(line.time - expected) < timedelta(milliseconds=1)


def test_zone_of_clocks_without_one() -> None:
    """nginx's error log writes local time without a zone: the setting says which."""
    line = b"2020/02/07 11:49:30 [error] 32#32: connect() failed\n"
    parsed = Parser(load_dialects(), ZoneInfo("Europe/Berlin"), NOW).parse(Block(line))
    assert parsed.odd[0].time == datetime(2020, 2, 7, 10, 49, 30, tzinfo=UTC)


def test_year_of_clocks_without_one() -> None:
    """klog writes no year: December seen in January was last year."""
    line = b"E1231 23:59:59.000000       7 main.go:1] broken\n"
    parsed = Parser(load_dialects(), ZONE, datetime(2021, 1, 1, 8, tzinfo=UTC)).parse(Block(line))
    assert parsed.odd[0].time == datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC)
