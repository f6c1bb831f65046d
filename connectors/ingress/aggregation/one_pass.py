"""One pass over the logs for one window: read, parse, summarise and add up, both cores, in bounded memory."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from connectors.ingress.aggregation.packing import NameIndex
from connectors.ingress.aggregation.redacting import redact
from connectors.ingress.aggregation.summarising import SummaryScope, summarise
from connectors.ingress.aggregation.summary import Gathered, Summary
from connectors.ingress.reading.parsing import Block, Parser
from connectors.taking import Unobtainable
from vistas.redaction import Redaction
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline

WORKERS = 3
"""One more than the cores of a small machine: while one waits for another's turn, two still work."""
AHEAD = 3
"""How many blocks may wait, so that memory does not grow with the log."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Somewhere lines come from: a file, a pod. Its blocks are read once, in order."""

    name: str
    blocks: Callable[[], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class Task:
    """What a pass is to read: at most `max_bytes` (of each pod, of all files together), before the deadline."""

    scope: SummaryScope
    max_bytes: int
    new_parser: Callable[[], Parser]
    redaction: Redaction
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class LogPass:
    """What one pass gave, redacted. `obtained` is the part of the window the logs cover, where that is known.

    `query` is how a log store was asked. `apart` are passes that answer some takes in place of this one.
    `warnings` say what could not be read, `notes` what else there is to know.
    `services` are names of services as controllers write them, and as they stand here.
    """

    summary: Summary
    obtained: Window | None
    origins: tuple[str, ...]
    complete: bool
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    redacted: Counter[str] = field(default_factory=Counter)
    query: str = ""
    apart: Mapping[str, LogPass] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)


def gather(origins: Sequence[Origin], task: Task) -> tuple[Summary, bool]:
    """The summary of all origins, and whether all was read before the deadline. Unobtainable if cancelled."""
    gathered = Gathered()
    waiting: deque[Future[Summary]] = deque()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="ingress") as workers:
        for origin in origins:
            parser = task.new_parser()
            for block in origin.blocks():
                if task.deadline.passed:
                    return _finish(gathered, waiting, task.deadline), False
                waiting.append(workers.submit(_summarise_block, parser, block, task.scope, gathered.names))
                if len(waiting) >= AHEAD:
                    gathered.add(waiting.popleft().result())
        return _finish(gathered, waiting, task.deadline), not task.deadline.passed


def _summarise_block(parser: Parser, block: Block, scope: SummaryScope, names: NameIndex) -> Summary:
    return summarise(parser.parse(block), scope, names)


def _finish(gathered: Gathered, waiting: deque[Future[Summary]], deadline: Deadline) -> Summary:
    if deadline.cancelled:
        for part in waiting:
            part.cancel()
        raise Unobtainable(GapReason.CANCELLED, "The gathering was cancelled while the logs were being read.")
    for part in waiting:
        gathered.add(part.result())
    return gathered.result()


def conclude(
    summary: Summary,
    task: Task,
    *,
    complete: bool,
    begins: datetime | None,
    origins: Sequence[Origin],
    warnings: list[str],
) -> LogPass:
    """The pass as it is kept. `begins` is from when on all the logs are there, where that is known."""
    counts = summary.counts
    if not complete and not counts.lines:
        message = "Time ran out before any of the logs had been read."
        raise Unobtainable(GapReason.TOO_SLOW, message, "Allow more time, or name fewer files.")
    if not complete:
        warnings.append(f"Time ran out after {counts.lines:,} lines: the rest of the logs was not read.")
    return LogPass(
        summary=redact(summary, task.redaction),
        obtained=_obtained(task.scope.window, begins, counts.newest, complete=complete),
        origins=tuple(origin.name for origin in origins),
        complete=complete,
        warnings=tuple(warnings),
        notes=tuple(_drawn_together(summary)),
        redacted=Counter(task.redaction.counts),
    )


def _drawn_together(summary: Summary) -> Iterator[str]:
    if summary.drawn_together:
        names = ", ".join(summary.drawn_together)
        yield f"There are so many {names} that the smallest are grouped as (other)."


def _obtained(
    window: Window | None, begins: datetime | None, newest: datetime | None, *, complete: bool
) -> Window | None:
    if window is None or begins is None:
        return None
    start = max(window.start, begins)
    end = window.end if complete or newest is None else min(window.end, newest)
    return Window(start, end) if start < end else None
