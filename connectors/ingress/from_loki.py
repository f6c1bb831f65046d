"""One pass over what Loki keeps: all lines where they are few, counts made there and a sample where they are many.

What is exact and what is not stands in docs/decisions/0010-loki-counts-what-is-too-much-to-read.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from connectors.ingress.blocks import unwrap
from connectors.ingress.counted import Counted, add_up
from connectors.ingress.gathering import LogPass, Origin, Task, conclude, gather
from connectors.ingress.logql import BUCKET, FAILED, Counting, counting, other_lines, quoted
from connectors.ingress.loki_counts import LokiCounts, at_the_same_time, stretches
from connectors.ingress.parsing import Block
from connectors.ingress.summary import MINUTES, TABLES, Counts, Summary
from connectors.loki import LINES_AT_ONCE, MINUTE, Cell, Entry, LokiApi, Page, Span, moment, nanoseconds
from connectors.taking import Unobtainable
from vistas.requests_summary import BOUNDS
from vistas.snapshot import GapReason, Window

if TYPE_CHECKING:
    from connectors.ingress.dialects import Dialect
    from connectors.ingress.settings import LokiSettings
    from vistas.redaction import Redaction

LATE = MINUTE
"""How much later than the request a line may have been taken, and is still looked for."""
SAMPLED_PARTS = 20
SAMPLED_LINES = 1_000
EXAMINED = LINES_AT_ONCE
"""How many of the slowest, of the failed and of the odd lines are read."""
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class LokiLogs:
    """What is asked of which Loki. `dialects` are those that lines may be in."""

    api: LokiApi
    settings: LokiSettings
    dialects: Sequence[Dialect]
    zone: tzinfo
    begin_redaction: Callable[[], Redaction]

    @property
    def name(self) -> str:
        return f"{self.settings.selector} in {self.api.url}"


def gather_loki(logs: LokiLogs, task: Task, window: Window) -> LogPass:
    """Unobtainable where Loki has nothing, or cannot say how much."""
    span = Span(nanoseconds(window.start), nanoseconds(window.end))
    query = _narrowed(logs.settings.selector, task.scope.route)
    counts = LokiCounts(logs.api, query, logs.settings.at_once, task.deadline)
    minutes = counts.lines(span)
    total = sum(cell.count for cell in minutes)
    if total == 0 and not task.scope.route:
        raise _nothing(logs)
    if total <= logs.settings.max_lines:
        return _read_all(logs, task, query, stretches(minutes, span, LINES_AT_ONCE), total)
    if task.scope.route:
        raise _too_many_of_a_route(task.scope.route, total)
    return _Large(logs, task, counts, span, minutes).gather()


def look_at_newest(logs: LokiLogs, task: Task, window: Window) -> LogPass:
    """The newest lines only, for a check. There may be none."""
    span = Span(nanoseconds(window.start), nanoseconds(window.end))
    query = logs.settings.selector
    entries = logs.api.some(query, span, task.deadline, limit=SAMPLED_LINES, newest=True)
    return _read(logs, task, query, lambda: iter([Page(entries)]))


def _narrowed(selector: str, route: str) -> str:
    """Lines of a route all hold the text that it begins with, up to its first placeholder."""
    begin = route.partition(":")[0].rstrip(".")
    return f"{selector} |= {quoted(begin)}" if begin.startswith("/") and len(begin) > 1 else selector


def _nothing(logs: LokiLogs) -> Unobtainable:
    hint = f"Check the selector {logs.settings.selector} and the tenant; does Loki keep its logs that long?"
    return Unobtainable(GapReason.NOT_HERE, "Loki has no line of these streams in this window.", hint)


def _too_many_of_a_route(route: str, total: int) -> Unobtainable:
    says = f"{total:,} lines mention {route}: too many to read, and Loki cannot tell routes apart."
    return Unobtainable(GapReason.TOO_MUCH, says, "Look at a shorter window, or raise max_lines of the source.")


def _read_all(logs: LokiLogs, task: Task, query: str, parts: Sequence[Span], total: int) -> LogPass:
    """Every line through our own engine; those soon after the window, too: they may be of requests in it."""
    (*early, last) = parts
    reading = _Reading(logs, task, query, [*early, Span(last.start, last.end + LATE)])
    read = _read(logs, task, query, reading.pages, reading.warnings)
    if reading.failure and not read.summary.counts.lines:
        raise reading.failure
    missing = total - reading.before(last.end)
    if missing > 0 and read.complete and not reading.warnings:
        says = f"Loki counted {total:,} lines and gave {missing:,} fewer: its answers may be limited."
        return replace(read, warnings=(*read.warnings, says))
    return read


@dataclass
class _Fetched:
    """What was had of a stretch, and what ended it too early."""

    pages: list[Page] = field(default_factory=list)
    failure: Unobtainable | None = None


@dataclass
class _Reading:
    """Stretches of lines being fetched, some ahead; `failure` and `warnings` say afterwards how it went."""

    logs: LokiLogs
    task: Task
    query: str
    parts: Sequence[Span]
    warnings: list[str] = field(default_factory=list)
    failure: Unobtainable | None = None
    times: list[int] = field(default_factory=list)

    def before(self, end: int) -> int:
        """How many of the lines fetched are from before that time."""
        return sum(at < end for at in self.times)

    def pages(self) -> Iterator[Page]:
        waiting: deque[Future[_Fetched]] = deque()
        parts = iter(self.parts)
        at_once = self.logs.settings.at_once
        with ThreadPoolExecutor(at_once, thread_name_prefix="loki") as threads:
            while self.failure is None:
                waiting += [threads.submit(self._fetch, part) for part in islice(parts, at_once - len(waiting))]
                if not waiting:
                    return
                fetched = waiting.popleft().result()
                yield from map(self._noted, fetched.pages)
                self.failure = fetched.failure
            self.warnings.append(f"Loki's lines are not complete: {self.failure.gap.says}")
            for future in waiting:
                future.cancel()

    def _fetch(self, part: Span) -> _Fetched:
        fetched = _Fetched()
        try:
            fetched.pages += self.logs.api.pages(self.query, part, self.task.deadline)
        except Unobtainable as failure:
            fetched.failure = failure
        return fetched

    def _noted(self, page: Page) -> Page:
        self.times += [entry.at for entry in page.entries]
        if page.lost:
            at = moment(self.times[-1]) if self.times else ""
            self.warnings.append(
                f"{page.lost:,} lines cannot be had: more than Loki gives at once have the same nanosecond, {at}."
            )
        return page


def _read(
    logs: LokiLogs, task: Task, query: str, pages: Callable[[], Iterator[Page]], warnings: list[str] | None = None
) -> LogPass:
    """Lines through the engine."""
    origin = Origin(logs.name, lambda: _blocks(pages()))
    task = replace(task, redaction=logs.begin_redaction())
    summary, complete = gather([origin], task)
    read = conclude(
        summary,
        task,
        complete=complete,
        begins=summary.counts.oldest,
        origins=[origin],
        warnings=[] if warnings is None else warnings,
    )
    return replace(read, query=query)


def _blocks(pages: Iterator[Page]) -> Iterator[Block]:
    """Each line with the time that Loki has for it, unless it brings one from the container runtime."""
    times: list[datetime | None] = []

    def texts() -> Iterator[bytes]:
        for page in pages:
            times[:] = [moment(entry.at) for entry in page.entries]
            yield b"".join(map(_line, page.entries))
        times.clear()

    for block in unwrap(text for text in texts() if text):
        yield block if block.times is not None else Block(block.text, [*times] or None)


def _line(entry: Entry) -> bytes:
    """A line that has several is one all the same."""
    return entry.line.rstrip("\n").replace("\n", " ").encode() + b"\n"


@dataclass
class _Large:
    """More lines than are read: Loki counts them, routes and clients come from a sample."""

    logs: LokiLogs
    task: Task
    counts: LokiCounts
    span: Span
    minutes: Sequence[Cell]

    def gather(self) -> LogPass:
        total = sum(cell.count for cell in self.minutes)
        sample = self._sample(total)
        known = [each for each in self.logs.dialects if sample.summary.counts.dialects[each.name]]
        if not known:
            return sample
        ways = [counting(dialect) for dialect in known]
        counted = {way.dialect.name: self._count(way) for way in ways}
        minutes = MINUTES.add_up(pl.concat([each.minutes for each in counted.values()]))
        whole = self._conclude(minutes, {name: each.requests for name, each in counted.items()}, total, ways)
        apart = dict.fromkeys(("routes", "controller-routes", "upstreams", "clients"), sample)
        apart["slowest"] = self._slowest(ways, minutes) or sample
        apart["lines"] = self._odd(ways, minutes, total - whole.summary.counts.requests)
        return replace(whole, apart=apart)

    def _sample(self, total: int) -> LogPass:
        parts = stretches(self.minutes, self.span, total // SAMPLED_PARTS)
        query = self.logs.settings.selector
        read = self._first_lines([(query, part) for part in parts], SAMPLED_LINES)
        lines = read.summary.counts.lines
        says = (
            f"From a sample: {lines:,} of {total:,} lines, the first {SAMPLED_LINES:,} of {len(parts)} stretches "
            "with about equally many. Its numbers are the sample's."
        )
        return replace(read, warnings=(says, *read.warnings))

    def _count(self, way: Counting) -> Counted:
        return add_up(way, self.counts.requests(way, self.span), self.logs.zone)

    def _conclude(
        self, minutes: pl.DataFrame, dialects: dict[str, int], total: int, ways: Sequence[Counting]
    ) -> LogPass:
        counts = Counts(lines=total, requests=sum(dialects.values()), newest=moment(self.span.end))
        counts.dialects.update(dialects)
        counts.set_aside["no requests"] = max(0, total - counts.requests)
        summary = Summary(counts, {name: table.empty() for name, table in TABLES.items()} | {"minutes": minutes})
        begin = min((cell.end - 1) // MINUTE * MINUTE for cell in self.minutes)
        task = replace(self.task, redaction=self.logs.begin_redaction())
        read = conclude(
            summary,
            task,
            complete=True,
            begins=moment(begin),
            origins=[Origin(self.logs.name, lambda: iter(()))],
            warnings=["Counted by Loki: minutes, and the window, go by the times that it has for the lines."],
        )
        return replace(read, query=" | ".join(self._query(way) for way in ways))

    def _query(self, way: Counting) -> str:
        from connectors.loki import counting as write_counting

        return write_counting(f"{self.logs.settings.selector} {way.pipeline}", way.by, MINUTE)

    def _slowest(self, ways: Sequence[Counting], minutes: pl.DataFrame) -> LogPass | None:
        """The requests of the slowest buckets, as many as are read; None where no format has durations."""
        slow = minutes.drop_nulls("bucket").group_by("bucket").agg(pl.col("requests").sum()).sort("bucket")
        if slow.is_empty():
            return None
        held = slow.with_columns(pl.col("requests").reverse().cum_sum().reverse().alias("and_slower"))
        fitting = held.filter(pl.col("and_slower") <= EXAMINED)
        chosen = fitting.row(0, named=True) if fitting.height else held.row(-1, named=True)
        timed = [way for way in ways if BUCKET in way.by]
        bucket, there = chosen["bucket"], chosen["and_slower"]
        read = self._examine([f"{way.matching(f'{BUCKET} >= {bucket}')}" for way in timed])
        above = f"{BOUNDS[bucket - 1]:g} s" if bucket else "0 s"
        had = read.summary.counts.requests
        says = f"Of the {there:,} requests that took more than {above}, {had:,} were read."
        return replace(read, warnings=(f"{says} The numbers are of these only.", *read.warnings))

    def _odd(self, ways: Sequence[Counting], minutes: pl.DataFrame, others: int) -> LogPass:
        failed = int(minutes.filter(pl.col("status") >= SERVER_ERROR)["requests"].sum())
        queries = [way.matching(FAILED) for way in ways] if failed else []
        if others:
            queries.append(other_lines(way.dialect for way in ways))
        read = self._examine(queries)
        counts = read.summary.counts
        says = (
            f"Read were {counts.requests:,} of {failed:,} requests that failed, the newest first, "
            f"and {counts.lines - counts.requests:,} of {others:,} lines that are none."
        )
        return replace(read, warnings=(says, *read.warnings))

    def _examine(self, pipelines: Sequence[str]) -> LogPass:
        asked = [(f"{self.logs.settings.selector} {pipeline}", self.span) for pipeline in pipelines]
        return self._first_lines(asked, EXAMINED, newest=True)

    def _first_lines(self, asked: Sequence[tuple[str, Span]], limit: int, *, newest: bool = False) -> LogPass:
        """At most so many lines of each query."""

        def ask(each: tuple[str, Span]) -> Page:
            query, span = each
            return Page(self.logs.api.some(query, span, self.task.deadline, limit=limit, newest=newest))

        pages = at_the_same_time(ask, asked, self.logs.settings.at_once)
        queries = " | ".join(dict.fromkeys(query for query, _ in asked))
        return _read(self.logs, self.task, queries, lambda: iter(pages))
