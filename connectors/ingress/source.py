"""Ingress access logs as a source."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from connectors.ingress.passes import SharedPasses
from connectors.ingress.settings import IngressSettings, PodsSettings
from connectors.source_settings import read_settings
from connectors.taking import Answer, Asked, Unobtainable, take
from vistas.redaction import Redaction, Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline, Health

if TYPE_CHECKING:
    from connectors.ingress.gathering import LogPass
    from connectors.ingress.parsing import Parser
    from connectors.ingress.summarising import Scope
    from connectors.kubernetes.access import ClusterAccess

CHECKED = timedelta(minutes=15)
"""How far back a check of pods looks."""
CHECKED_BYTES = 1 << 20
"""How much of the newest file a check looks at."""
NOTEWORTHY = 0.01
"""The share of lines that fit nothing from which every look says so."""


class IngressSource:
    """Requests, routes, upstreams, clients and odd lines from the access logs of an ingress."""

    type: ClassVar[str] = "ingress"
    takes: ClassVar[frozenset[str]] = frozenset({"requests", "routes", "slowest", "upstreams", "clients", "lines"})

    def __init__(self, name: str, settings: IngressSettings, redactor: Redactor) -> None:
        self.name = name
        self.settings = settings
        self.at_once = settings.at_once
        self._redactor = redactor
        self._passes = SharedPasses(self._read)
        self._access = None if settings.pods is None else _access(name, settings.pods)

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> IngressSource:
        return cls(name, read_settings(name, IngressSettings, settings), redactor)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        redaction = self._redactor.begin()
        asked = Asked(self.name, self.type, stop, look, window, redaction)
        return take(asked, lambda: self._answer(look, window, deadline, redaction))

    def _answer(self, look: Look, window: Window, deadline: Deadline, redaction: Redaction) -> Answer:
        from connectors.ingress.frames import cells_where, show
        from connectors.ingress.summarising import Scope

        if look.take not in self.takes:
            hint = f"There are {', '.join(sorted(self.takes))}."
            raise Unobtainable(GapReason.NOT_HERE, f"Ingress logs cannot answer {look.take!r}.", hint)
        cells_where(look.where)
        read = self._passes.get(Scope(window, look.where.get("route", "")), deadline)
        if look.take != "lines":
            _insist_on_something_known(read)
        shown = show(look.take, read.summary, look.where, lines=self.settings.sample_lines)
        redaction.counts.update(read.redacted)
        return Answer(
            frame=shown.frame,
            query=self._describe(look, read),
            obtained=read.obtained,
            warnings=(*read.warnings, *_say_unparsed(read), *shown.warnings),
        )

    def _describe(self, look: Look, read: LogPass) -> str:
        counts = read.summary.counts
        where = "".join(f" where {name} = {value}" for name, value in look.where.items())
        parts = [f"{counts.lines:,} lines", f"{counts.requests:,} requests"]
        rest = {
            "outside the window": counts.outside_window,
            **counts.set_aside,
            "fitting nothing": counts.unparsed,
        }
        parts += [f"{number:,} {what}" for what, number in rest.items() if number]
        return f"{look.take}{where} from {self._origin}: {', '.join(parts)}"

    @property
    def _origin(self) -> str:
        pods = self.settings.pods
        if pods is None:
            return ", ".join(self.settings.files)
        return f"the pods {pods.selector} in {pods.namespace or 'every namespace'}"

    def _read(self, scope: Scope, deadline: Deadline, *, max_bytes: int | None = None) -> LogPass:
        from connectors.ingress.from_files import gather_files
        from connectors.ingress.from_pods import gather_pods
        from connectors.ingress.gathering import Task

        now = datetime.now(UTC)
        task = Task(
            scope=scope,
            max_bytes=max_bytes or self.settings.max_bytes,
            new_parser=partial(self._new_parser, scope.window.end if scope.window else now),
            redaction=self._redactor.begin(),
            deadline=deadline,
        )
        if self.settings.pods is None or self._access is None:
            return gather_files(self.settings.files, task)
        window = scope.window or Window.ending(now, CHECKED)
        return gather_pods(self._access, self.settings.pods, task, window=window, now=now)

    def _new_parser(self, newest: datetime) -> Parser:
        from connectors.ingress.dialects import load_dialects
        from connectors.ingress.parsing import Parser

        wanted = self.settings.dialect
        dialects = [dialect for dialect in load_dialects() if wanted in ("auto", dialect.name)]
        return Parser(dialects, ZoneInfo(self.settings.timezone), newest)

    def check(self, deadline: Deadline) -> Health:
        from connectors.ingress.summarising import Scope

        started, now = time.monotonic(), datetime.now(UTC)
        scope = Scope(Window.ending(now, CHECKED)) if self.settings.pods else Scope()
        try:
            read = self._read(scope, deadline, max_bytes=None if self.settings.pods else CHECKED_BYTES)
        except Unobtainable as failure:
            took = timedelta(seconds=time.monotonic() - started)
            return Health(well=False, says=failure.gap.says, hint=failure.gap.hint, took=took)
        return _health(read, now, timedelta(seconds=time.monotonic() - started))


def _access(name: str, pods: PodsSettings) -> ClusterAccess:
    from connectors.kubernetes.access import ClusterAccess

    chosen = {"kubeconfig": pods.kubeconfig, "context": pods.context}
    return ClusterAccess.from_settings(name, {key: value for key, value in chosen.items() if value})


def _insist_on_something_known(read: LogPass) -> None:
    counts = read.summary.counts
    if counts.unparsed and not counts.dialects:
        raise Unobtainable(
            GapReason.GARBLED,
            f"None of the {counts.lines:,} lines is an access-log line of a known format.",
            "Look at its lines, and name the format as the source's dialect.",
        )


def _say_unparsed(read: LogPass) -> tuple[str, ...]:
    counts = read.summary.counts
    if counts.unparsed <= counts.lines * NOTEWORTHY:
        return ()
    return (f"{counts.unparsed:,} of {counts.lines:,} lines fit no known format: the look lines shows some.",)


def _health(read: LogPass, now: datetime, took: timedelta) -> Health:
    counts = read.summary.counts
    dialects = ", ".join(name for name, _ in counts.dialects.most_common())
    details = {"logs": ", ".join(read.origins), "formats": dialects or "none"}
    if counts.newest is None and counts.unparsed:
        hint = "Look at the logs, and name their format as the source's dialect."
        return Health(well=False, says="The logs are in no known format.", hint=hint, took=took, details=details)
    if counts.newest is None:
        says = "The logs are there and hold no request yet."
        return Health(well=True, says=says, took=took, details=details)
    age = max(timedelta(), now - counts.newest)
    details["newest"] = counts.newest.isoformat()
    logs = f"{len(read.origins)} log{'s' if len(read.origins) != 1 else ''} of {dialects}"
    says = f"{logs}; the newest request is {_speak(age)} old."
    return Health(well=True, says=says, took=took, details=details)


def _speak(age: timedelta) -> str:
    for unit, span in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if age >= span:
            number = age // span
            return f"{number} {unit}{'s' if number != 1 else ''}"
    return "less than a minute"
