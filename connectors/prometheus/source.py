"""Prometheus as a source, and whatever else answers its API: Thanos, Mimir, VictoriaMetrics."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, Field

from connectors.http.settings import HttpSettings
from connectors.imports import import_whole
from connectors.opening import OpenAnywhere, elsewhere
from connectors.present import examine, present_only
from connectors.source_settings import read_settings
from connectors.taking import LookRequest, QueryResult, Unobtainable, take
from vistas.errors import SourceError
from vistas.linking import Tool
from vistas.redaction import Redactor, looks_secret
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline, Health
from vistas.vocabulary import Word

if TYPE_CHECKING:
    from connectors.prometheus.api import PrometheusApi
    from connectors.prometheus.queries import Queries


Parameters = dict[str, str | list[str]]
Told = TypeVar("Told")


def _open_parameters(parameters: Parameters) -> Parameters:
    """A secret in a query's parameters ends up in the logs of whoever stands between."""
    for name, written in parameters.items():
        values = [written] if isinstance(written, str) else written
        if any(looks_secret(f"{name}={value}") for value in values):
            raise ValueError(f"{name} looks like a secret: send it in a header, from a file or a variable")
    return parameters


class PrometheusSettings(HttpSettings):
    """`[sources.NAME]` with `type = "prometheus"`."""

    parameters: Annotated[Parameters, AfterValidator(_open_parameters)] = Field(
        default={},
        description="sent with every query, such as dedup and partial_response of Thanos, or extra_filters[] of "
        "VictoriaMetrics",
    )
    open: OpenAnywhere = Field(default=OpenAnywhere(), description="where people see it in a tool of its own")


class PrometheusSource:
    """Looks: `range` and `instant` with a query; `alerts`, `rules` and `targets`, filtered by `where`."""

    type: ClassVar[str] = "prometheus"
    present: ClassVar[frozenset[str]] = frozenset({"alerts", "rules", "targets"})
    takes: ClassVar[frozenset[str]] = frozenset({"range", "instant", *present})

    def __init__(self, name: str, settings: PrometheusSettings, redactor: Redactor) -> None:
        self.name = name
        self.at_once = settings.at_once
        self.elsewhere = elsewhere(Tool.PROMETHEUS, settings, settings.open)
        self._settings = settings
        self._redactor = redactor
        self._making = threading.Lock()
        self._queries: Queries | None = None

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> PrometheusSource:
        """Raises SettingsError naming the key. Nothing is connected and no secret is read before it is needed."""
        return cls(name, read_settings(name, PrometheusSettings, settings), redactor)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        asked = LookRequest(self.name, self.type, stop, look, window, self._redactor.begin())
        ask: Callable[[], QueryResult]
        match look.take:
            case "range" | "instant":
                ask = partial(self._connected().answer, look, window, deadline)
            case "alerts" | "rules" | "targets":
                ask = partial(self._current_state, asked, deadline)
            case _:
                raise ValueError(f"a prometheus source takes {', '.join(sorted(self.takes))}, not {look.take}")
        return take(asked, ask)

    def check(self, deadline: Deadline) -> Health:
        def ask() -> tuple[str, dict[str, str]]:
            build = self._connected().api.build(deadline)
            named = f"{build.application} {build.version}".rstrip()
            return f"{named} answers at {self._settings.url}.", {"version": build.version}

        return examine(ask, self._redactor.begin())

    def metric_names(self, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """Of every metric that had a sample in the window. SourceError says what keeps it from an answer."""
        return self.label_values("__name__", "", window, deadline)

    def metric_meanings(self, deadline: Deadline) -> Mapping[str, Word]:
        """By the names of metrics, as those say it that are scraped. SourceError as above."""
        from connectors.prometheus import words

        return self._told(lambda api: words.metric_meanings(api, deadline))

    def label_names(self, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """Of the series that match a selector; of all where it is empty. SourceError as above."""
        from connectors.prometheus import words

        return self._told(lambda api: words.label_names(api, matching, window, deadline))

    def label_values(self, label: str, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """In the series that match a selector; in all where it is empty. SourceError as above."""
        from connectors.prometheus import words

        return self._told(lambda api: words.label_values(api, label, matching, window, deadline))

    def _told(self, ask: Callable[[PrometheusApi], Told]) -> Told:
        try:
            return ask(self._connected().api)
        except Unobtainable as failure:
            masked = self._redactor.begin().text
            raise SourceError(masked(f"{failure.gap.message} {failure.gap.hint}".strip())) from failure

    def _current_state(self, asked: LookRequest, deadline: Deadline) -> QueryResult:
        from connectors.prometheus import objects

        api, where, now, redaction = self._connected().api, asked.look.where, datetime.now(UTC), asked.redaction
        warnings: tuple[str, ...] = ()
        match asked.look.take:
            case "alerts":
                alerts, warnings = api.alerts(deadline)
                frame = api.read(lambda: objects.alerts_frame(alerts, where, redaction))
            case "rules":
                frame = api.read(lambda: objects.rules_frame(api.rule_groups(deadline), where, redaction))
            case _:
                frame = api.read(lambda: objects.targets_frame(api.targets(deadline), where, now, redaction))
        return QueryResult(frame, asked.look.take, warnings=(*present_only(asked.window, now), *warnings))

    def _connected(self) -> Queries:
        with self._making:
            if self._queries is None:
                self._queries = _connect(self.name, self._settings)
            return self._queries


def _connect(name: str, settings: PrometheusSettings) -> Queries:
    import_whole("requests")
    from connectors.http.client import BoundedSession
    from connectors.prometheus.api import PrometheusApi
    from connectors.prometheus.queries import Queries

    return Queries(name, PrometheusApi(settings.url, BoundedSession(settings), settings.parameters))
