"""Whatever bytes come: every line is counted once, nothing raises, no broken line changes how others are read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.dialects import Dialect, load_chatter, load_dialects
from connectors.ingress.reading.cutting import Cut
from connectors.ingress.reading.parsing import Block, Parser
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.ingress.reading.records import IS_RECORD, SCHEMA, to_records
from connectors.ingress.reading.text_reader import TextReader
from tests.examples import examples

pytestmark = pytest.mark.slow("properties of every dialect")

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIALECTS = load_dialects()
SAMPLES = [sample.line.encode() for dialect in DIALECTS for sample in dialect.samples]
CHATTER = [sample.line.encode() for rule in load_chatter() for sample in rule.samples]
PIECES = [
    b'"',
    b'\\"',
    b'""',
    b" ",
    b"[",
    b"{",
    b"}",
    b"\\",
    b",",
    b", ",
    b" : ",
    b"-",
    b":",
    b"/",
    b"\x00",
    b"\x02",
]
PIECES += [b"\xff", b"\r", b"\t", b"9" * 30, b"-1", b"nan", b"1e999", b"null", b'"status":', "é".encode(), b""]


@st.composite
def damaged(draw: st.DrawFn, lines: list[bytes] = SAMPLES) -> bytes:
    """A genuine line cut off, with a stretch of it twice, bytes turned over, or something put into it."""
    line = draw(st.sampled_from(lines))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(line)))
        end = min(len(line), start + draw(st.sampled_from([0, 1, 2, 10, 1000])))
        change = draw(st.sampled_from(["put", "cut", "double", "flip"]))
        middle = {
            "put": draw(st.sampled_from(PIECES)),
            "cut": b"",
            "double": line[start:end] * 2,
            "flip": bytes(byte ^ 0x15 for byte in line[start:end]),
        }[change]
        line = line[:start] + middle + line[end:]
    return line.replace(b"\n", b" ")


ANY = st.one_of(
    st.binary(max_size=80).map(lambda line: line.replace(b"\n", b"")), damaged(), st.sampled_from(CHATTER)
)


def block(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


@examples(80)
@given(st.lists(ANY, max_size=10))
def test_every_line_is_counted_once(lines: list[bytes]) -> None:
    """What goes in comes out: as a request, set aside, or in no known format."""
    parsed = Parser(DIALECTS, ZONE, NOW).parse(Block(block(lines)))
    assert parsed.lines == len(lines)
    assert parsed.lines == parsed.records.height + parsed.set_aside.total() + parsed.unparsed
    assert parsed.records.height == parsed.dialects.total()
    assert parsed.records.drop("controller").schema == SCHEMA
    for column in ("time", "client", "method", "target", "status", "response_bytes", "host", "service"):
        assert parsed.records[column].null_count() == 0


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@examples(12)
@given(st.data())
def test_broken_lines_harm_no_other(dialect: Dialect, data: st.DataObject) -> None:
    """A reader takes of many lines every genuine one, as it takes it alone; the others it takes or leaves."""
    own = [sample.line.encode() for sample in dialect.samples]
    lines = data.draw(st.lists(st.one_of(st.sampled_from(own), damaged(own), ANY), min_size=1, max_size=6))
    reader = make_reader(dialect, ZONE)
    read = reader.read(Text(block(lines)))
    assert sorted([*read.lines, *read.others]) == [*range(len(lines))]
    rows = dict(zip(read.lines, read.records.rows(), strict=True))
    for number, line in enumerate(lines):
        if line in own:
            assert rows[number] == reader.read(Text(block([line]))).records.row(0)


def parsed(lines: list[bytes]) -> tuple[list[tuple[object, ...]], int, int]:
    """The requests' records in order, and how many lines are set aside and fit nothing."""
    read = Parser(DIALECTS, ZONE, NOW).parse(Block(block(lines)))
    return list(read.records.rows()), read.set_aside.total(), read.unparsed


@examples(40)
@given(st.lists(st.one_of(damaged(), st.sampled_from(SAMPLES), ANY), min_size=1, max_size=8))
def test_line_means_the_same_alone_and_in_company(lines: list[bytes]) -> None:
    """Whatever stands around it: broken lines, other dialects, quotes that are escaped or do not come out even."""
    alone = [parsed([line]) for line in lines]
    records, set_aside, unparsed = parsed(lines)
    assert records == [row for rows, _, _ in alone for row in rows]
    assert (set_aside, unparsed) == (sum(each[1] for each in alone), sum(each[2] for each in alone))


@pytest.mark.parametrize("dialect", [each for each in DIALECTS if each.template], ids=lambda dialect: dialect.name)
@examples(25)
@given(st.data())
def test_cutting_and_expression_agree(dialect: Dialect, data: st.DataObject) -> None:
    """Regular lines are cut, the others matched: where both can read a request, they read the same."""
    own = [sample.line.encode() for sample in dialect.samples]
    lines = data.draw(st.lists(damaged(own), min_size=1, max_size=6))
    reader = TextReader(dialect, ZONE)
    text = Text(block(lines))
    cut, matched = reader._cutter.cut(text), reader._match(text.some(range(text.count)))
    by_cutting, by_matching = records_of(reader, cut), records_of(reader, matched)
    for place, fits in enumerate(cut.fits):
        if fits:
            assert by_cutting[place] == by_matching[place]


def records_of(reader: TextReader, cut: Cut) -> list[tuple[object, ...] | None]:
    """Line by line; None where it is no record."""
    records = to_records(cut.values, reader.dialect, ZONE)
    known = records.select(IS_RECORD.fill_null(value=False)).to_series() & cut.fits
    return [row if fine else None for row, fine in zip(records.rows(), known, strict=True)]
