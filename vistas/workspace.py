"""Everything that one installation works with, built in one place from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from vistas.errors import RoutineError
from vistas.practice import Notebooks
from vistas.practice.routines import Routines
from vistas.practice.samples import Samples, sampled
from vistas.redaction import Redactor
from vistas.routine import Routine
from vistas.routine.file import SUFFIXES, load_routine
from vistas.settings import Settings
from vistas.snapshot import Window
from vistas.source import Source, build_source
from vistas.store import Search, Store

_DIGITS = 6


@dataclass(frozen=True)
class Workspace:
    """`sources` are the connected tools; where none is, not even a paused one, they are the bundled recordings."""

    settings: Settings
    store: Store
    sources: tuple[Source, ...]
    redactor: Redactor

    @classmethod
    def open(cls, settings: Settings) -> Workspace:
        """SettingsError, SourceError or StoreError say in one line what keeps it from opening."""
        redactor = settings.redactor()
        sources = tuple(build_source(name, table, redactor) for name, table in _tables(settings).items())
        store = Store.open(settings.store.database, settings.store.blobs)
        return cls(settings, store, sources, redactor)

    def reconnected(self, settings: Settings) -> Workspace:
        """The same workspace with the sources of other settings; whoever works with this one keeps its sources.

        A source whose table is the same is the same source. SettingsError or SourceError where one is wrong.
        """
        before, known = _tables(self.settings), {source.name: source for source in self.sources}
        sources = tuple(
            known[name] if before.get(name) == table else build_source(name, table, self.redactor)
            for name, table in _tables(settings).items()
        )
        return Workspace(self.settings.with_sources_of(settings), self.store, sources, self.redactor)

    @property
    def on_recordings(self) -> bool:
        """Whether all there is to see was recorded: then the window is the recording's, not the clock's."""
        return bool(self.sources) and all(source.type == "recording" for source in self.sources)

    def keep_recordings(self) -> None:
        """Put the bundled mornings into the library, so that there is something to replay from the start.

        A store in which nothing was ever kept gets the other samples, too. What was thrown away stays away.
        """
        from vistas.sharing import read_bundle

        if self.settings.samples:
            Samples(self.store, Notebooks(self.store.journals)).bring()
        known = self.store.library(Search(origin="recording", limit=len(bundled()) + 1))
        if len(known.vistas) < len(bundled()):
            for path in bundled():
                if not self.store.knows(sampled().recordings[path.name]):
                    self.store.put(read_bundle(path))

    @cached_property
    def versions(self) -> Routines:
        """All routines, with their versions."""
        return Routines(self.store.journals, self.settings.routines, lambda text: self.redactor.begin().text(text))

    def routines(self) -> tuple[Routine, ...]:
        """The newest version of each routine; read anew, since people change them."""
        return self.versions.all()

    def find_routine(self, name: str) -> Routine:
        """The routine of that name, the version `name@2` of it, or that in the file of that name.

        RoutineError where there is none.
        """
        if name.endswith(SUFFIXES):
            return load_routine(Path(name))
        slug, marked, number = name.partition("@")
        if not marked:
            return self.versions.find(slug)
        if not (number.isdecimal() and len(number) <= _DIGITS):
            raise RoutineError(f"{name!r} is no version of a routine: write {slug}@2")
        return self.versions.version(slug, int(number)).routine

    def mistakes_in_routines(self) -> tuple[RoutineError, ...]:
        """What keeps the other routines from being walked."""
        return self.versions.mistakes()

    def window(self, now: datetime, span: timedelta) -> Window:
        """What a walk begun now looks at."""
        for source in self.sources:
            recorded = getattr(source, "window", None)
            if self.on_recordings and isinstance(recorded, Window):
                return recorded
        return Window.ending(now, self.settings.gather.window or span)


def _tables(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """What stands in the settings for each source that is asked."""
    if settings.sources or settings.paused:
        return settings.sources
    return {"recording": {"type": "recording", "file": bundled()[-1].name}}


def bundled() -> tuple[Path, ...]:
    """The recordings that come with the project, oldest first."""
    folder = Path(str(files("vistas") / "recordings"))
    return tuple(sorted(folder.glob("*.vista")))
