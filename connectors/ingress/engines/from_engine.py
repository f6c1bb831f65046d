"""One pass over what a log engine keeps: all lines where they are few, else counts made there, and a sample.

What is exact and what is not stands in docs/decisions/0011-loki-counts-what-is-too-much-to-read.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from connectors.ingress.aggregation.one_pass import LogPass, Task
from connectors.ingress.engines.counts import by_parts, stretches
from connectors.ingress.engines.engine import LogEngine
from connectors.ingress.engines.lines import EngineLogs, Reading, read_pages
from connectors.ingress.engines.sampling import SAMPLED_LINES, Large
from connectors.log_engines.lines import LINES_AT_ONCE, MINUTE, LogPage, LogQuery, TimeSpan, nanoseconds
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason, Window

LATE = MINUTE
"""How much later than the request a line may have been taken, and is still looked for."""


def gather_from_engine(logs: EngineLogs, task: Task, window: Window) -> LogPass:
    """Unobtainable where the engine has nothing, or cannot say how much."""
    span = TimeSpan(nanoseconds(window.start), nanoseconds(window.end))
    query = _narrowed(logs.engine, task.scope.route)
    minutes = by_parts(span, lambda part: logs.engine.count(query, part, task.deadline), logs.settings.at_once)
    total = sum(cell.count for cell in minutes)
    if total == 0 and not task.scope.route:
        raise _nothing(logs)
    if total <= logs.settings.max_lines:
        return _read_all(logs, task, query, stretches(minutes, span, LINES_AT_ONCE), total)
    if task.scope.route:
        raise _too_many_of_a_route(logs, task.scope.route, total)
    return Large(logs, task, span, minutes).gather()


def look_at_newest(logs: EngineLogs, task: Task, window: Window) -> LogPass:
    """The newest lines only, for a check. There may be none."""
    span = TimeSpan(nanoseconds(window.start), nanoseconds(window.end))
    query = logs.engine.everything
    entries = logs.engine.some(query, span, task.deadline, limit=SAMPLED_LINES, newest=True)
    return read_pages(logs, task, str(query), lambda: iter([LogPage(entries)]))


def _narrowed(engine: LogEngine, route: str) -> LogQuery:
    """Lines of a route all hold the text that it begins with, up to its first placeholder."""
    begin = route.partition(":")[0].rstrip(".")
    return engine.mentioning(begin) if begin.startswith("/") and len(begin) > 1 else engine.everything


def _nothing(logs: EngineLogs) -> Unobtainable:
    message = f"{logs.engine.title} has no such lines in this window."
    return Unobtainable(GapReason.NOT_HERE, message, logs.engine.where_empty)


def _too_many_of_a_route(logs: EngineLogs, route: str, total: int) -> Unobtainable:
    message = (
        f"{total:,} lines mention {route}: too many to read, and {logs.engine.title} cannot distinguish routes."
    )
    return Unobtainable(GapReason.TOO_MUCH, message, "Look at a shorter window, or raise max_lines of the source.")


def _read_all(logs: EngineLogs, task: Task, query: LogQuery, parts: Sequence[TimeSpan], total: int) -> LogPass:
    """Every line through our own engine; those soon after the window, too: they may be of requests in it."""
    (*early, last) = parts
    reading = Reading(logs, task, query, [*early, TimeSpan(last.start, last.end + LATE)])
    read = read_pages(logs, task, str(query), reading.pages, reading.warnings)
    if reading.failure and not read.summary.counts.lines:
        raise reading.failure
    missing = total - reading.before(last.end)
    if missing > 0 and read.complete and not reading.warnings:
        counted = f"{logs.engine.title} counted {total:,} lines"
        message = f"{counted} but returned {missing:,} fewer: its answers may be limited."
        return replace(read, warnings=(*read.warnings, message))
    return read
