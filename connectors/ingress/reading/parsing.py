"""One block of lines: which are requests and of which dialect, which are set aside, and which fit nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from itertools import chain

import polars as pl

from connectors.ingress.dialects import ChatterRule, Dialect, load_chatter
from connectors.ingress.reading.custom import CUSTOM
from connectors.ingress.reading.prefilter import glance
from connectors.ingress.reading.reader import Lines, Reader, Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.ingress.reading.records import SCHEMA
from connectors.ingress.reading.wrappings import bare, innermost, is_wrapped, readings, unnamed

UNPARSED = "unparsed"
GLANCED = 8_000
"""How many bytes at either end of a block tell which dialect it is in."""
ODD_KEPT = 2_000
"""How many characters of an odd line are kept: more than are shown, for it is cut again once it is masked."""
PART = 2 << 20
"""How many bytes are looked at together where most lines are of another dialect than expected, or of none."""
AT_ONCE = 8_192
"""How many lines that are not of the first dialect are tried together."""
CONTROLLER: dict[str, pl.DataType | type[pl.DataType]] = {"controller": pl.String}
"""What the parser adds to a record: the product that wrote the line."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each with its end. `times` are when the container runtime took them, where it says so."""

    text: bytes
    times: Sequence[datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class OddLine:
    """A line worth showing that is no request. `kind` is `unparsed` or the chatter's name."""

    kind: str
    text: str
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """`lines == records.height + set_aside.total() + unparsed`."""

    lines: int
    records: pl.DataFrame
    dialects: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    unparsed: int = 0
    odd: tuple[OddLine, ...] = ()


@dataclass(slots=True)
class _Rest:
    """Lines that nothing has fitted yet, with their numbers in the block."""

    lines: Lines
    numbers: list[int]

    def apart(self) -> Iterator[_Rest]:
        """Some at a time: what is worked out for each of them is large."""
        for begin in range(0, len(self.lines), AT_ONCE):
            yield _Rest(self.lines[begin : begin + AT_ONCE], self.numbers[begin : begin + AT_ONCE])

    def keep(self, places: Sequence[int]) -> None:
        self.lines = [self.lines[place] for place in places]
        self.numbers = [self.numbers[place] for place in places]


class Parser:
    """Tells dialects apart by trying them, the one that fitted most of the last block first.

    `zone` is where clocks without a zone stand; `year` is that of the newest lines, for times without a year.
    """

    def __init__(self, dialects: Sequence[Dialect], zone: tzinfo, now: datetime) -> None:
        self._readers = [make_reader(dialect, zone) for dialect in dialects]
        self._glances = {dialect.name: glance(dialect) for dialect in dialects}
        self._chatter = load_chatter()
        self._zone = zone
        self._now = now
        self._met = False
        self._opened: Callable[[bytes], bytes] | None = None
        self._own_format = any(dialect.name == CUSTOM for dialect in dialects)

    def parse(self, block: Block) -> Parsed:
        if len(block.text) <= PART or self._looks_known(block.text):
            return self._parse(block)
        return _together([self._parse(part) for part in _parts(block)])

    def _looks_known(self, text: bytes) -> bool:
        """Whether most of some lines may be of the dialect that is tried first: trying all on many takes room."""
        middle = len(text) // 2
        lines = [*_edges(text), *text[middle : middle + GLANCED].split(b"\n")]
        can_be = self._glances[self._readers[0].dialect.name]
        return 2 * sum(map(can_be, lines)) > len(lines)

    def _parse(self, block: Block) -> Parsed:
        found = _Found()
        text = Text(self._unwrapped(block.text))
        first, *others = self._readers if self._met else self._likeliest_first(text.block)
        rest = self._read_whole(first, text, found)
        odd: list[OddLine] = []
        for some in rest.apart():
            self._read_rest(others, some, block, found)
            if some.lines:
                self._read_within(some, block, found)
            odd += (
                OddLine(UNPARSED, _text(bare(line))[:ODD_KEPT], _time_at(block, number))
                for line, number in zip(some.lines, some.numbers, strict=True)
            )
        # Blocks are parsed by several threads: the order is replaced, never changed.
        self._readers = _sorted(self._readers, found.dialects)
        self._met = bool(found.dialects)
        return Parsed(
            lines=text.count,
            records=found.in_order(),
            dialects=found.dialects,
            set_aside=found.set_aside,
            unparsed=len(odd),
            odd=(*found.odd, *odd),
        )

    def _likeliest_first(self, text: bytes) -> list[Reader]:
        """By what the first and last lines of a block are: what is of another dialect is slow to find out."""
        lines = _edges(text)
        read: Counter[str] = Counter()
        for reader in (reader for reader in self._readers if not reader.dialect.last_resort):
            read[reader.dialect.name] = self._count(reader, lines)
            if read[reader.dialect.name] > len(lines) // 2:
                break
        return _sorted(self._readers, read)

    def _count(self, reader: Reader, lines: Lines) -> int:
        like = [line for line in lines if self._glances[reader.dialect.name](line)]
        return reader.read(Text(b"".join(line + b"\n" for line in like))).records.height if like else 0

    def _read_whole(self, reader: Reader, text: Text, found: _Found) -> _Rest:
        read = reader.read(text)
        found.keep(reader.dialect, read.records, read.lines)
        if not read.others:
            return _Rest([], [])
        return _Rest(text.pick(read.others), read.others)

    def _read_rest(self, readers: Sequence[Reader], rest: _Rest, block: Block, found: _Found) -> None:
        if rest.lines:
            self._set_chatter_aside(rest, block, found)
        for reader in readers:
            if rest.lines:
                self._read_some(reader, rest, found)

    def _unwrapped(self, text: bytes) -> bytes:
        """The block without what is around its lines, where that is seen around those at its begin and end.

        A format of somebody's own may begin as a wrapping does: then each line is first tried as it stands.
        """
        if self._own_format or not is_wrapped(lines := _edges(text)):
            return text
        if self._opened is None:
            understood = cache(self._understood)  # many wrappings are opened alike
            self._opened = max(
                (_unchanged, bare, innermost, unnamed), key=lambda opened: understood(tuple(map(opened, lines)))
            )
        if self._opened is _unchanged:
            return text
        return b"".join(self._opened(line) + b"\n" for line in text.split(b"\n")[:-1])

    def _understood(self, lines: Lines) -> int:
        return sum(self._count(reader, lines) for reader in self._readers)

    def _read_within(self, rest: _Rest, block: Block, found: _Found) -> None:
        """Lines that fit nothing as they stand, without one layer after the other of what may be around them."""
        written = Text(block.text).pick(rest.numbers)
        layers = {
            number: chain(() if line == tried else (line,), readings(line))
            for number, line, tried in zip(rest.numbers, written, rest.lines, strict=True)
        }
        rest.lines = written
        while layers:
            within = {number: line for number, each in layers.items() if (line := next(each, None)) is not None}
            left = _Rest([*within.values()], [*within])
            self._read_rest(self._readers, left, block, found)
            layers = {number: layers[number] for number in left.numbers}
            known = within.keys() - layers.keys()
            if known:
                rest.keep([place for place, number in enumerate(rest.numbers) if number not in known])

    def _read_some(self, reader: Reader, rest: _Rest, found: _Found) -> None:
        can_be = self._glances[reader.dialect.name]
        places = [place for place, line in enumerate(rest.lines) if can_be(line)]
        if not places:
            return
        lines = rest.lines if len(places) == len(rest.lines) else [rest.lines[place] for place in places]
        read = reader.read(Text(b"\n".join(lines) + b"\n"))
        taken = pl.Series(places, dtype=pl.UInt32).gather(read.lines)
        found.keep(reader.dialect, read.records, pl.Series(rest.numbers, dtype=pl.UInt32).gather(taken))
        rest.keep(sorted({*range(len(rest.lines))}.difference(taken)))

    def _set_chatter_aside(self, rest: _Rest, block: Block, found: _Found) -> None:
        text = pl.Series([_text(line) for line in rest.lines], dtype=pl.String)
        for rule in self._chatter:
            said = text.str.contains(rule.pattern)
            if not said.any():
                continue
            found.set_aside[rule.name] += int(said.sum())
            if rule.odd:
                found.odd += self._odd_chatter(rule, text, said, rest, block)
            rest.keep((~said).arg_true().to_list())
            text = text.filter(~said)

    def _odd_chatter(
        self, rule: ChatterRule, text: pl.Series, said: pl.Series, rest: _Rest, block: Block
    ) -> list[OddLine]:
        parts = text.str.extract_groups(rule.pattern).struct
        odd = said & parts.field("level").is_in(rule.odd)
        written = parts.field("time")
        return [
            OddLine(
                rule.name,
                text[place][:ODD_KEPT],
                _time_at(block, rest.numbers[place]) or self._chatter_time(rule, written[place]),
            )
            for place in odd.arg_true()
        ]

    def _chatter_time(self, rule: ChatterRule, written: str) -> datetime | None:
        try:
            match rule.clock:
                case "klog":
                    return self._klog_time(written)
                case "unix" | "any" if _is_number(written):
                    return datetime.fromtimestamp(float(written), UTC)
                case "nginx-error" | "iso" | "any":
                    time = datetime.fromisoformat(written.replace("/", "-"))
                    return (time if time.tzinfo else time.replace(tzinfo=self._zone)).astimezone(UTC)
                case _:
                    return None
        except (ValueError, OverflowError):
            return None

    def _klog_time(self, written: str) -> datetime:
        """Klog writes no year: the latest that does not lie ahead."""
        this_year = datetime.strptime(f"{self._now.year} {written}", "%Y %m%d %H:%M:%S").replace(tzinfo=self._zone)
        if this_year > self._now + timedelta(days=1):
            this_year = this_year.replace(year=this_year.year - 1)
        return this_year.astimezone(UTC)


@dataclass(slots=True)
class _Found:
    records: list[pl.DataFrame] = field(default_factory=list)
    lines: list[pl.Series] = field(default_factory=list)
    dialects: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    odd: list[OddLine] = field(default_factory=list)

    def keep(self, dialect: Dialect, records: pl.DataFrame, lines: pl.Series) -> None:
        """`lines` are the numbers of the records' lines in the block."""
        if dialect.set_aside:
            self.set_aside += Counter({dialect.set_aside: records.height})
        elif records.height:
            self.dialects[dialect.name] += records.height
            self.records.append(records.with_columns(controller=pl.lit(dialect.controller, dtype=pl.String)))
            self.lines.append(lines)

    def in_order(self) -> pl.DataFrame:
        """All records as their lines stand in the block: of equals the first is always the same one."""
        if len(self.records) == 1:
            return self.records[0]
        records = pl.concat([pl.DataFrame(schema=SCHEMA | CONTROLLER), *self.records], rechunk=True)
        order = pl.concat([pl.Series(dtype=pl.UInt32), *self.lines]).arg_sort()
        return records[order]


def _sorted(readers: Sequence[Reader], read: Counter[str]) -> list[Reader]:
    """Those that read most first; last resorts, for what no other reads, always at the end as they are."""

    def place(reader: Reader) -> tuple[bool, int]:
        last = reader.dialect.last_resort
        return last, 0 if last else -read[reader.dialect.name]

    return sorted(readers, key=place)


def _parts(block: Block) -> Iterator[Block]:
    begin = number = 0
    while begin < len(block.text):
        end = block.text.rfind(b"\n", begin, begin + PART) + 1 or block.text.find(b"\n", begin) + 1
        text = block.text[begin:end]
        count = text.count(b"\n")
        yield Block(text, block.times[number : number + count] if block.times else None)
        begin, number = end, number + count


def _together(parts: Sequence[Parsed]) -> Parsed:
    return Parsed(
        lines=sum(part.lines for part in parts),
        records=pl.concat([part.records for part in parts], rechunk=True),
        dialects=sum((part.dialects for part in parts), Counter()),
        set_aside=sum((part.set_aside for part in parts), Counter()),
        unparsed=sum(part.unparsed for part in parts),
        odd=tuple(odd for part in parts for odd in part.odd),
    )


def _is_number(written: str) -> bool:
    return written.replace(".", "", 1).isdigit()


def _unchanged(line: bytes) -> bytes:
    return line


def _edges(text: bytes) -> Lines:
    """The first and the last lines of a block."""
    return [*text[:GLANCED].split(b"\n"), *text[-GLANCED:].split(b"\n")][:-1]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")


def _time_at(block: Block, number: int) -> datetime | None:
    return block.times[number] if block.times else None
