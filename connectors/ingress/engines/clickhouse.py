"""ClickHouse as a log engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines import sql
from connectors.ingress.engines.counting import Counting
from connectors.log_engines.clickhouse import ClickHouseApi, LogTable
from connectors.log_engines.clickhouse import counting as write_counting
from connectors.log_engines.lines import LabelledCount, LogLine, LogPage, LogQuery, TimeSpan
from vistas.source import Deadline


@dataclass(frozen=True, slots=True)
class ClickHouse:
    """The lines that a table of a ClickHouse has."""

    api: ClickHouseApi
    table: LogTable
    title: ClassVar[str] = "ClickHouse"

    @property
    def url(self) -> str:
        return self.api.url

    @property
    def chosen(self) -> str:
        where = " and ".join(f"{name} = {value}" for name, value in self.table.where.items())
        return f"{self.table.name} where {where}" if where else self.table.name

    @property
    def where_empty(self) -> str:
        return f"Check what is chosen: {self.chosen}. Does ClickHouse keep its logs that long?"

    @property
    def everything(self) -> LogQuery:
        return self.table.lines()

    def mentioning(self, text: str) -> LogQuery:
        return sql.mentioning(self.everything, text)

    def requests(self, counting: Counting) -> LogQuery:
        return sql.requests(self.everything, counting)

    def failed(self, counting: Counting) -> LogQuery:
        return sql.failed(self.everything, counting)

    def slower(self, counting: Counting, bucket: int) -> LogQuery:
        return sql.slower(self.everything, counting, bucket)

    def others(self, dialects: Iterable[Dialect]) -> LogQuery:
        return sql.others(self.everything, dialects)

    def count(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(query, (), span, deadline)

    def count_requests(self, counting: Counting, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self.api.counted_by_minute(self.requests(counting), counting.by, span, deadline)

    def as_counted(self, counting: Counting) -> LogQuery:
        return write_counting(self.requests(counting), counting.by)

    def pages(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        return self.api.pages(query, span, deadline)

    def some(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        return self.api.some(query, span, deadline, limit=limit, newest=newest)
