"""A live tool, as the rest of the project sees it. Sources are found by entry point, so anybody can add one."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from typing import Any, ClassVar, Protocol

from vistas.errors import SourceError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window

ENTRY_POINTS = "morning_vistas.sources"


class Deadline:
    """When a gathering must be over, and whether somebody called it off. Passed down to every read."""

    def __init__(self, patience: timedelta, *, cancelled: threading.Event | None = None) -> None:
        self._ends = time.monotonic() + patience.total_seconds()
        self._cancelled = cancelled or threading.Event()

    def remaining(self) -> float:
        """Seconds left, never below zero; zero once cancelled."""
        return 0.0 if self.cancelled else max(0.0, self._ends - time.monotonic())

    def within(self, share: float) -> Deadline:
        """A deadline that ends after `share` (0…1) of the time that is left, cancelled together with this one."""
        return Deadline(timedelta(seconds=self.remaining() * share), cancelled=self._cancelled)

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def passed(self) -> bool:
        return self.remaining() == 0.0

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()


@dataclass(frozen=True, slots=True)
class Health:
    """How a source feels. `says` is one plain line; `hint` what to do when it is not well."""

    well: bool
    says: str
    hint: str = ""
    took: timedelta = timedelta()
    details: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """Read-only; asks for the least it needs.

    `take` and `check` never raise for what the outside world does (that is a gap, or an unwell health) and
    return before the deadline has long passed. They are called from several threads at once.
    """

    type: ClassVar[str]
    takes: ClassVar[frozenset[str]]
    """What a look's `take` may be."""
    at_once: int
    """How many looks may be taken from it at the same time."""

    name: str

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> Source:
        """Build from the table in vistas.toml, less its `type`. SettingsError names a wrong key."""
        ...

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot: ...

    def check(self, deadline: Deadline) -> Health: ...


def source_types() -> dict[str, type[Source]]:
    """Every installed type of source by the name used in vistas.toml."""
    return {entry.name: entry.load() for entry in _installed()}


def build_source(name: str, settings: Mapping[str, Any], redactor: Redactor) -> Source:
    """The source that vistas.toml describes under `name`; SourceError when its type is not installed."""
    kind = str(settings.get("type", ""))
    found = [entry for entry in _installed() if entry.name == kind]
    if not found:
        known = ", ".join(sorted(entry.name for entry in _installed()))
        raise SourceError(f"sources.{name}.type is {kind!r}; known types are {known}")
    cls: type[Source] = found[0].load()
    return cls.from_settings(name, {key: value for key, value in settings.items() if key != "type"}, redactor)


@cache
def _installed() -> EntryPoints:
    """Found out once: for each look at them, every installed package is opened."""
    return entry_points(group=ENTRY_POINTS)
