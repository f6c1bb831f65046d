"""Loki's HTTP API: lines page by page, counts over time, and how much there is.

Source: grafana/loki `docs/sources/reference/loki-http-api.md`, `docs/sources/query/`; what its limits say:
`pkg/util/validation`, `pkg/querier`. Times are nanoseconds since 1970 in UTC, as Loki has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from connectors.http.client import BoundedSession, read_json
from connectors.http.failures import Refused
from connectors.log_engines.lines import (
    DAY,
    LINES_AT_ONCE,
    MINUTE,
    NANOSECONDS,
    Cursor,
    LabelledCount,
    LogLine,
    LogPage,
    TimeSpan,
    a_count,
    a_time,
)
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

TENANT = "X-Scope-OrgID"
CATEGORIZED = {"X-Loki-Response-Encoding-Flags": "categorize-labels"}
"""Keeps structured metadata apart from the labels of a stream."""

_LINES_LIMIT = re.compile(r"max entries limit per query exceeded.*\(\d+ > (\d+)\)")
_SERIES_LIMIT = re.compile(r"maximum (?:number )?of series")
_RANGE_LIMIT = re.compile(r"query time range exceeds the limit|\[interval\] value exceeds limit")
_UNITS = {"m": MINUTE, "s": NANOSECONDS, "ms": 1_000_000, "ns": 1}

Data = TypeVar("Data")


class TooManySeries(Unobtainable):
    """A metric query has more series than this Loki gives for one query (`max_query_series`, 500 by default)."""


class RangeTooLong(Unobtainable):
    """A query covers more time than this Loki allows (`max_query_length`, 721 hours by default)."""


class LokiApi:
    """One Loki. Whatever it does wrong, every method raises Unobtainable and nothing else."""

    def __init__(self, url: str, session: BoundedSession, tenant: str | None = None) -> None:
        self._url = url
        self._session = session
        self._limit = LINES_AT_ONCE
        self._longest = DAY
        if tenant:
            session.headers[TENANT] = tenant

    @property
    def url(self) -> str:
        return self._url

    def version(self, deadline: Deadline) -> str:
        """Empty where it, or what stands in front of it, keeps that to itself."""
        try:
            return self._ask("status/buildinfo", {}, deadline, lambda told: str(told["version"]))
        except Refused:
            return ""

    def labels(self, span: TimeSpan, deadline: Deadline) -> list[str]:
        """The names of the labels that streams had in the span."""
        return self._ask("labels", _bounds(span), deadline, _names)

    def label_values(self, label: str, span: TimeSpan, deadline: Deadline) -> list[str]:
        return self._ask(f"label/{quote(label, safe='')}/values", _bounds(span), deadline, _names)

    def pages(self, query: str, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        """Every line of a log query, oldest first."""
        while span.length > 0:
            part = next(span.parts(self._longest))
            yield from self._pages(query, part, deadline)
            span = TimeSpan(part.end, span.end)

    def _pages(self, query: str, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        cursor = Cursor(span)
        while cursor.rest.length > 0:
            start = cursor.rest.start
            try:
                entries = self.lines(query, cursor.rest, deadline)
            except RangeTooLong:
                self._longest = halved(cursor.rest)[0].length
                yield from self.pages(query, cursor.rest, deadline)
                return
            fresh = cursor.fresh(entries)
            if len(entries) < self._limit:
                yield LogPage(fresh)
                return
            known = cursor.go_on(entries)
            yield LogPage(fresh, self._lost(query, start, known, deadline) if known else 0)

    def _lost(self, query: str, at: int, had: int, deadline: Deadline) -> int:
        """How many more lines have this very time than one query gives."""
        there = self.total(query, TimeSpan(at, at + 1), deadline)
        return max(0, there - had)

    def lines(
        self, query: str, span: TimeSpan, deadline: Deadline, *, limit: int = LINES_AT_ONCE, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a log query, oldest first; at most what this Loki gives at once."""
        asked = {"query": query, "start": str(span.start), "end": str(span.end)}
        asked["direction"] = "backward" if newest else "forward"
        asked["limit"] = str(min(limit, self._limit))
        try:
            return self._ask("query_range", asked, deadline, _entries)
        except Refused as refusal:
            allowed = _LINES_LIMIT.search(refusal.gap.message)
            if allowed is None or not 0 < int(allowed[1]) < int(asked["limit"]):
                raise
            self._limit = int(allowed[1])
        return self.lines(query, span, deadline, limit=limit, newest=newest)

    def some(
        self, query: str, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a span of any length, oldest first; at most `limit`."""
        found: list[LogLine] = []
        while span.length > 0 and len(found) < limit:
            cut = (
                max(span.start, span.end - self._longest) if newest else min(span.end, span.start + self._longest)
            )
            part, rest = TimeSpan(span.start, cut), TimeSpan(cut, span.end)
            if newest:
                part, rest = rest, part
            try:
                got = self.lines(query, part, deadline, limit=limit - len(found), newest=newest)
            except RangeTooLong:
                self._longest = halved(part)[0].length
                continue
            found = [*got, *found] if newest else [*found, *got]
            span = rest
        return found

    def total(self, query: str, span: TimeSpan, deadline: Deadline) -> int:
        """How many lines a log query has."""
        return sum(cell.count for cell in self.counted(query, (), span, deadline))

    def counted(self, query: str, by: Sequence[str], span: TimeSpan, deadline: Deadline) -> list[LabelledCount]:
        """How many lines of a log query there are for each set of labels. The span is at most a day."""
        asked = {"query": counting(query, by, span.length), "time": str(span.end)}
        return self._ask("query", asked, deadline, lambda told: _instant(told, span.end))

    def counted_by_minute(
        self, query: str, by: Sequence[str], span: TimeSpan, deadline: Deadline
    ) -> list[LabelledCount]:
        """The same minute by minute. The span begins and ends with a whole minute."""
        asked = {"query": counting(query, by, MINUTE), "step": "60"}
        asked |= {"start": str(span.start + MINUTE), "end": str(span.end)}
        return self._ask("query_range", asked, deadline, _by_minute)

    def _ask(self, path: str, asked: Mapping[str, str], deadline: Deadline, read: Callable[[Any], Data]) -> Data:
        with self._session.within(deadline):
            try:
                answer = self._session.get(f"{self._url}/loki/api/v1/{path}", params=asked, headers=CATEGORIZED)
            except Refused as refusal:
                raise _limit_error(refusal) from refusal
        told = read_json(answer, self._session.origin)
        try:
            return read(told)
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
            raise Unobtainable(
                GapReason.GARBLED,
                f"What {self._session.origin} returned is not a Loki answer.",
                "Is this the address of a Loki or its gateway, path prefix included?",
            ) from error


def halved(span: TimeSpan) -> tuple[TimeSpan, TimeSpan]:
    """Two spans in place of one that was too long. RangeTooLong where it cannot be shorter."""
    if span.length <= MINUTE:
        message = "Loki refuses even a minute of its logs."
        raise RangeTooLong(GapReason.REFUSED, message, "Look at its max_query_length and max_query_range.")
    return span.halves()


def counting(query: str, by: Sequence[str], length: int) -> str:
    """A metric query: how many lines there were in the span of that length before a time, for each set of labels.

    A range holds its end and not its begin; a nanosecond's offset turns that round.
    """
    labels = f" by ({', '.join(by)})" if by else ""
    unit = next(unit for unit in _UNITS if length % _UNITS[unit] == 0)
    return f"sum{labels} (count_over_time({query} [{length // _UNITS[unit]}{unit}] offset 1ns))"


def _limit_error(refusal: Refused) -> Unobtainable:
    """A limit that can be kept to as an error of its own."""
    message = refusal.gap.message
    if _SERIES_LIMIT.search(message):
        hint = "Raise max_query_series in its limits_config, or choose fewer streams with the selector."
        return TooManySeries(GapReason.TOO_MUCH, message, hint)
    if _RANGE_LIMIT.search(message):
        return RangeTooLong(GapReason.REFUSED, message, "Raise max_query_length in its limits_config.")
    if refusal.status == 404:  # noqa: PLR2004
        hint = (
            "Use the address up to /loki/api/v1; a gateway may have a path prefix. "
            "VictoriaLogs cannot be asked like a Loki: write victoria_logs in place of loki for it."
        )
        return Refused(GapReason.REFUSED, message, hint, status=refusal.status)
    return refusal


def _bounds(span: TimeSpan) -> dict[str, str]:
    return {"start": str(span.start), "end": str(span.end)}


def _names(told: Any) -> list[str]:
    """Where there are none, some versions leave `data` out. `__stream_shard__` and the like are Loki's own."""
    return [str(name) for name in told.get("data") or [] if not str(name).startswith("__")]


def _entries(told: Any) -> list[LogLine]:
    data = told["data"]
    if data["resultType"] != "streams":
        raise ValueError(data["resultType"])
    found = []
    for stream in data["result"]:
        labels = repr(sorted(stream["stream"].items()))
        for at, line, *apart in stream["values"]:
            found.append(LogLine(a_time(int(at)), f"{labels}{apart}" if apart else labels, str(line)))
    found.sort()
    return found


def _instant(told: Any, end: int) -> list[LabelledCount]:
    return [LabelledCount(_labels(each), end, a_count(each["value"][1])) for each in told["data"]["result"]]


def _by_minute(told: Any) -> list[LabelledCount]:
    return [
        LabelledCount(_labels(series), _minute_end(at), a_count(count))
        for series in told["data"]["result"]
        for at, count in series["values"]
    ]


def _labels(series: Any) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in series["metric"].items()}


def _minute_end(seconds: float) -> int:
    """Some versions take the offset off the time they tell, and all cut it to a millisecond."""
    milliseconds = round(seconds * 1000)
    return a_time(-(-milliseconds // 60_000) * MINUTE)
