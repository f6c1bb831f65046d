"""VictoriaLogs as a log engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from connectors.ingress.engines import logsql
from connectors.ingress.engines.counting import Counting
from connectors.ingress.engines.piped import Language, Piped
from connectors.log_engines.lines import LabelledCount, LogLine, LogPage, LogQuery, TimeSpan
from connectors.log_engines.victoria_logs import VictoriaLogsApi
from connectors.log_engines.victoria_logs import counting as write_counting
from vistas.source import Deadline


@dataclass(frozen=True, slots=True)
class VictoriaLogs(Piped):
    """The lines in a VictoriaLogs that `chosen`, a filter, chooses."""

    api: VictoriaLogsApi
    title: ClassVar[str] = "VictoriaLogs"
    language: ClassVar[Language] = logsql

    @property
    def url(self) -> str:
        return self.api.url

    @property
    def where_empty(self) -> str:
        chosen = f"Check the selector {self.chosen} and the tenant"
        return f"{chosen}; does VictoriaLogs keep its logs that long?"

    def count(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(query.text, (), span, deadline)

    def count_requests(self, counting: Counting, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(self.requests(counting).text, counting.by, span, deadline)

    def as_counted(self, counting: Counting) -> LogQuery:
        return LogQuery(write_counting(self.requests(counting).text, counting.by))

    def pages(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        return self.api.pages(query.text, span, deadline)

    def some(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        return self.api.some(query.text, span, deadline, limit=limit, newest=newest)
