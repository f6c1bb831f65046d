"""Loki as a log engine, within what it allows: few series at once, not too long a time at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from connectors.ingress.engines import logql
from connectors.ingress.engines.counting import BUCKET, Counting
from connectors.ingress.engines.piped import Language, Piped
from connectors.log_engines.lines import MINUTE, LabelledCount, LogLine, LogPage, LogQuery, TimeSpan
from connectors.log_engines.loki import LokiApi, RangeTooLong, TooManySeries, halved
from connectors.log_engines.loki import counting as write_counting
from vistas.requests.summary import BOUNDS
from vistas.source import Deadline


@dataclass(frozen=True, slots=True)
class Buckets:
    """Latency buckets from `low` to before `high`; with those that have no latency where `low` is 0."""

    low: int = 0
    high: int = len(BOUNDS)

    @property
    def stages(self) -> str:
        chosen = f" | {BUCKET} >= {self.low}" if self.low else ""
        if self.high == len(BOUNDS):
            return chosen
        return f"{chosen} | {BUCKET} < {self.high}" if self.low else f' | {BUCKET}="" or {BUCKET} < {self.high}'

    def halves(self) -> tuple[Buckets, Buckets]:
        middle = (self.low + self.high) // 2
        return Buckets(self.low, middle), Buckets(middle, self.high)


@dataclass(frozen=True, slots=True)
class Loki(Piped):
    """The streams of a Loki that `chosen`, a selector, chooses."""

    api: LokiApi
    title: ClassVar[str] = "Loki"
    language: ClassVar[Language] = logql

    @property
    def url(self) -> str:
        return self.api.url

    @property
    def where_empty(self) -> str:
        return f"Check the selector {self.chosen} and the tenant; does Loki keep its logs that long?"

    def count(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return self._minutes(query.text, (), span, deadline)

    def count_requests(self, counting: Counting, span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        return list(self._requests(counting, Buckets(), span, deadline))

    def as_counted(self, counting: Counting) -> LogQuery:
        return LogQuery(write_counting(self.requests(counting).text, counting.by, MINUTE))

    def pages(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        return self.api.pages(query.text, span, deadline)

    def some(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        return self.api.some(query.text, span, deadline, limit=limit, newest=newest)

    def _requests(
        self, counting: Counting, buckets: Buckets, span: TimeSpan, deadline: Deadline
    ) -> Iterator[LabelledCount]:
        try:
            query = f"{self.requests(counting).text}{buckets.stages}"
            yield from self._minutes(query, counting.by, span, deadline)
        except TooManySeries:
            if BUCKET in counting.by and buckets.high - buckets.low > 1:
                for some in buckets.halves():
                    yield from self._requests(counting, some, span, deadline)
            elif span.length > MINUTE:
                for half in span.halves():
                    yield from self._requests(counting, buckets, half, deadline)
            else:
                raise

    def _minutes(self, query: str, by: Sequence[str], span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        """Whole minutes in one query; what is left at either end by itself."""
        try:
            return [cell for part in _whole_minutes(span) for cell in self._ask(query, by, part, deadline)]
        except RangeTooLong:
            return [cell for half in halved(span) for cell in self._minutes(query, by, half, deadline)]

    def _ask(self, query: str, by: Sequence[str], span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        several = span.length > MINUTE and span.start % MINUTE == span.end % MINUTE == 0
        ask = self.api.counted_by_minute if several else self.api.counted
        return ask(query, by, span, deadline)


def _whole_minutes(span: TimeSpan) -> Iterator[TimeSpan]:
    """The span cut where its whole minutes begin and end."""
    first = min(-(-span.start // MINUTE) * MINUTE, span.end)
    last = max(span.end // MINUTE * MINUTE, first)
    for part in (TimeSpan(span.start, first), TimeSpan(first, last), TimeSpan(last, span.end)):
        if part.length:
            yield part
