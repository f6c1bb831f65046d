"""The cluster as a source: looks in, snapshots out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from connectors.kubernetes import changes, dependencies
from connectors.kubernetes.api.access import ClusterAccess, Request
from connectors.kubernetes.failures import Right
from connectors.kubernetes.inventory import Inventory, ListScope
from connectors.kubernetes.judging import Morning
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.custom import custom_kind
from connectors.kubernetes.objects import count, each, part, text
from connectors.kubernetes.resources import NODES
from connectors.kubernetes.settings import KubernetesSettings
from connectors.kubernetes.stands_out import COLUMNS, KEY, SPOKEN, as_row, kinds_named, look_through
from connectors.kubernetes.views import Viewer
from connectors.source_settings import read_settings
from connectors.taking import LookRequest, QueryResult, Unobtainable, take
from vistas.redaction import Redaction, Redactor
from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, GapReason, Snapshot, Window
from vistas.source import Deadline, Health

STANDS_OUT = "stands-out"
DEPENDENCIES = "dependencies"
CHANGES = "changes"
OBJECTS = "objects"
FORMER = {"custom-resources": OBJECTS}
CUSTOM = frozenset({OBJECTS, *FORMER})
"""Objects of whichever resource `where` names."""
NARROWS = ("namespace", "labels", "fields")
"""What a look's `where` may say."""
RESOURCE = "resource"
"""What it says besides where custom resources are taken: which."""
NOW_ISH = timedelta(minutes=15)


def _now() -> datetime:
    return datetime.now(UTC)


class KubernetesSource:
    """One cluster. What it shows is always how the cluster is when it is asked, whatever the window."""

    type: ClassVar[str] = "kubernetes"
    takes: ClassVar[frozenset[str]] = frozenset({*KINDS, STANDS_OUT, DEPENDENCIES, CHANGES, *CUSTOM})
    present: ClassVar[frozenset[str]] = takes
    former: ClassVar[Mapping[str, str]] = FORMER

    def __init__(
        self, name: str, settings: KubernetesSettings, redactor: Redactor, *, clock: Callable[[], datetime] = _now
    ) -> None:
        self.name = name
        self.at_once = settings.at_once
        self._settings = settings
        self._redactor = redactor
        self._clock = clock
        self._access = ClusterAccess(settings, redactor)
        self._inventory = Inventory(self._access, clock)

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> KubernetesSource:
        """From the table in vistas.toml, less its `type`. SettingsError names a wrong key."""
        return cls(name, read_settings(name, KubernetesSettings, settings), redactor)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        """The objects of one kind, or what stands out, as `objects`; a gap where there is no answer."""
        asked = LookRequest(self.name, self.type, stop, look, window, self._redactor.begin())
        return take(asked, lambda: self._answer(look, window, deadline, asked.redaction))

    def check(self, deadline: Deadline) -> Health:
        """Whether the API server answers this account, and how many nodes it has."""
        started, masked = time.monotonic(), self._redactor.begin().text
        try:
            version = masked(text(self._access.get(Request("/version", "its version"), deadline), "gitVersion"))
            nodes = self._count_nodes(deadline)
        except Unobtainable as failure:
            took = timedelta(seconds=time.monotonic() - started)
            return Health(False, masked(failure.gap.message), masked(failure.gap.hint), took)
        took = timedelta(seconds=time.monotonic() - started)
        details = {"version": version, "context": self._access.context, "nodes": nodes}
        return Health(True, f"Kubernetes {version}, context {self._access.context}, {nodes}.", "", took, details)

    def _count_nodes(self, deadline: Deadline) -> str:
        right = Right("list", NODES.group, NODES.name)
        request = Request(NODES.path("v1"), "the list of nodes", (("limit", "1"),), right)
        try:
            answer = self._access.get(request, deadline)
        except Unobtainable as failure:
            if failure.gap.reason is GapReason.REFUSED and self._settings.namespaces:
                return "nodes not visible"
            raise
        number = len(each(answer, "items")) + count(part(answer, "metadata"), "remainingItemCount")
        return "1 node" if number == 1 else f"{number} nodes"

    def _answer(self, look: Look, window: Window, deadline: Deadline, redaction: Redaction) -> QueryResult:
        viewer = Viewer(self._inventory, self._scope(look), window, deadline)
        if look.take == STANDS_OUT:
            answer = self._stands_out(look, viewer, redaction)
        elif look.take == DEPENDENCIES:
            answer = self._dependencies(look, viewer)
        elif look.take == CHANGES:
            answer = self._changes(viewer, redaction)
        elif look.take in CUSTOM:
            answer = _custom(look.where.get(RESOURCE, ""), viewer, redaction)
        elif look.take in KINDS:
            answer = _objects(look.take, viewer, redaction)
        else:
            raise Unobtainable(
                GapReason.NOT_HERE,
                f"A cluster has nothing called {look.take!r}.",
                f"A look at a cluster can take: {', '.join(sorted(self.takes))}.",
            )
        return replace(answer, warnings=(*_past(window, self._clock()), *answer.warnings))

    def _stands_out(self, look: Look, viewer: Viewer, redaction: Redaction) -> QueryResult:
        from connectors.kubernetes.tables import make_table, redact

        morning = Morning(self._clock(), viewer.window.start)
        whole = not viewer.scope.params
        seen = look_through(kinds_named(look.query), viewer.view, morning, self.at_once, whole=whole)
        table = make_table(COLUMNS, [as_row(finding) for finding in seen.findings])
        frame = Frame(FrameKind.OBJECTS, redact(table, SPOKEN, redaction), key=KEY)
        return QueryResult(frame, seen.asked, None, seen.warnings)

    def _dependencies(self, look: Look, viewer: Viewer) -> QueryResult:
        if chosen := sorted({"labels", "fields"} & set(look.where)):
            message = f"Dependencies cannot be narrowed by {' and '.join(chosen)}: linked objects differ in them."
            raise Unobtainable(GapReason.NOT_HERE, message, "They can be narrowed by namespace.")
        found = dependencies.look_for_dependencies(viewer.view, self.at_once)
        return QueryResult(
            Frame(FrameKind.OBJECTS, found.table, key=dependencies.KEY), found.asked, None, found.warnings
        )

    def _changes(self, viewer: Viewer, redaction: Redaction) -> QueryResult:
        from connectors.kubernetes.tables import redact

        found = changes.look_for_changes(viewer.view, viewer.window, self.at_once)
        frame = Frame(
            FrameKind.OBJECTS, redact(found.table, changes.CHANGE_SPOKEN, redaction), key=changes.CHANGE_KEY
        )
        return QueryResult(frame, found.asked, None, found.warnings)

    def _scope(self, look: Look) -> ListScope:
        """Where to look. Unobtainable where the look asks for more than this source may see."""
        unknown = sorted(set(look.where) - {*NARROWS, *([RESOURCE] if look.take in CUSTOM else [])})
        if unknown:
            message = f"A look at a cluster cannot be narrowed by {', '.join(unknown)}."
            raise Unobtainable(GapReason.NOT_HERE, message, f"It can be narrowed by {', '.join(NARROWS)}.")
        allowed, wanted = self._settings.namespaces, _each(look.where.get("namespace", ""))
        if refused := [namespace for namespace in wanted if allowed and namespace not in allowed]:
            message = f"The namespace {refused[0]} is not among those that {self.name} looks at."
            raise Unobtainable(GapReason.REFUSED, message, f"Add it to sources.{self.name}.namespaces.")
        return ListScope(wanted or allowed or (None,), look.where.get("labels", ""), look.where.get("fields", ""))


def _each(listed: str) -> tuple[str, ...]:
    """`shop, ops` one by one, each once."""
    return tuple(dict.fromkeys(name for part in listed.split(",") if (name := part.strip())))


def _objects(kind: str, viewer: Viewer, redaction: Redaction) -> QueryResult:
    from connectors.kubernetes.tables import redact

    seen = viewer.view(kind)
    frame = Frame(FrameKind.OBJECTS, redact(seen.table, KINDS[kind].spoken, redaction), key=KINDS[kind].key)
    return QueryResult(frame, seen.asked, seen.obtained, seen.warnings)


def _custom(named: str, viewer: Viewer, redaction: Redaction) -> QueryResult:
    """Custom resources, which the account may have to be allowed to list: our role names those that are judged."""
    from connectors.kubernetes.tables import printed_texts, redact

    kind = custom_kind(named)
    seen = viewer.inventory.stock_of(named, kind, viewer.scope, viewer.deadline)
    spoken = (*kind.spoken, *printed_texts(seen.table, kind))
    frame = Frame(FrameKind.OBJECTS, redact(seen.table, spoken, redaction), key=kind.key)
    return QueryResult(frame, seen.asked, None, seen.warnings)


def _past(window: Window, now: datetime) -> tuple[str, ...]:
    if now - window.end <= NOW_ISH:
        return ()
    return (f"A cluster only shows how it is now: this is from {now:%Y-%m-%d %H:%M} UTC.",)
