"""One pass over what Loki keeps: all lines where they are few, counts made there and a sample where they are many.

What is exact and what is not stands in docs/decisions/0011-loki-counts-what-is-too-much-to-read.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from connectors.ingress.aggregation.one_pass import LogPass, Task
from connectors.ingress.loki.counts import LokiCounts, stretches
from connectors.ingress.loki.lines import LokiLogs, Reading, read_pages
from connectors.ingress.loki.logql import quoted
from connectors.ingress.loki.sampling import SAMPLED_LINES, Large
from connectors.loki import LINES_AT_ONCE, MINUTE, LogPage, TimeSpan, nanoseconds
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason, Window

LATE = MINUTE
"""How much later than the request a line may have been taken, and is still looked for."""


def gather_loki(logs: LokiLogs, task: Task, window: Window) -> LogPass:
    """Unobtainable where Loki has nothing, or cannot say how much."""
    span = TimeSpan(nanoseconds(window.start), nanoseconds(window.end))
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
    return Large(logs, task, counts, span, minutes).gather()


def look_at_newest(logs: LokiLogs, task: Task, window: Window) -> LogPass:
    """The newest lines only, for a check. There may be none."""
    span = TimeSpan(nanoseconds(window.start), nanoseconds(window.end))
    query = logs.settings.selector
    entries = logs.api.some(query, span, task.deadline, limit=SAMPLED_LINES, newest=True)
    return read_pages(logs, task, query, lambda: iter([LogPage(entries)]))


def _narrowed(selector: str, route: str) -> str:
    """Lines of a route all hold the text that it begins with, up to its first placeholder."""
    begin = route.partition(":")[0].rstrip(".")
    return f"{selector} |= {quoted(begin)}" if begin.startswith("/") and len(begin) > 1 else selector


def _nothing(logs: LokiLogs) -> Unobtainable:
    hint = f"Check the selector {logs.settings.selector} and the tenant; does Loki keep its logs that long?"
    return Unobtainable(GapReason.NOT_HERE, "Loki has no lines from these streams in this window.", hint)


def _too_many_of_a_route(route: str, total: int) -> Unobtainable:
    message = f"{total:,} lines mention {route}: too many to read, and Loki cannot distinguish routes."
    return Unobtainable(GapReason.TOO_MUCH, message, "Look at a shorter window, or raise max_lines of the source.")


def _read_all(logs: LokiLogs, task: Task, query: str, parts: Sequence[TimeSpan], total: int) -> LogPass:
    """Every line through our own engine; those soon after the window, too: they may be of requests in it."""
    (*early, last) = parts
    reading = Reading(logs, task, query, [*early, TimeSpan(last.start, last.end + LATE)])
    read = read_pages(logs, task, query, reading.pages, reading.warnings)
    if reading.failure and not read.summary.counts.lines:
        raise reading.failure
    missing = total - reading.before(last.end)
    if missing > 0 and read.complete and not reading.warnings:
        message = f"Loki counted {total:,} lines but returned {missing:,} fewer: its answers may be limited."
        return replace(read, warnings=(*read.warnings, message))
    return read
