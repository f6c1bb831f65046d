"""A live tool, as the rest of the project sees it. Sources are found by entry point, so anybody can add one."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from typing import Any, ClassVar, Protocol

from vistas.border import Fault, attempt
from vistas.errors import SourceError, VistasError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Gap, GapReason, Provenance, Snapshot, Window

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
    """Whether a source works. `message` is one plain line; `hint` what to do when it is not ok."""

    ok: bool
    message: str
    hint: str = ""
    took: timedelta = timedelta()
    details: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """Read-only; asks for the least it needs.

    `take` and `check` never raise for what the outside world does (that is a gap, or an unwell health) and
    return before the deadline has long passed. They are called from several threads at once. What one raises all
    the same is a mistake in it: that costs this one answer, and its text is told nowhere
    (`vistas.border`). One may have `present`: those of its `takes` that tell the present, whatever the window; and
    `former`: those of its `takes` that are called otherwise today, by which they still are understood.
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


def offered(source: Source) -> tuple[str, ...]:
    """What somebody may choose to take from it: each thing once, by the word of today."""
    return tuple(sorted(source.takes - former_words(source).keys()))


def former_words(source: Source) -> Mapping[str, str]:
    """The words of today by those of formerly."""
    words: Mapping[str, str] = getattr(source, "former", {})
    return words


def source_types() -> dict[str, type[Source]]:
    """Every installed type of source that can be loaded, by the name used in vistas.toml."""
    loaded = {entry.name: attempt(entry.name, entry.load) for entry in _installed()}
    return {name: cls for name, cls in loaded.items() if not isinstance(cls, Fault)}


def build_source(name: str, settings: Mapping[str, Any], redactor: Redactor) -> Source:
    """The source that vistas.toml describes under `name`; SourceError when its type is not installed.

    Where its connector fails at it, a source that has the reason for an answer, so that the others still serve.
    """
    kind = str(settings.get("type", ""))
    found = [entry for entry in _installed() if entry.name == kind]
    if not found:
        known = ", ".join(sorted(entry.name for entry in _installed()))
        raise SourceError(f"sources.{name}.type is {kind!r}; known types are {known}")
    table = {key: value for key, value in settings.items() if key != "type"}
    built = attempt(kind, lambda: found[0].load().from_settings(name, table, redactor), passing=VistasError)
    return Unbuilt(name, kind, built) if isinstance(built, Fault) else built


def check_source(source: Source, deadline: Deadline, redactor: Redactor) -> Health:
    """How it feels, whatever its `check` does, without secrets. Errors of this project are raised."""
    health = attempt(source.type, lambda: _masked(source.check(deadline), redactor), passing=VistasError)
    return Health(False, health.message, health.hint) if isinstance(health, Fault) else health


def _masked(health: Health, redactor: Redactor) -> Health:
    mask = redactor.begin().text
    details = {name: mask(value) for name, value in health.details.items()}
    return replace(health, message=mask(health.message), hint=mask(health.hint), details=details)


class Unbuilt:
    """Stands for a source whose connector failed before it was one: every look is a gap that says so."""

    type: ClassVar[str]
    takes: ClassVar[frozenset[str]] = frozenset()
    at_once = 1

    def __init__(self, name: str, kind: str, fault: Fault) -> None:
        self.name = name
        self.type = kind  # type: ignore[misc]  # that of the source it stands for
        self._message = f"The {kind} connector could not be set up ({fault.kind})."
        self._hint = "Is everything it needs installed? The log says where it failed."

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> Source:
        del settings, redactor  # a source that failed has no use for either
        raise SourceError(f"sources.{name} has no connector of its own: this stands for one that failed")

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        del deadline
        query = " | ".join(look.asked) or look.take
        provenance = Provenance(self.name, self.type, query, window, datetime.now(UTC), timedelta())
        return Snapshot(stop, look.look, Gap(GapReason.UNREACHABLE, self._message, self._hint), provenance)

    def check(self, deadline: Deadline) -> Health:
        del deadline
        return Health(False, self._message, self._hint)


@cache
def _installed() -> EntryPoints:
    """Found out once: for each look at them, every installed package is opened."""
    return entry_points(group=ENTRY_POINTS)
