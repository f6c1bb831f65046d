"""The engine by itself: everything that some access logs hold, without a source, a window or a routine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import polars as pl

from connectors.ingress.custom import from_log_format
from connectors.ingress.dialects import Dialect, load_dialects
from connectors.ingress.from_files import gather_files
from connectors.ingress.from_stream import gather_streams
from connectors.ingress.gathering import LogPass, Task
from connectors.ingress.parsing import UNPARSED, Block, Parsed, Parser
from connectors.ingress.pipes import is_stream
from connectors.ingress.shown import minutes_of
from connectors.ingress.summarising import Scope
from connectors.ingress.summary import Summary, merge
from connectors.taking import Unobtainable
from vistas.errors import SettingsError, SourceError
from vistas.logs import LogOverview
from vistas.redaction import Redactor
from vistas.source import Deadline

PATIENCE = timedelta(days=365)
EVERYTHING = 1 << 62
SHOWN = frozenset({"minutes", "routes", "patterns"})
SEEN = frozenset({"time", "method", "target", "request", "status", "seconds"})
"""The fields of a dialect that all of this comes from: nothing else is read of a line."""


def read_logs(
    names: Sequence[str], redactor: Redactor, *, dialect: str, log_format: str, told: Callable[[int], None]
) -> LogOverview:
    """See `vistas.logs.LogReader`."""
    dialects, now = _dialects(dialect, log_format), datetime.now(UTC)
    task = Task(
        scope=Scope(tables=SHOWN),
        max_bytes=EVERYTHING,
        new_parser=lambda: _TellingParser(dialects, now, told),
        redaction=redactor.begin(),
        deadline=Deadline(PATIENCE),
    )
    passes: list[LogPass] = []
    problems: list[str] = []
    for read in _reads(names):
        try:
            passes.append(read(task))
        except Unobtainable as failure:
            problems.append(f"{failure.gap.says} {failure.gap.hint}".strip())
    if not passes:
        raise SourceError(problems[0])
    return _overview(passes, problems)


def _dialects(wanted: str, log_format: str) -> list[Dialect]:
    """One of the caller's own first; those that only set lines aside always."""
    try:
        known = (*([from_log_format(log_format)] if log_format else []), *load_dialects())
    except ValueError as mistake:
        raise SettingsError(f"that log format cannot be read: {mistake}") from mistake
    names = ("auto", *(each.name for each in known if not each.set_aside))
    if wanted not in names:
        raise SettingsError(f"there is no dialect {wanted!r}; known are {', '.join(names)}")
    return [without_unseen(each) for each in known if wanted in ("auto", each.name) or each.set_aside]


def without_unseen(dialect: Dialect) -> Dialect:
    """The dialect without what is not looked at."""
    fields = {name: sources for name, sources in dialect.fields.items() if name in SEEN}
    return dialect.model_copy(update={"fields": fields, "lists_attempts": False})


class _TellingParser(Parser):
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


def _overview(passes: Sequence[LogPass], problems: list[str]) -> LogOverview:
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
        routes=_routes(summary),
        samples=_samples(summary),
        problems=(*(said for each in passes for said in each.warnings[: _told_before_notes(each)]), *problems),
        notes=tuple(said for each in passes for said in each.warnings[_told_before_notes(each) :]),
    )


def _told_before_notes(read: LogPass) -> int:
    """How many of a pass's warnings are of what could not be read; that names were drawn together is said last."""
    return len(read.warnings) - bool(read.summary.drawn_together)


def _routes(summary: Summary) -> pl.DataFrame:
    key = ["method", "route"]
    counted = summary.tables["routes"].group_by(key).agg(pl.col("requests").sum())
    return counted.sort("requests", *key, descending=[True, False, False])


def _samples(summary: Summary) -> pl.DataFrame:
    odd = summary.tables["patterns"].filter(pl.col("kind") == UNPARSED)
    return odd.select("pattern", "lines", "sample").sort("lines", "pattern", descending=[True, False])
