"""Ingress access logs as a source."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from connectors.imports import import_whole
from connectors.ingress.aggregation.remarks import health_of, insist_on_something_known, say_elsewhen, say_unparsed
from connectors.ingress.aggregation.shared_pass import SharedPasses
from connectors.ingress.origins.pipes import display_name, is_stream
from connectors.ingress.settings import ClusterSettings, IngressSettings, PodsSettings
from connectors.opening import elsewhere
from connectors.source_settings import read_settings
from connectors.taking import LookRequest, QueryResult, Unobtainable, take
from vistas.linking import Elsewhere, Tool
from vistas.redaction import Redaction, Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline, Health

if TYPE_CHECKING:
    from connectors.ingress.aggregation.one_pass import LogPass, Task
    from connectors.ingress.aggregation.summarising import SummaryScope
    from connectors.ingress.engines.lines import EngineLogs
    from connectors.ingress.reading.parsing import Parser
    from connectors.kubernetes.api.access import ClusterAccess

CHECKED = timedelta(minutes=15)
"""How far back a check of pods looks."""
CHECKED_BYTES = 1 << 20
"""How much of the newest file a check looks at."""


class IngressSource:
    """Requests, routes, upstreams, clients and odd lines from the access logs of an ingress."""

    type: ClassVar[str] = "ingress"
    takes: ClassVar[frozenset[str]] = frozenset(
        {
            *("requests", "routes", "slowest", "upstreams", "clients", "lines"),
            *("controllers", "controller-totals", "controller-routes"),
        }
    )
    present: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, name: str, settings: IngressSettings, redactor: Redactor) -> None:
        self.name = name
        self.settings = settings
        self.at_once = settings.at_once
        self._redactor = redactor
        self._streams = any(is_stream(name) for name in settings.files)
        self._passes = SharedPasses(self._read_named, _standing_still if self._streams else time.monotonic)
        self._read_once = Lock()
        self._clusters = [(_access(name, pods, redactor), pods) for pods in settings.pods]
        self._homes = (
            [_access(name, settings.cluster, redactor)]
            if settings.cluster
            else [each for each, _ in self._clusters]
        )
        self._engine = self._open()

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> IngressSource:
        return cls(name, read_settings(name, IngressSettings, settings), redactor)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        redaction = self._redactor.begin()
        asked = LookRequest(self.name, self.type, stop, look, window, redaction)
        return take(asked, lambda: self._answer(look, window, deadline, redaction))

    def _answer(self, look: Look, window: Window, deadline: Deadline, redaction: Redaction) -> QueryResult:
        from connectors.ingress.aggregation.frames import cells_where, show
        from connectors.ingress.aggregation.summarising import SummaryScope
        from connectors.ingress.origins.from_stream import only_route
        from connectors.ingress.services.naming import as_named

        if look.take not in self.takes:
            hint = f"Possible are {', '.join(sorted(self.takes))}."
            raise Unobtainable(GapReason.NOT_HERE, f"Ingress logs cannot answer {look.take!r}.", hint)
        cells_where(look.where)
        route = look.where.get("route", "")
        whole = self._passes.get(SummaryScope(window, "" if self._streams else route), deadline)
        read = whole.apart.get(look.take, whole)
        if self._streams and route:
            read = only_route(read, look.take, route)
        if look.take != "lines":
            insist_on_something_known(read)
        shown = show(
            look.take, read.summary, as_named(look.where, read.services), lines=self.settings.sample_lines
        )
        redaction.counts.update(read.redacted)
        return QueryResult(
            frame=shown.frame,
            query=self._describe(look, read),
            obtained=read.obtained,
            warnings=(*read.warnings, *read.notes, *say_unparsed(read), *say_elsewhen(read), *shown.warnings),
        )

    def _describe(self, look: Look, read: LogPass) -> str:
        counts = read.summary.counts
        where = "".join(f" where {name} = {value}" for name, value in look.where.items())
        parts = [f"{counts.lines:,} lines", f"{counts.requests:,} requests"]
        rest = {
            "outside the window": counts.outside_window,
            **counts.set_aside,
            "in no known format": counts.unparsed,
        }
        parts += [f"{number:,} {what}" for what, number in rest.items() if number]
        asked = f" Asked: {read.query}" if read.query else ""
        return f"{look.take}{where} from {self._origin}: {', '.join(parts)}.{asked}".removesuffix(".")

    @property
    def elsewhere(self) -> Elsewhere | None:
        """Where its lines can be seen: only what a Loki keeps has such a place."""
        loki = self.settings.loki
        return elsewhere(Tool.LOKI, loki, loki.open, loki.selector) if loki else None

    @property
    def _origin(self) -> str:
        if self._engine:
            return f"{self._engine.engine.title} at {self._engine.engine.url}"
        pods = [f"the pods {each.selector} in {each.namespace or 'any namespace'}" for each in self.settings.pods]
        return ", ".join([*map(display_name, self.settings.files), *pods])

    def _read_named(self, scope: SummaryScope, deadline: Deadline) -> LogPass:
        from connectors.ingress.services.naming import name_services

        return name_services(self._read(scope, deadline), self._homes, deadline)

    def _read(self, scope: SummaryScope, deadline: Deadline) -> LogPass:
        from connectors.ingress.engines.from_engine import gather_from_engine
        from connectors.ingress.origins.from_files import gather_files
        from connectors.ingress.origins.from_pods import gather_pods

        now = datetime.now(UTC)
        window, task = scope.window or Window.ending(now, CHECKED), self._task(scope, deadline, now)
        if self._engine:
            return gather_from_engine(self._engine, task, window)
        if self._clusters:
            return gather_pods(self._clusters, task, window=window, now=now)
        if self._streams:
            return self._read_streams(task)
        return gather_files(self.settings.files, task)

    def _read_streams(self, task: Task) -> LogPass:
        from connectors.ingress.origins.from_stream import gather_streams

        if not self._read_once.acquire(blocking=False):
            message = "What came through the pipe has already been read, and can be read only once."
            raise Unobtainable(GapReason.NOT_HERE, message, "Write the log to a file, and name that file.")
        return gather_streams(self.settings.files, task)

    def _task(self, scope: SummaryScope, deadline: Deadline, now: datetime) -> Task:
        from connectors.ingress.aggregation.one_pass import Task

        return Task(
            scope=scope,
            max_bytes=self.settings.max_bytes,
            new_parser=partial(self._new_parser, scope.window.end if scope.window else now),
            redaction=self._redactor.begin(),
            deadline=deadline,
        )

    def _open(self) -> EngineLogs | None:
        if self.settings.log_engine is None:
            return None
        import_whole("requests")
        from connectors.ingress.engines.lines import EngineLogs
        from connectors.ingress.engines.opening import open_engine

        settings, zone = self.settings.log_engine, ZoneInfo(self.settings.timezone)
        return EngineLogs(open_engine(settings), settings, self.settings.dialects, zone, self._redactor.begin)

    def _new_parser(self, newest: datetime) -> Parser:
        from connectors.ingress.reading.parsing import Parser

        return Parser(self.settings.dialects, ZoneInfo(self.settings.timezone), newest)

    def check(self, deadline: Deadline) -> Health:
        started, now = time.monotonic(), datetime.now(UTC)
        try:
            read = self._glance(deadline, now)
        except Unobtainable as failure:
            took = timedelta(seconds=time.monotonic() - started)
            return Health(ok=False, message=failure.gap.message, hint=failure.gap.hint, took=took)
        return health_of(read, now, timedelta(seconds=time.monotonic() - started))

    def _glance(self, deadline: Deadline, now: datetime) -> LogPass:
        """Enough of the logs to tell that they are there, and in what format."""
        from connectors.ingress.aggregation.summarising import SummaryScope
        from connectors.ingress.engines.from_engine import look_at_newest
        from connectors.ingress.origins.from_files import gather_files

        recent = Window.ending(now, CHECKED)
        if self._engine:
            return look_at_newest(self._engine, self._task(SummaryScope(recent), deadline, now), recent)
        if self._clusters:
            return self._read(SummaryScope(recent), deadline)
        if self._streams:
            message = "A pipe is read when looks are gathered, not before."
            raise Unobtainable(GapReason.NOT_HERE, message, "Name a file to have it checked.")
        task = replace(self._task(SummaryScope(), deadline, now), max_bytes=CHECKED_BYTES)
        return gather_files(self.settings.files, task)


def _access(name: str, cluster: PodsSettings | ClusterSettings, redactor: Redactor) -> ClusterAccess:
    from connectors.kubernetes.api.access import ClusterAccess

    chosen = {"kubeconfig": cluster.kubeconfig, "context": cluster.context}
    return ClusterAccess.from_settings(name, {key: value for key, value in chosen.items() if value}, redactor)


def _standing_still() -> float:
    """The clock of what can be read once: it never goes stale."""
    return 0.0
