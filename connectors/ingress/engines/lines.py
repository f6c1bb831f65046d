"""Lines of a log engine being fetched, some stretches ahead, and read by the engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from connectors.ingress.aggregation.one_pass import LogPass, Origin, Task, conclude, gather
from connectors.ingress.origins.blocks import unwrap
from connectors.ingress.reading.parsing import Block
from connectors.log_engines.lines import LogLine, LogPage, LogQuery, TimeSpan, moment
from connectors.taking import Unobtainable

if TYPE_CHECKING:
    from connectors.ingress.dialects import Dialect
    from connectors.ingress.engines.engine import LogEngine
    from connectors.ingress.settings import LogEngineSettings
    from vistas.redaction import Redaction


@dataclass(frozen=True, slots=True)
class EngineLogs:
    """What is asked of which log engine. `dialects` are those that lines may be in."""

    engine: LogEngine
    settings: LogEngineSettings
    dialects: Sequence[Dialect]
    zone: tzinfo
    begin_redaction: Callable[[], Redaction]

    @property
    def name(self) -> str:
        return f"{self.engine.chosen} in {self.engine.url}"


@dataclass
class _Fetched:
    """What was had of a stretch, and what ended it too early."""

    pages: list[LogPage] = field(default_factory=list)
    failure: Unobtainable | None = None


@dataclass
class Reading:
    """Stretches of lines being fetched, some ahead; `failure` and `warnings` say afterwards how it went."""

    logs: EngineLogs
    task: Task
    query: LogQuery
    parts: Sequence[TimeSpan]
    warnings: list[str] = field(default_factory=list)
    failure: Unobtainable | None = None
    times: list[int] = field(default_factory=list)

    def before(self, end: int) -> int:
        """How many of the lines fetched are from before that time."""
        return sum(at < end for at in self.times)

    def pages(self) -> Iterator[LogPage]:
        waiting: deque[Future[_Fetched]] = deque()
        parts = iter(self.parts)
        at_once = self.logs.settings.at_once
        with ThreadPoolExecutor(at_once, thread_name_prefix="logs") as threads:
            while self.failure is None:
                waiting += [threads.submit(self._fetch, part) for part in islice(parts, at_once - len(waiting))]
                if not waiting:
                    return
                fetched = waiting.popleft().result()
                yield from map(self._noted, fetched.pages)
                self.failure = fetched.failure
            message = f"The lines from {self.logs.engine.title} are not complete"
            self.warnings.append(f"{message}: {self.failure.gap.message}")
            for future in waiting:
                future.cancel()

    def _fetch(self, part: TimeSpan) -> _Fetched:
        fetched = _Fetched()
        try:
            fetched.pages += self.logs.engine.pages(self.query, part, self.task.deadline)
        except Unobtainable as failure:
            fetched.failure = failure
        return fetched

    def _noted(self, page: LogPage) -> LogPage:
        self.times += [entry.at for entry in page.entries]
        if page.lost:
            at = moment(self.times[-1]) if self.times else ""
            more = f"more than {self.logs.engine.title} returns at once"
            self.warnings.append(f"{page.lost:,} lines cannot be read: {more} share a nanosecond, {at}.")
        return page


def read_pages(
    logs: EngineLogs,
    task: Task,
    asked: str,
    pages: Callable[[], Iterator[LogPage]],
    warnings: list[str] | None = None,
) -> LogPass:
    """Lines through the engine."""
    origin = Origin(logs.name, lambda: blocks(pages()))
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
    return replace(read, query=asked)


def blocks(pages: Iterator[LogPage]) -> Iterator[Block]:
    """Each line with the time that the engine has for it, unless it brings one from the container runtime."""
    times: list[datetime | None] = []

    def texts() -> Iterator[bytes]:
        for page in pages:
            times[:] = [moment(entry.at) for entry in page.entries]
            yield b"".join(map(_line, page.entries))
        times.clear()

    for block in unwrap(text for text in texts() if text):
        yield block if block.times is not None else Block(block.text, [*times] or None)


def _line(entry: LogLine) -> bytes:
    """A line that has several is one all the same."""
    return entry.line.rstrip("\n").replace("\n", " ").encode() + b"\n"
