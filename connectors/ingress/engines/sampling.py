"""More lines than can be read: the engine counts them, and routes and clients come from a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from connectors.ingress.aggregation.one_pass import LogPass, Origin, Task, conclude
from connectors.ingress.aggregation.summary import MINUTES, TABLES, Counts, Summary
from connectors.ingress.engines.counted import Counted, add_up, find_example
from connectors.ingress.engines.counting import BUCKET, Counting, counting
from connectors.ingress.engines.counts import at_the_same_time, by_parts, stretches
from connectors.ingress.engines.lines import EngineLogs, blocks, read_pages
from connectors.log_engines.lines import LINES_AT_ONCE, MINUTE, LabelledCount, LogPage, LogQuery, TimeSpan, moment
from vistas.requests.summary import BOUNDS

SAMPLED_PARTS = 20
SAMPLED_LINES = 1_000
EXAMINED = LINES_AT_ONCE
"""How many of the slowest, of the failed and of the odd lines are read."""
SERVER_ERROR = 500
_ITS_TIMES = "minutes, and the window, follow the times that it has for the lines."


@dataclass
class Large:
    """More lines than are read: the engine counts them, routes and clients come from a sample."""

    logs: EngineLogs
    task: Task
    span: TimeSpan
    minutes: Sequence[LabelledCount]
    seen: Sequence[bytes] = ()

    def gather(self) -> LogPass:
        total = sum(cell.count for cell in self.minutes)
        sample = self._sample(total)
        met = sample.summary.counts.dialects
        # The engine tries every dialect with every line: one for what no other reads would count those twice.
        known = [each for each in self.logs.dialects if met[each.name] and not each.last_resort]
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
        query = self.logs.engine.everything
        pages = self._first_lines([(query, part) for part in parts], SAMPLED_LINES)
        self.seen = [line for block in blocks(iter(pages)) for line in block.text.split(b"\n")]
        read = read_pages(self.logs, self.task, str(query), lambda: iter(pages))
        lines = read.summary.counts.lines
        message = (
            f"From a sample: {lines:,} of {total:,} lines, the first {SAMPLED_LINES:,} of {len(parts)} stretches "
            "with about equally many. The numbers are for the sample."
        )
        return replace(read, warnings=(message, *read.warnings))

    def _count(self, way: Counting) -> Counted:
        example = find_example(way.dialect, self.seen, self.logs.zone)
        cells = by_parts(self.span, partial(self._ask, way), self.logs.settings.at_once) if example else []
        return add_up(way, cells, example, self.logs.zone)

    def _ask(self, way: Counting, part: TimeSpan) -> list[LabelledCount]:
        return self.logs.engine.count_requests(way, part, self.task.deadline)

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
            warnings=[f"Counted by {self.logs.engine.title}: {_ITS_TIMES}"],
        )
        return replace(read, query=" | ".join(str(self.logs.engine.as_counted(way)) for way in ways))

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
        read = self._examine([self.logs.engine.slower(way, bucket) for way in timed])
        above = f"{BOUNDS[bucket - 1]:g} s" if bucket else "0 s"
        had = read.summary.counts.requests
        message = f"Of the {there:,} requests that took more than {above}, {had:,} were read."
        return replace(read, warnings=(f"{message} The numbers are for these only.", *read.warnings))

    def _odd(self, ways: Sequence[Counting], minutes: pl.DataFrame, others: int) -> LogPass:
        failed = int(minutes.filter(pl.col("status") >= SERVER_ERROR)["requests"].sum())
        queries = [self.logs.engine.failed(way) for way in ways] if failed else []
        if others:
            queries.append(self.logs.engine.others(way.dialect for way in ways))
        read = self._examine(queries)
        counts = read.summary.counts
        message = (
            f"Only {counts.requests:,} of {failed:,} failed requests were read, the newest first, "
            f"and {counts.lines - counts.requests:,} of {others:,} lines that are not requests."
        )
        return replace(read, warnings=(message, *read.warnings))

    def _examine(self, queries: Sequence[LogQuery]) -> LogPass:
        pages = self._first_lines([(query, self.span) for query in queries], EXAMINED, newest=True)
        return read_pages(self.logs, self.task, " | ".join(map(str, queries)), lambda: iter(pages))

    def _first_lines(
        self, asked: Sequence[tuple[LogQuery, TimeSpan]], limit: int, *, newest: bool = False
    ) -> list[LogPage]:
        """At most so many lines of each query."""

        def ask(each: tuple[LogQuery, TimeSpan]) -> LogPage:
            query, span = each
            return LogPage(self.logs.engine.some(query, span, self.task.deadline, limit=limit, newest=newest))

        return at_the_same_time(ask, asked, self.logs.settings.at_once)
