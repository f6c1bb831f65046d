"""VictoriaLogs' HTTP API: lines page by page, and counts over time, both as rows of JSON.

Source: VictoriaMetrics/VictoriaLogs `docs/victorialogs/querying/README.md`, `docs/victorialogs/logsql.md`. The
span of a query stands in the query: what `start` and `end` hold differs between versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from connectors.http.client import BoundedSession
from connectors.http.failures import Refused
from connectors.log_engines.lines import (
    MINUTE,
    NANOSECONDS,
    LabelledCount,
    LogLine,
    LogPage,
    TimeSpan,
    a_count,
    a_time,
    moment,
    nanoseconds,
    paged,
    some_of,
)
from connectors.log_engines.rows import Read, Row, read_rows
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

NO_MESSAGE = '(_msg:"" or _msg:="missing _msg field"*)'
"""Rows that came as an object, and of which no field was the message. VictoriaLogs then says so in its place."""
COUNT = "mv_lines"

_OBJECT = "mv_object"
_OWN = re.compile(r"_time$|_msg$|_stream$|_stream_id$|mv_|mv\.")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
_UNKNOWN_PATH = re.compile("unsupported path")


class VictoriaLogsApi:
    """One VictoriaLogs. Whatever it does wrong, every method raises Unobtainable and nothing else."""

    def __init__(self, url: str, session: BoundedSession, tenant: str | None = None) -> None:
        self._url = url
        self._session = session
        if tenant:
            account, _, project = tenant.partition(":")
            session.headers.update({"AccountID": account, "ProjectID": project or "0"})

    @property
    def url(self) -> str:
        return self._url

    def labels(self, span: TimeSpan, deadline: Deadline) -> list[str]:
        """The names of the labels that streams had in the span."""
        return self._names("stream_field_names", {}, span, deadline)

    def label_values(self, label: str, span: TimeSpan, deadline: Deadline) -> list[str]:
        return self._names("stream_field_values", {"field": label}, span, deadline)

    def pages(self, query: str, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        """Every line of a query, oldest first."""
        return paged(lambda part, limit: self.lines(query, part, deadline, limit=limit), span)

    def some(
        self, query: str, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a query, oldest first; at most `limit`."""

        def fetch(part: TimeSpan, most: int) -> list[LogLine]:
            return self.lines(query, part, deadline, limit=most, newest=newest)

        return some_of(fetch, span, limit, newest=newest)

    def lines(
        self, query: str, span: TimeSpan, deadline: Deadline, *, limit: int | None, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a span, oldest first; all of them without a limit."""
        stages = [
            f"sort by (_time{' desc' if newest else ''}) limit {limit}" if limit else "",
            f"pack_json as {_OBJECT}",
            f'format if (!{NO_MESSAGE}) "" as {_OBJECT}',
            f"fields _time, _stream_id, _msg, {_OBJECT}",
        ]
        asked = " | ".join([query, *(stage for stage in stages if stage)])
        return sorted(self._ask(asked, span, deadline, _line))

    def counted_by_minute(
        self, query: str, by: Sequence[str], span: TimeSpan, deadline: Deadline
    ) -> list[LabelledCount]:
        """How many lines of a query there are in each minute, for each set of labels."""
        return self._ask(counting(query, by), span, deadline, lambda row: _counted(row, by))

    def _names(self, path: str, asked: dict[str, str], span: TimeSpan, deadline: Deadline) -> list[str]:
        query = {"query": f"{_within(span)} *", **asked}
        with self._session.within(deadline):
            try:
                answer = self._session.get(f"{self._url}/select/logsql/{path}", params=query)
            except Refused as refusal:
                raise _somewhere_else(refusal) from refusal
        rows = read_rows(answer, self._session.origin, _values, tool="VictoriaLogs", hint=_WHERE)
        return [name for row in rows for name in row]

    def _ask(self, query: str, span: TimeSpan, deadline: Deadline, read: Callable[[Row], Read]) -> list[Read]:
        asked = {"query": f"{_within(span)} {query}"}
        with self._session.within(deadline):
            try:
                answer = self._session.post(f"{self._url}/select/logsql/query", data=asked)
            except Refused as refusal:
                raise _somewhere_else(refusal) from refusal
        return read_rows(answer, self._session.origin, read, tool="VictoriaLogs", hint=_WHERE)


_WHERE = "Use the address up to /select/logsql; a gateway may have a path prefix."


def counting(query: str, by: Sequence[str]) -> str:
    """A query for how many lines there are in each minute, for each set of labels."""
    return f"{query} | stats by ({', '.join(['_time:1m', *by])}) count() as {COUNT}"


def _somewhere_else(refusal: Refused) -> Unobtainable:
    if refusal.status == 404 or _UNKNOWN_PATH.search(refusal.gap.message):  # noqa: PLR2004
        hint = f"Is it a VictoriaLogs? {_WHERE}"
        return Refused(GapReason.REFUSED, refusal.gap.message, hint, status=refusal.status)
    return refusal


def _within(span: TimeSpan) -> str:
    return f"_time:[{_written(span.start)}, {_written(span.end)})"


def _written(at: int) -> str:
    """To the nanosecond."""
    return f"{moment(at):%Y-%m-%dT%H:%M:%S}.{at % NANOSECONDS:09}Z"


def _time(row: Row) -> int:
    found = _TIME.fullmatch(row["_time"])
    if found is None:
        raise ValueError(row["_time"])
    whole = nanoseconds(datetime.fromisoformat(f"{found[1]}+00:00"))
    return a_time(whole + int((found[2] or "0").ljust(9, "0")))


def _values(row: Row) -> list[str]:
    return [str(each["value"]) for each in row["values"]]


def _line(row: Row) -> LogLine:
    packed = row.get(_OBJECT)
    return LogLine(_time(row), str(row.get("_stream_id", "")), _as_it_came(packed) if packed else str(row["_msg"]))


def _as_it_came(packed: str) -> str:
    """An object that was stored field by field, `request.host`, each a text."""
    whole: dict[str, Any] = {}
    for name, value in orjson.loads(packed).items():
        if not _OWN.match(name):
            _put(whole, name, _value(value))
    return orjson.dumps(whole).decode()


def _put(whole: dict[str, Any], name: str, value: Any) -> None:
    *outer, key = name.split(".")
    inside = whole
    for each in outer:
        inside = inside.setdefault(each, {})
        if not isinstance(inside, dict):
            whole[name] = value
            return
    inside[key] = value


def _value(text: str) -> Any:
    if not (_NUMBER.fullmatch(text) or text.startswith("[")):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _counted(row: Row, by: Sequence[str]) -> LabelledCount:
    labels = {name: str(row[name]) for name in by if row.get(name)}
    return LabelledCount(labels, _time(row) // MINUTE * MINUTE + MINUTE, a_count(row[COUNT]))
