"""How Loki is asked to count, within what it allows: few series at once, not too long a time at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from connectors.ingress.loki.logql import BUCKET, Counting
from connectors.loki import DAY, MINUTE, LabelledCount, LokiApi, RangeTooLong, TimeSpan, TooManySeries, halved
from vistas.requests.summary import BOUNDS
from vistas.source import Deadline

AT_LEAST = 60 * MINUTE
PARTS = 24
"""In how many parts a window is counted, if they are an hour or more each: parts are counted at the same time."""

Given = TypeVar("Given")
Got = TypeVar("Got")


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
class LokiCounts:
    """Counts of the streams that `selector` chooses, each part of a window asked by itself, `at_once` together."""

    api: LokiApi
    selector: str
    at_once: int
    deadline: Deadline

    def lines(self, span: TimeSpan) -> list[LabelledCount]:
        """How many lines there are in each minute."""
        return self._by_parts(span, lambda part: self._minutes(self.selector, (), part))

    def requests(self, counting: Counting, span: TimeSpan) -> list[LabelledCount]:
        """How many requests of a dialect there are in each minute, by everything that tells them apart."""
        return self._by_parts(span, lambda part: self._requests(counting, Buckets(), part))

    def _by_parts(
        self, span: TimeSpan, count: Callable[[TimeSpan], Iterable[LabelledCount]]
    ) -> list[LabelledCount]:
        length = min(DAY, max(AT_LEAST, span.length // PARTS // MINUTE * MINUTE))
        counted = at_the_same_time(lambda part: list(count(part)), list(span.parts(length)), self.at_once)
        return [cell for cells in counted for cell in cells]

    def _requests(self, counting: Counting, buckets: Buckets, span: TimeSpan) -> Iterator[LabelledCount]:
        try:
            yield from self._minutes(f"{self.selector} {counting.pipeline}{buckets.stages}", counting.by, span)
        except TooManySeries:
            if BUCKET in counting.by and buckets.high - buckets.low > 1:
                for some in buckets.halves():
                    yield from self._requests(counting, some, span)
            elif span.length > MINUTE:
                for half in span.halves():
                    yield from self._requests(counting, buckets, half)
            else:
                raise

    def _minutes(self, query: str, by: Sequence[str], span: TimeSpan) -> list[LabelledCount]:
        """Whole minutes in one query; what is left at either end by itself."""
        try:
            return [cell for part in _whole_minutes(span) for cell in self._ask(query, by, part)]
        except RangeTooLong:
            return [cell for half in halved(span) for cell in self._minutes(query, by, half)]

    def _ask(self, query: str, by: Sequence[str], span: TimeSpan) -> list[LabelledCount]:
        several = span.length > MINUTE and span.start % MINUTE == span.end % MINUTE == 0
        ask = self.api.counted_by_minute if several else self.api.counted
        return ask(query, by, span, self.deadline)


def _whole_minutes(span: TimeSpan) -> Iterator[TimeSpan]:
    """The span cut where its whole minutes begin and end."""
    first = min(-(-span.start // MINUTE) * MINUTE, span.end)
    last = max(span.end // MINUTE * MINUTE, first)
    for part in (TimeSpan(span.start, first), TimeSpan(first, last), TimeSpan(last, span.end)):
        if part.length:
            yield part


def at_the_same_time(ask: Callable[[Given], Got], each: Sequence[Given], at_once: int) -> list[Got]:
    """What `ask` gives for each, in their order."""
    with ThreadPoolExecutor(at_once, thread_name_prefix="loki") as threads:
        return list(threads.map(ask, each))


def stretches(minutes: Iterable[LabelledCount], span: TimeSpan, lines: int) -> list[TimeSpan]:
    """The span in stretches of about so many lines each, going by how many there are in each minute."""
    cuts, held = [span.start], 0
    for cell in sorted(minutes, key=lambda cell: cell.end):
        if held and held + cell.count > lines:
            cuts.append(max(span.start, (cell.end - 1) // MINUTE * MINUTE))
            held = 0
        held += cell.count
    return [TimeSpan(start, end) for start, end in zip(cuts, [*cuts[1:], span.end], strict=True) if start < end]
