"""Summarises access logs by themselves, without a source, a window or a routine, for `vistas logs`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import polars as pl

from connectors.ingress.aggregation.grouped import READ, by_route, grouped
from connectors.ingress.aggregation.looks import minutes_of
from connectors.ingress.aggregation.one_pass import LogPass, Task
from connectors.ingress.aggregation.summarising import SummaryScope
from connectors.ingress.aggregation.summary import Summary, merge
from connectors.ingress.dialects import Dialect, load_dialects
from connectors.ingress.origins.from_files import gather_files
from connectors.ingress.origins.from_stream import gather_streams
from connectors.ingress.origins.pipes import is_stream
from connectors.ingress.reading.custom import from_log_format
from connectors.ingress.reading.given_keys import from_given_keys
from connectors.ingress.reading.nearest import find_nearest
from connectors.ingress.reading.parsing import UNPARSED, Block, Parsed, Parser
from connectors.taking import Unobtainable
from vistas.errors import SettingsError, SourceError
from vistas.extensions.logs import LogOverview
from vistas.redaction import Redactor
from vistas.snapshot import GapReason
from vistas.source import Deadline

PATIENCE = timedelta(days=365)
EVERYTHING = 1 << 62
SHOWN = frozenset({"minutes", "routes", "patterns"})
SEEN = frozenset({"time", "method", "target", "request", "status", "seconds"})
"""The fields of a dialect that all of this comes from: nothing else is read of a line, unless it is asked for."""
EXPLAINED = 20
"""How many of the most frequent odd lines are told what they are like."""


def read_logs(
    names: Sequence[str],
    redactor: Redactor,
    *,
    dialect: str,
    log_format: str,
    json_keys: str,
    by: str,
    told: Callable[[int], None],
) -> LogOverview:
    """See `vistas.extensions.logs.LogReader`."""
    known, now = _dialects(dialect, log_format, json_keys), datetime.now(UTC)
    dialects = [without_unseen(each, by) for each in known]
    task = Task(
        scope=SummaryScope(tables=SHOWN | {"upstreams"} if by == "upstream" else SHOWN),
        max_bytes=EVERYTHING,
        new_parser=lambda: _CountingParser(dialects, now, told),
        redaction=redactor.begin(),
        deadline=Deadline(PATIENCE),
    )
    passes: list[LogPass] = []
    problems: list[str] = []
    for read in _reads(names):
        try:
            passes.append(read(task))
        except Unobtainable as failure:
            if failure.gap.reason is GapReason.GARBLED:
                passes.append(LogPass(Summary.nothing(), None, (), complete=True, warnings=(failure.gap.message,)))
            else:
                problems.append(f"{failure.gap.message} {failure.gap.hint}".strip())
    if not passes:
        raise SourceError(problems[0])
    return _overview(passes, problems, known, by)


def _dialects(wanted: str, log_format: str, json_keys: str) -> list[Dialect]:
    """One of the caller's own first; those that only set lines aside always."""
    try:
        own = [from_log_format(log_format)] if log_format else []
    except ValueError as mistake:
        raise SettingsError(f"that log format cannot be read: {mistake}") from mistake
    try:
        own += [from_given_keys(json_keys)] if json_keys else []
    except ValueError as mistake:
        raise SettingsError(f"those JSON keys cannot be read: {mistake}") from mistake
    known = (*own, *load_dialects())
    names = ("auto", *(each.name for each in known if not each.set_aside))
    if wanted not in names:
        raise SettingsError(f"there is no dialect {wanted!r}; known are {', '.join(names)}")
    return [each for each in known if wanted in ("auto", each.name) or each.set_aside]


def without_unseen(dialect: Dialect, by: str = "") -> Dialect:
    """The dialect without what is not looked at."""
    seen = SEEN | READ.get(by, frozenset())
    fields = {name: sources for name, sources in dialect.fields.items() if name in seen}
    lists_attempts = dialect.lists_attempts and by == "upstream"
    return dialect.model_copy(update={"fields": fields, "lists_attempts": lists_attempts})


class _CountingParser(Parser):
    """A parser that says how much it reads."""

    def __init__(self, dialects: Sequence[Dialect], now: datetime, told: Callable[[int], None]) -> None:
        super().__init__(dialects, ZoneInfo("UTC"), now)
        self._told = told

    def parse(self, block: Block) -> Parsed:
        self._told(len(block.text))
        return super().parse(block)


def _reads(names: Sequence[str]) -> Iterator[Callable[[Task], LogPass]]:
    """One pass over all files together, and one over all pipes."""
    streams = [name for name in dict.fromkeys(names) if is_stream(name)]
    files = [name for name in names if name not in streams]
    if files:
        yield partial(gather_files, files)
    if streams:
        yield partial(gather_streams, streams)


def _overview(passes: Sequence[LogPass], problems: list[str], dialects: Sequence[Dialect], by: str) -> LogOverview:
    summary = passes[0].summary if len(passes) == 1 else merge([each.summary for each in passes])
    counts = summary.counts
    return LogOverview(
        lines=counts.lines,
        requests=counts.requests,
        set_aside=dict(counts.set_aside.most_common()),
        unparsed=counts.unparsed,
        dialects=dict(counts.dialects.most_common()),
        first=counts.oldest,
        last=counts.newest,
        cells=minutes_of(summary, pl.lit(value=True)),
        routes=by_route(summary),
        groups=grouped(summary, by),
        samples=_samples(summary, dialects),
        problems=(*(warning for each in passes for warning in each.warnings), *problems),
        notes=tuple(note for each in passes for note in each.notes),
    )


def _samples(summary: Summary, dialects: Sequence[Dialect]) -> pl.DataFrame:
    odd = summary.tables["patterns"].filter(pl.col("kind") == UNPARSED)
    samples = odd.select("pattern", "lines", "sample").sort("lines", "pattern", descending=[True, False])
    told = samples.head(EXPLAINED)["sample"].to_list()
    nearest = [find_nearest(sample, dialects) if sample else None for sample in told]
    nearest += [None] * (samples.height - len(nearest))
    return samples.with_columns(
        pl.Series("nearest", [each and each.dialect for each in nearest], dtype=pl.String),
        pl.Series("fits", [each and each.fits for each in nearest], dtype=pl.Int64),
        pl.Series("lacks", [each and each.lacks for each in nearest], dtype=pl.String),
    )
