"""ClickHouse's HTTP interface: log lines of one table page by page, and counts over time, as rows of JSON.

Source: ClickHouse `docs/en/interfaces/http.md`, `docs/en/operations/settings/permissions-for-queries.md`. Every
value goes as a parameter of its own, so that none is ever a part of a statement; names of columns are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from urllib3.filepost import encode_multipart_formdata

from connectors.http.client import BoundedSession
from connectors.http.failures import Refused
from connectors.log_engines.lines import (
    MINUTE,
    LabelledCount,
    LogLine,
    LogPage,
    LogQuery,
    TimeSpan,
    a_count,
    a_time,
    paged,
    some_of,
)
from connectors.log_engines.rows import Read, Row, read_rows
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

AT: Final = "mv_at"
LINE: Final = "mv_line"
COUNT: Final = "mv_lines"
_MINUTE: Final = "mv_minute"
_START: Final = "mv_start"
_END: Final = "mv_end"
_LIMIT: Final = "mv_limit"

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"})
_WHERE = "Use the address of its HTTP interface, usually on port 8123 or 8443."
_TABLE = "Check database and table in the source's settings."
_SIGN_IN = "Set username, and password_file or password_env."
_LESS = "Ask for less: a shorter window, or fewer rows by where."
_HINTS: Final = {
    47: "Check the columns in the source's settings: time, body, and those of where.",
    60: _TABLE,
    81: _TABLE,
    159: _LESS,
    192: _SIGN_IN,
    241: _LESS,
    497: "Grant its user SELECT on the table.",
    516: _SIGN_IN,
}
"""By the number that ClickHouse has for an error."""
_REASONS: Final = {159: GapReason.TOO_SLOW, 241: GapReason.TOO_MUCH}
_CODE = re.compile(r"Code: (\d+)\.")
_BEFORE = re.compile(r"answered \d{3}[^:]*: Code: \d+\. DB::Exception: ")
"""What only a program can use of how it tells an error."""
_STATEMENT = re.compile(r"[.:]? (?:In scope|While processing) .*", re.DOTALL)
"""Where an error repeats the statement."""
_READ_ONLY_ALREADY = "setting in readonly mode"


@dataclass(frozen=True, slots=True)
class LogTable:
    """Where lines are: a table, its columns for time and line, and what other columns have to be.

    A name with a dot is a key of a column that is a map: `ResourceAttributes.k8s.namespace.name`.
    """

    database: str
    table: str
    time: str
    body: str
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.database}.{self.table}"

    def lines(self) -> LogQuery:
        """All of its lines in a span."""
        values: dict[str, str] = {}
        time = identifier(self.time)
        conditions = [
            f"{time} >= fromUnixTimestamp64Nano({{{_START}:Int64}})",
            f"{time} < fromUnixTimestamp64Nano({{{_END}:Int64}})",
            *(f"{_column(name, values)} = {parameter(value, values)}" for name, value in self.where.items()),
        ]
        at = f"toUnixTimestamp64Nano(toDateTime64({time}, 9)) AS {AT}"
        line = f"toString({identifier(self.body)}) AS {LINE}"
        place = f"{identifier(self.database)}.{identifier(self.table)}"
        return LogQuery(select(f"{at}, {line}", place, where=conditions), values)


class ClickHouseApi:
    """One ClickHouse. Whatever it does wrong, every method raises Unobtainable and nothing else."""

    def __init__(self, url: str, session: BoundedSession) -> None:
        self._url = url
        self._session = session
        self._may_set = True

    @property
    def url(self) -> str:
        return self._url

    def pages(self, query: LogQuery, span: TimeSpan, deadline: Deadline) -> Iterator[LogPage]:
        """Every line of a query, oldest first."""
        return paged(lambda part, limit: self.lines(query, part, deadline, limit=limit), span)

    def some(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a query, oldest first; at most `limit`."""

        def fetch(part: TimeSpan, most: int) -> list[LogLine]:
            return self.lines(query, part, deadline, limit=most, newest=newest)

        return some_of(fetch, span, limit, newest=newest)

    def lines(
        self, query: LogQuery, span: TimeSpan, deadline: Deadline, *, limit: int | None, newest: bool = False
    ) -> list[LogLine]:
        """The first (or the newest) lines of a span, oldest first; all of them without a limit."""
        text = select(f"{AT}, {LINE}", f"({query.text})", then=f"ORDER BY {AT}{' DESC' if newest else ''}")
        values = dict(query.values)
        if limit is not None:
            text, values[_LIMIT] = f"{text} LIMIT {{{_LIMIT}:UInt64}}", str(limit)
        return sorted(self._ask(LogQuery(text, values), span, deadline, _line))

    def counted_by_minute(
        self, query: LogQuery, by: Sequence[str], span: TimeSpan, deadline: Deadline
    ) -> list[LabelledCount]:
        """How many lines of a query there are in each minute, for each set of labels."""
        return self._ask(counting(query, by), span, deadline, lambda row: _counted(row, by))

    def _ask(self, query: LogQuery, span: TimeSpan, deadline: Deadline, read: Callable[[Row], Read]) -> list[Read]:
        values = {**query.values, _START: str(span.start), _END: str(span.end)}
        sent = {f"param_{name}": value.translate(_ESCAPED) for name, value in values.items()}
        body, form = encode_multipart_formdata({"query": f"{query.text} FORMAT JSONEachRow", **sent})
        with self._session.within(deadline):
            settings = self._settings()
            try:
                answer = self._session.post(
                    f"{self._url}/", params=settings, data=body, headers={"Content-Type": form}
                )
            except Refused as refusal:
                if "readonly" not in settings or _READ_ONLY_ALREADY not in refusal.gap.message:
                    raise _explained(refusal) from refusal
                self._may_set = False
            else:
                return read_rows(answer, self._session.origin, read, tool="ClickHouse", hint=_WHERE)
        return self._ask(query, span, deadline, read)

    def _settings(self) -> Mapping[str, str]:
        """Nothing is written, and it does not go on when nobody waits any more.

        A user who may only read may not set either. The answer is kept until it is whole, so that an error on the
        way is one.
        """
        whole = {"wait_end_of_query": "1"}
        if not self._may_set:
            return whole
        return {**whole, "readonly": "1", "max_execution_time": str(max(1, round(self._session.remaining())))}


def counting(query: LogQuery, by: Sequence[str]) -> LogQuery:
    """A query for how many lines there are in each minute, for each set of labels."""
    told_apart = ", ".join([_MINUTE, *by])
    minute = f"intDiv({AT}, {MINUTE}) AS {_MINUTE}"
    columns = ", ".join([minute, *by, f"count() AS {COUNT}"])
    return LogQuery(select(columns, f"({query.text})", then=f"GROUP BY {told_apart}"), query.values)


def select(columns: str, source: str, *, where: Sequence[str] = (), then: str = "") -> str:
    """A statement, of which nothing is a value: those are parameters."""
    conditions = ["WHERE", " AND ".join(where)] if where else []
    return " ".join(["SELECT", columns, "FROM", source, *conditions, then]).rstrip()


def identifier(name: str) -> str:
    """A name between backticks."""
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"


def parameter(value: str, values: dict[str, str]) -> str:
    """What stands for a value in a statement; it is added to the others, unless it is among them."""
    name = next((name for name, known in values.items() if known == value), f"mv_{len(values)}")
    values[name] = value
    return f"{{{name}:String}}"


def _column(name: str, values: dict[str, str]) -> str:
    column, is_map, key = name.partition(".")
    return f"{identifier(column)}[{parameter(key, values)}]" if is_map else identifier(column)


def _explained(refusal: Refused) -> Unobtainable:
    found = _CODE.search(refusal.gap.message)
    if found is None:
        hint = f"Is it a ClickHouse? {_WHERE}" if refusal.status == 404 else refusal.gap.hint  # noqa: PLR2004
        return Refused(refusal.gap.reason, refusal.gap.message, hint, status=refusal.status)
    code = int(found[1])
    message = _BEFORE.sub("answered: ", _STATEMENT.sub(".", refusal.gap.message))
    return Unobtainable(_REASONS.get(code, refusal.gap.reason), message, _HINTS.get(code, refusal.gap.hint))


def _line(row: Row) -> LogLine:
    return LogLine(a_time(int(row[AT])), "", str(row[LINE]))


def _counted(row: Row, by: Sequence[str]) -> LabelledCount:
    labels = {name: str(row[name]) for name in by if row.get(name)}
    return LabelledCount(labels, a_time(int(row[_MINUTE]) * MINUTE) + MINUTE, a_count(row[COUNT]))
