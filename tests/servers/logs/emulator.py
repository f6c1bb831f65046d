"""A Loki in this process: its query API as documented, over lines that a test puts in, with its usual limits.

Order among lines of one nanosecond differs from answer to answer: it is promised by nobody.
Sources: grafana/loki `docs/sources/reference/loki-http-api.md`, `pkg/querier`, `pkg/logql/range_vector.go`.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.servers.logs.logql import ERROR, Count, Labels, LogQuery, ParseError, parse

MINUTE = 60 * 10**9
HOUR = 60 * MINUTE
FLAGS = "x-loki-response-encoding-flags"
TENANT = "x-scope-orgid"


class RefusedQueryError(Exception):
    def __init__(self, says: str, status: int = 400) -> None:
        super().__init__(says)
        self.status = status


@dataclass(frozen=True)
class Limits:
    """limits_config at its defaults."""

    max_entries_limit_per_query: int = 5_000
    max_query_series: int = 500
    max_query_length: int = 721 * HOUR


@dataclass(frozen=True)
class _Stored:
    at: int
    labels: tuple[tuple[str, str], ...]
    line: str
    metadata: tuple[tuple[str, str], ...]


@dataclass
class LokiServer:
    """`multi_tenant` is auth_enabled: every request names its tenant. `interfere` may answer in Loki's place."""

    limits: Limits = Limits()
    multi_tenant: bool = False
    interfere: Callable[[Received], Reply | None] = lambda _: None
    received: list[Received] = field(default_factory=list)
    _stored: dict[str, set[_Stored]] = field(default_factory=lambda: defaultdict(set))
    _order: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - nothing secret

    def push(
        self,
        entries: Iterable[tuple[int, str]],
        labels: Labels,
        *,
        tenant: str = "fake",
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        """Nanoseconds and lines of one stream. The same line at the same time is kept once, as Loki does."""
        stream, apart = tuple(sorted(labels.items())), tuple(sorted((metadata or {}).items()))
        self._stored[tenant].update(_Stored(at, stream, line, apart) for at, line in entries)

    @property
    def url(self) -> str:
        return self._server.url

    def queries(self, path: str = "query_range") -> list[str]:
        """The queries that came, in their order."""
        return [each.form["query"][0] for each in self.received if each.path.endswith(f"/{path}")]

    def __enter__(self) -> Self:
        answers = {"query_range": self._query_range, "query": self._query}
        ways = {f"/loki/api/v1/{path}": self._answering(answer) for path, answer in answers.items()}
        build = told({"version": "3.7.8", "revision": "0", "branch": "main"})
        self._server = AnsweringServer(**ways, **{"/loki/api/v1/status/buildinfo": build})
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def _answering(self, answer: Callable[[Received, list[_Stored]], Any]) -> Callable[[Received], Reply]:
        def reply(request: Received) -> Reply:
            self.received.append(request)
            if other := self.interfere(request):
                return other
            try:
                data = answer(request, list(self._entries(request)))
            except ParseError as error:
                return Reply(str(error).encode(), 400, "text/plain")
            except RefusedQueryError as error:
                return Reply(str(error).encode(), error.status, "text/plain")
            return told({"status": "success", "data": data})

        return reply

    def _entries(self, request: Received) -> Iterator[_Stored]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if not self.multi_tenant:
            yield from self._stored["fake"]
        elif TENANT not in headers:
            raise RefusedQueryError("no org id", 401)
        else:
            for tenant in headers[TENANT].split("|"):
                yield from self._stored[tenant]

    def _query(self, request: Received, entries: list[_Stored]) -> Any:
        query = parse(request.form["query"][0])
        if isinstance(query, LogQuery):
            raise RefusedQueryError(
                "log queries are not supported as an instant query type, "
                "please change your query to a range query type"
            )
        at = int(request.form["time"][0])
        series = self._evaluate(query, entries, [at])
        result = [
            {"metric": dict(labels), "value": [_told(at, query), str(counts[at])]} for labels, counts in series
        ]
        return {"resultType": "vector", "result": result, "stats": {}}

    def _query_range(self, request: Received, entries: list[_Stored]) -> Any:
        start, end = (int(request.form[side][0]) for side in ("start", "end"))
        if end < start:
            raise RefusedQueryError("end timestamp must not be before or equal to start time")
        if end - start > self.limits.max_query_length:
            length, limit = (f"{span / HOUR:g}h0m0s" for span in (end - start, self.limits.max_query_length))
            raise RefusedQueryError(
                f"the query time range exceeds the limit (query length: {length}, limit: {limit})"
            )
        query = parse(request.form["query"][0])
        if isinstance(query, LogQuery):
            return self._lines(query, request, entries, start, end)
        return self._matrix(query, request, entries, start, end)

    def _matrix(self, query: Count, request: Received, entries: list[_Stored], start: int, end: int) -> Any:
        """The query frontend takes start down and end up to whole steps."""
        step = int(float(request.form["step"][0]) * 10**9)
        if (end - start) // step > 11_000:
            raise RefusedQueryError("exceeded maximum resolution of 11,000 points per time series")
        steps = range(start // step * step, -(-end // step) * step + 1, step)
        series = self._evaluate(query, entries, list(steps))
        result = [
            {"metric": dict(labels), "values": [[_told(at, query), str(counts[at])] for at in sorted(counts)]}
            for labels, counts in series
        ]
        return {"resultType": "matrix", "result": result, "stats": {}}

    def _evaluate(
        self, query: Count, entries: list[_Stored], times: list[int]
    ) -> list[tuple[tuple[tuple[str, str], ...], Counter[int]]]:
        """Each series with its count at each time that has one."""
        series: dict[tuple[tuple[str, str], ...], Counter[int]] = defaultdict(Counter)
        for entry in entries:
            reached = [at for at in times if at - query.offset - query.range < entry.at <= at - query.offset]
            if not reached or not query.of.selects(dict(entry.labels)):
                continue
            labels = query.of.labels(entry.line, dict(entry.labels) | dict(entry.metadata))
            if labels is None:
                continue
            if ERROR in labels:
                raise RefusedQueryError(f"pipeline error: '{labels[ERROR]}' for series: '{labels}'.")
            series[tuple((name, labels[name]) for name in query.by if name in labels)].update(reached)
            if len(series) > self.limits.max_query_series:
                limit = self.limits.max_query_series
                raise RefusedQueryError(f"maximum of series ({limit}) reached for a single query")
        return list(series.items())

    def _lines(self, query: LogQuery, request: Received, entries: list[_Stored], start: int, end: int) -> Any:
        limit, allowed = int(request.form.get("limit", ["100"])[0]), self.limits.max_entries_limit_per_query
        if limit > allowed:
            raise RefusedQueryError(
                f"max entries limit per query exceeded, limit > max_entries_limit_per_query ({limit} > {allowed})"
            )
        backward = request.form.get("direction", ["backward"])[0] == "backward"
        found = [
            (entry, labels)
            for entry in entries
            if start <= entry.at < end and query.selects(dict(entry.labels))
            if (labels := query.labels(entry.line, dict(entry.labels) | dict(entry.metadata))) is not None
        ]
        self._order.shuffle(found)
        found.sort(key=lambda each: each[0].at, reverse=backward)
        headers = {name.lower(): value for name, value in request.headers.items()}
        categorized = "categorize-labels" in headers.get(FLAGS, "")
        return _streams(found[:limit], categorized=categorized)


def _told(at: int, query: Count) -> float:
    """Seconds to the millisecond; the offset is taken off and put on again in milliseconds, as Loki does it."""
    return ((at - query.offset) // 10**6 + query.offset // 10**6) / 1000


def _streams(found: list[tuple[_Stored, Labels]], *, categorized: bool) -> Any:
    streams: dict[str, dict[str, Any]] = {}
    for entry, labels in found:
        own, apart = dict(entry.labels), dict(entry.metadata)
        parsed = {name: value for name, value in labels.items() if name not in own | apart}
        shown = own if categorized else labels
        value: list[Any] = [str(entry.at), entry.line]
        kinds = {"structuredMetadata": apart, "parsed": parsed}
        if categorized and any(kinds.values()):
            value.append({kind: told for kind, told in kinds.items() if told})
        stream = streams.setdefault(json.dumps(shown, sort_keys=True), {"stream": shown, "values": []})
        stream["values"].append(value)
    flags = {"encodingFlags": ["categorize-labels"]} if categorized else {}
    return {"resultType": "streams", **flags, "result": list(streams.values()), "stats": {}}
