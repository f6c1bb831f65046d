"""What a log engine is asked for, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import Counting
from connectors.log_engines.lines import LabelledCount, LogLine, LogPage, LogQuery, TimeSpan
from vistas.source import Deadline


class LogEngine(Protocol):
    """Where logs are kept. Whatever it does wrong, what asks it raises Unobtainable and nothing else."""

    @property
    def title(self) -> str:
        """What people call it: Loki."""

    @property
    def url(self) -> str: ...

    @property
    def chosen(self) -> str:
        """Which lines the settings choose, for people to read."""

    @property
    def everything(self) -> LogQuery:
        """The query for all lines that were chosen in the settings."""

    @property
    def where_empty(self) -> str:
        """What to check where it has no lines at all."""

    def mentioning(self, text: str) -> LogQuery:
        """The query for the lines that have this text in them."""

    def requests(self, counting: Counting) -> LogQuery:
        """The query for the lines that are requests of a dialect."""

    def failed(self, counting: Counting) -> LogQuery:
        """The query for those that failed at the server."""

    def slower(self, counting: Counting, bucket: int) -> LogQuery:
        """The query for those whose latency is in this bucket or a slower one."""

    def others(self, dialects: Iterable[Dialect]) -> LogQuery:
        """The query for the lines that are of none of these dialects."""

    def count(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        """How many lines there are in each minute. The span is at most a day."""

    def count_requests(self, counting: Counting, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        """How many requests there are in each minute, by everything that tells them apart."""

    def as_counted(self, counting: Counting) -> LogQuery:
        """How they are counted, for people to read."""

    def pages(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        """Every line, oldest first."""

    def some(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines, oldest first; at most `limit`."""
