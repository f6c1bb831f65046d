"""What log engines give: lines page by page, and counts over time. Times are nanoseconds since 1970 in UTC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

NANOSECONDS = 1_000_000_000
MINUTE = 60 * NANOSECONDS
DAY = 1440 * MINUTE
"""No query of ours covers more, so that each is answered in bearable time; a Loki refuses more than 721 hours."""
LINES_AT_ONCE = 5_000
"""The most lines that a Loki gives for one query unless it was set up otherwise; others are asked for as many."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CALENDAR = range(106_000 * DAY)
"""Nearly as long as 64 bits of nanoseconds last."""
_COUNTABLE = range(10**15)


class TimeSpan(NamedTuple):
    """From `start` to just before `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def parts(self, length: int) -> Iterator[TimeSpan]:
        """Cut at whole multiples of `length`."""
        start = self.start
        while start < self.end:
            end = min(start - start % length + length, self.end)
            yield TimeSpan(start, end)
            start = end

    def halves(self) -> tuple[TimeSpan, TimeSpan]:
        middle = self.start + self.length // 2
        middle -= middle % MINUTE if middle - middle % MINUTE > self.start else 0
        return TimeSpan(self.start, middle), TimeSpan(middle, self.end)


class LogQuery(NamedTuple):
    """A query in an engine's own language, and the values that go with it by name, where it has such."""

    text: str
    values: Mapping[str, str] = MappingProxyType({})

    def __str__(self) -> str:
        """As it was sent, for people to read."""
        values = ", ".join(f"{name} = {value!r}" for name, value in self.values.items())
        return f"{self.text} with {values}" if values else self.text


class LogLine(NamedTuple):
    """One line; `stream` tells its stream and structured metadata from every other's."""

    at: int
    stream: str
    line: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines in the order of their times. `lost` lines after them share one nanosecond and cannot be had."""

    entries: Sequence[LogLine]
    lost: int = 0


@dataclass(frozen=True, slots=True)
class LabelledCount:
    """How many lines there were with these labels in the minute, or the span, that ended at `end`."""

    labels: Mapping[str, str]
    end: int
    count: int


class Cursor:
    """A way through the lines of a span in pages: log engines have no cursor that could be gone on with.

    A page begins with the last one's last nanosecond, less what is known of it.
    """

    def __init__(self, span: TimeSpan) -> None:
        self.rest = span
        self._known = Counter[LogLine]()

    def fresh(self, entries: Sequence[LogLine]) -> list[LogLine]:
        """Those of a page that no page before had."""
        return list((Counter(entries) - self._known).elements())

    def go_on(self, entries: Sequence[LogLine]) -> int:
        """How many lines are known of a nanosecond that fills a whole page, which is left then; else 0."""
        last = entries[-1].at
        if last > self.rest.start:
            self._known = Counter(entry for entry in entries if entry.at == last)
            self.rest = TimeSpan(last, self.rest.end)
            return 0
        seen = Counter(entries) | self._known
        self._known = Counter()
        self.rest = TimeSpan(self.rest.start + 1, self.rest.end)
        return seen.total()


def paged(fetch: Callable[[TimeSpan, int | None], list[LogLine]], span: TimeSpan) -> Iterator[LogPage]:
    """Every line of a span, oldest first, from an engine that has no limit of its own.

    `fetch` gives the first lines of a span, so many at most.
    """
    cursor = Cursor(span)
    while cursor.rest.length > 0:
        start = cursor.rest.start
        entries = fetch(cursor.rest, LINES_AT_ONCE)
        fresh = cursor.fresh(entries)
        if len(entries) < LINES_AT_ONCE:
            yield LogPage(fresh)
            return
        is_crowded = entries[-1].at == start
        if is_crowded:
            fresh = cursor.fresh(fetch(TimeSpan(start, start + 1), None))
        cursor.go_on(entries)
        yield LogPage(fresh)


def some_of(
    fetch: Callable[[TimeSpan, int], list[LogLine]], span: TimeSpan, limit: int, *, newest: bool
) -> list[LogLine]:
    """The first (or the newest) lines of a span of any length, a day at a time. `fetch` gives those of a part."""
    found: list[LogLine] = []
    parts = list(span.parts(DAY))
    for part in reversed(parts) if newest else parts:
        got = fetch(part, limit - len(found))
        found = [*got, *found] if newest else [*found, *got]
        if len(found) >= limit:
            break
    return found


def moment(nanoseconds: int) -> datetime:
    """To the microsecond."""
    return _EPOCH + timedelta(microseconds=nanoseconds // 1000)


def nanoseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000


def a_time(nanoseconds: int) -> int:
    """ValueError for what no clock has, and no column could hold."""
    return _within(_CALENDAR, nanoseconds)


def a_count(number: Any) -> int:
    """ValueError for what is no number of lines."""
    return _within(_COUNTABLE, int(number))


def _within(bounds: range, number: int) -> int:
    if number not in bounds:
        raise ValueError("a number out of range")
    return number
