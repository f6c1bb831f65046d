"""A recorded morning as a source: it answers each look with what was gathered then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from connectors.alertmanager import AlertmanagerSource
from connectors.ingress import IngressSource
from connectors.kubernetes import KubernetesSource
from connectors.prometheus import PrometheusSource
from connectors.source_settings import read_settings
from vistas.border import Fault, attempt
from vistas.errors import BundleError, SettingsError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.sharing.bundle import read_bundle
from vistas.snapshot import Gap, GapReason, Provenance, Snapshot, Window
from vistas.source import Deadline, Health
from vistas.vista import Vista

RECORDED = (PrometheusSource, AlertmanagerSource, KubernetesSource, IngressSource)
BUILT_IN_TYPES = frozenset(each.type for each in RECORDED)


class RecordingSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path = Field(description="a .vista file, or the name of a recording that comes with the project")


@dataclass(frozen=True, slots=True)
class _Damaged:
    """Why a recording cannot be read."""

    message: str


class RecordingSource:
    """The file is read when it is first asked for something; from then on what was read is kept."""

    type: ClassVar[str] = "recording"
    takes: ClassVar[frozenset[str]] = frozenset[str]().union(*(each.takes for each in RECORDED))
    present: ClassVar[frozenset[str]] = frozenset[str]().union(*(each.present for each in RECORDED))
    at_once = 4

    def __init__(self, name: str, file: Path, mask: Callable[[str], str]) -> None:
        self.name = name
        self._mask = mask
        self._file = file
        self._reading = threading.Lock()
        self._read: Vista | _Damaged | None = None

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> RecordingSource:
        """SettingsError names a wrong key, or a file that is not there. Whether it is whole, `check` says."""
        return cls(name, _find(name, read_settings(name, RecordingSettings, settings).file), redactor.begin().text)

    @property
    def stands_for(self) -> frozenset[str]:
        """The types of source that the recording was made from."""
        if isinstance(recording := self._recording(), _Damaged):
            return BUILT_IN_TYPES
        return frozenset(snapshot.provenance.source_type for snapshot in recording.snapshots) | BUILT_IN_TYPES

    @property
    def window(self) -> Window | None:
        """What was looked at when it was recorded; None where the file cannot be read."""
        recording = self._recording()
        return None if isinstance(recording, _Damaged) else recording.window

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """What it was walked with, by the names of its routine's variables."""
        if isinstance(recording := self._recording(), _Damaged):
            return {}
        return {each.variable: each.chosen for each in recording.routine.variables}

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        """The first frame recorded for this look, else the first gap; NOT_HERE where nothing was."""
        del deadline  # nothing here waits for anybody
        recording = self._recording()
        if isinstance(recording, _Damaged):
            hint = "Use another recording, or get this file again."
            return self._gap(stop, look, window, Gap(GapReason.GARBLED, recording.message, hint))
        recorded = _recorded(recording, stop, look) or _recorded(recording, stop, look.masked(self._mask))
        if not recorded:
            message = f"The recording “{recording.name}” has no answer for this look."
            hint = "It answers only what was asked when it was made; connect your own tools to ask more."
            return self._gap(stop, look, window, Gap(GapReason.NOT_HERE, message, hint), recording)
        chosen = next((each for each in recorded if each.frame is not None), recorded[0])
        others = tuple(each for each in recorded if each is not chosen)
        return replace(chosen, stop=stop, look=look.look, provenance=self._provenance(chosen, others, window))

    def check(self, deadline: Deadline) -> Health:
        del deadline
        started = time.monotonic()
        recording = self._recording()
        took = timedelta(seconds=time.monotonic() - started)
        if isinstance(recording, _Damaged):
            return Health(False, recording.message, "Use another recording, or get this file again.", took)
        at = recording.window.end.astimezone(UTC)
        return Health(True, f"A recording of {recording.name}, {at.day} {at:%b %Y}.", took=took)

    def _recording(self) -> Vista | _Damaged:
        with self._reading:
            if self._read is None:
                try:
                    read = attempt(self.type, lambda: read_bundle(self._file), passing=BundleError)
                except BundleError as error:
                    self._read = _Damaged(f"The recording {self._file.name} cannot be read: {error}.")
                else:
                    self._read = _Damaged(read.message) if isinstance(read, Fault) else read
            return self._read

    def _provenance(self, chosen: Snapshot, others: tuple[Snapshot, ...], window: Window) -> Provenance:
        """As it was recorded, under this source's name, with a word on what else there was."""
        kept = chosen.provenance
        remarks: list[str] = []
        for other in others:
            what = f"a gap ({other.gap.message})" if other.gap else "a frame"
            remarks.append(f"It also holds an answer from {other.source}, which is not shown: {what}.")
        obtained = kept.obtained or (kept.asked if kept.asked != window else None)
        return replace(
            kept, source=self.name, asked=window, obtained=obtained, warnings=(*kept.warnings, *remarks)
        )

    def _gap(self, stop: str, look: Look, window: Window, gap: Gap, recording: Vista | None = None) -> Snapshot:
        provenance = Provenance(
            source=self.name,
            source_type=look.source if look.source in BUILT_IN_TYPES else self.type,
            query=" | ".join(look.asked) or look.take,
            asked=window,
            taken_at=recording.begun_at if recording else window.end,
            took=timedelta(),
        )
        return Snapshot(stop, look.look, gap, provenance)


def _recorded(recording: Vista, stop: str, look: Look) -> tuple[Snapshot, ...]:
    """What was recorded for the look; where its stop is another, for the same question elsewhere."""
    for there in recording.looks_at(stop):
        if there.look == look.look and there.question == look.question:
            return _snapshots(recording, stop, there)
    for elsewhere, there in recording.routine.looks():
        if there.source == look.source and there.question == look.question:
            return _snapshots(recording, elsewhere.stop, there)
    return ()


def _snapshots(recording: Vista, stop: str, look: Look) -> tuple[Snapshot, ...]:
    return tuple(snapshot for snapshot in recording.at(stop) if snapshot.look == look.look)


def _find(name: str, file: Path) -> Path:
    """The file itself, or the bundled recording of that name. SettingsError where there is neither."""
    path, bundled = file.expanduser(), Path(str(files("vistas") / "recordings"))
    for place in (bundled / path, path, bundled / path.name):
        if place.is_file():
            return place
    known = ", ".join(sorted(each.name for each in bundled.glob("*.vista"))) or "none"
    raise SettingsError(f"sources.{name}.file: there is no file {path}, nor a bundled recording ({known})")
