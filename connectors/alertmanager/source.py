"""Alertmanager as a source: what rings, and what has been silenced."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from connectors.http.settings import HttpSettings
from connectors.imports import import_whole
from connectors.opening import OpenPage, elsewhere
from connectors.present import examine, present_only
from connectors.source_settings import read_settings
from connectors.taking import LookRequest, QueryResult, take
from vistas.linking import Tool
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline, Health

if TYPE_CHECKING:
    from connectors.alertmanager.api import AlertmanagerApi


class AlertmanagerSettings(HttpSettings):
    """`[sources.NAME]` with `type = "alertmanager"`."""

    open: OpenPage = Field(default=OpenPage(), description="where people see it in a page of its own")


class AlertmanagerSource:
    """Looks: `alerts` and `silences`, filtered by `where`."""

    type: ClassVar[str] = "alertmanager"
    takes: ClassVar[frozenset[str]] = frozenset({"alerts", "silences"})
    present: ClassVar[frozenset[str]] = takes

    def __init__(self, name: str, settings: AlertmanagerSettings, redactor: Redactor) -> None:
        self.name = name
        self.at_once = settings.at_once
        self.elsewhere = elsewhere(Tool.ALERTMANAGER, settings, settings.open)
        self._settings = settings
        self._redactor = redactor
        self._connecting = threading.Lock()
        self._api: AlertmanagerApi | None = None

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> AlertmanagerSource:
        """Raises SettingsError naming the key. Nothing is connected and no secret is read before it is needed."""
        return cls(name, read_settings(name, AlertmanagerSettings, settings), redactor)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        if look.take not in self.takes:
            raise ValueError(f"an alertmanager source takes {', '.join(sorted(self.takes))}, not {look.take}")
        asked = LookRequest(self.name, self.type, stop, look, window, self._redactor.begin())
        return take(asked, lambda: self._answer(asked, deadline))

    def _answer(self, asked: LookRequest, deadline: Deadline) -> QueryResult:
        api, where, now = self._connected(), asked.look.where, datetime.now(UTC)
        if asked.look.take == "alerts":
            frame = api.alerts(where, now, deadline, asked.redaction)
        else:
            frame = api.silences(where, now, deadline, asked.redaction)
        return QueryResult(frame, asked.look.take, warnings=present_only(asked.window, now))

    def check(self, deadline: Deadline) -> Health:
        def ask() -> tuple[str, dict[str, str]]:
            version = self._connected().version(deadline)
            return f"Alertmanager {version} answers at {self._settings.url}.", {"version": version}

        return examine(ask, self._redactor.begin())

    def _connected(self) -> AlertmanagerApi:
        import_whole("requests")
        from connectors.alertmanager.api import AlertmanagerApi
        from connectors.http.client import BoundedSession

        with self._connecting:
            if self._api is None:
                self._api = AlertmanagerApi(self._settings.url, BoundedSession(self._settings))
            return self._api
