"""VictoriaLogs as a log engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines import logsql
from connectors.ingress.engines.counting import Counting
from connectors.log_engines.lines import LabelledCount, LogLine, LogPage, TimeSpan
from connectors.log_engines.victoria_logs import VictoriaLogsApi
from connectors.log_engines.victoria_logs import counting as write_counting
from vistas.source import Deadline


@dataclass(frozen=True, slots=True)
class VictoriaLogs:
    """The lines in a VictoriaLogs that `everything`, a filter, chooses."""

    api: VictoriaLogsApi
    everything: str
    title: ClassVar[str] = "VictoriaLogs"

    @property
    def url(self) -> str:
        return self.api.url

    @property
    def where_empty(self) -> str:
        chosen = f"Check the selector {self.everything} and the tenant"
        return f"{chosen}; does VictoriaLogs keep its logs that long?"

    def mentioning(self, text: str) -> str:
        return f"{self.everything} {logsql.mentioning(text)}"

    def requests(self, counting: Counting) -> str:
        return f"{self.everything} {logsql.pipeline(counting)}"

    def failed(self, counting: Counting) -> str:
        return f"{self.everything} {logsql.failed(counting)}"

    def slower(self, counting: Counting, bucket: int) -> str:
        return f"{self.everything} {logsql.slower(counting, bucket)}"

    def others(self, dialects: Iterable[Dialect]) -> str:
        return f"{self.everything} {logsql.other_lines(dialects)}"

    def count(self, query: str, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(query, (), span, deadline)

    def count_requests(self, counting: Counting, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(self.requests(counting), counting.by, span, deadline)

    def as_counted(self, counting: Counting) -> str:
        return write_counting(self.requests(counting), counting.by)

    def pages(self, query: str, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        return self.api.pages(query, span, deadline)

    def some(
        self, query: str, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        return self.api.some(query, span, deadline, limit=limit, newest=newest)
