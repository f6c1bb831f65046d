"""One block of lines: which are requests and of which dialect, which are set aside, and which fit nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import polars as pl

from connectors.ingress.dialects import ChatterRule, Dialect, load_chatter
from connectors.ingress.glance import glance
from connectors.ingress.reader import make_reader
from connectors.ingress.reading import Lines, Reader, Text
from connectors.ingress.records import SCHEMA

UNPARSED = "unparsed"
GLANCED = 8_000
"""How many bytes at either end of a block tell which dialect it is in."""
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

    def parse(self, block: Block) -> Parsed:
        found = _Found()
        text = Text(block.text)
        first, *others = self._readers if self._met else self._likeliest_first(block.text)
        rest = self._read_whole(first, text, found)
        if rest.lines:
            self._set_chatter_aside(rest, block, found)
        for reader in others:
            if rest.lines:
                self._read_rest(reader, rest, found)
        odd = [
            OddLine(UNPARSED, _text(line), _time_at(block, number))
            for line, number in zip(rest.lines, rest.numbers, strict=True)
        ]
        # Blocks are parsed by several threads: the order is replaced, never changed.
        self._readers = sorted(self._readers, key=lambda reader: -found.dialects[reader.dialect.name])
        self._met = bool(found.dialects)
        return Parsed(
            lines=text.count,
            records=found.in_order(),
            dialects=found.dialects,
            set_aside=found.set_aside,
            unparsed=len(rest.lines),
            odd=(*found.odd, *odd),
        )

    def _likeliest_first(self, text: bytes) -> list[Reader]:
        """By what the first and last lines of a block are: what is of another dialect is slow to find out."""
        lines = [*text[:GLANCED].split(b"\n"), *text[-GLANCED:].split(b"\n")][:-1]
        read = {reader.dialect.name: self._count(reader, lines) for reader in self._readers}
        return sorted(self._readers, key=lambda reader: -read[reader.dialect.name])

    def _count(self, reader: Reader, lines: Lines) -> int:
        like = [line for line in lines if self._glances[reader.dialect.name](line)]
        return reader.read(Text(b"".join(line + b"\n" for line in like))).records.height if like else 0

    def _read_whole(self, reader: Reader, text: Text, found: _Found) -> _Rest:
        read = reader.read(text)
        found.keep(reader.dialect, read.records, read.lines)
        if not read.others:
            return _Rest([], [])
        return _Rest(text.pick(read.others), read.others)

    def _read_rest(self, reader: Reader, rest: _Rest, found: _Found) -> None:
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
        for rule in self._chatter:
            text = pl.Series([_text(line) for line in rest.lines], dtype=pl.String)
            said = text.str.contains(rule.pattern)
            if not said.any():
                continue
            found.set_aside[rule.name] += int(said.sum())
            if rule.odd:
                found.odd += self._odd_chatter(rule, text, said, rest, block)
            rest.keep((~said).arg_true().to_list())

    def _odd_chatter(
        self, rule: ChatterRule, text: pl.Series, said: pl.Series, rest: _Rest, block: Block
    ) -> list[OddLine]:
        parts = text.str.extract_groups(rule.pattern).struct
        odd = said & parts.field("level").is_in(rule.odd)
        written = parts.field("time")
        return [
            OddLine(
                rule.name,
                text[place],
                _time_at(block, rest.numbers[place]) or self._chatter_time(rule, written[place]),
            )
            for place in odd.arg_true()
        ]

    def _chatter_time(self, rule: ChatterRule, written: str) -> datetime | None:
        try:
            match rule.clock:
                case "klog":
                    return self._klog_time(written)
                case "unix":
                    return datetime.fromtimestamp(float(written), UTC)
                case "nginx-error" | "iso":
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


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")


def _time_at(block: Block, number: int) -> datetime | None:
    return block.times[number] if block.times else None
