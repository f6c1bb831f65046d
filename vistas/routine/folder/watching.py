"""The routines in a team's folders. A file is read again when it changed, and only looked at otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vistas.errors import RoutineError
from vistas.routine.file import Loaded, Survey, read_routine, survey
from vistas.routine.folder.reading import Stamp, read_file, stamp
from vistas.routine.model import Routine

_NAMED: Final = re.compile(r"""^\ufeff?routine:\s*['"]?([a-z0-9-]+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: Stamp | None
    said: Loaded


class Folders:
    """Remembers what each file said: one that somebody made wrong goes on saying what it said last.

    What it tells is what stands on the disk when it is asked. Any number of threads may ask.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._known: dict[Path, _Known] = {}

    def survey(self) -> Survey:
        """As `vistas.routine.file.survey`; a file that still stands for a routine can have a mistake, too."""
        seen: dict[Path, _Known] = {}
        found = survey(self.folders, lambda path: self._load(path, seen))
        self._known = seen
        return found

    def _load(self, path: Path, seen: dict[Path, _Known]) -> Loaded:
        before = self._known.get(path, _Known(None, Loaded(None)))
        known = before if before.stamp and before.stamp == _stamp(path) else _read(path, before.said.routine)
        seen[path] = known
        return known.said


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp(path)
    except RoutineError:
        return None


def _read(path: Path, good: Routine | None) -> _Known:
    """Stamped before it is read, so that what is written while it is read will be noticed."""
    found = _stamp(path)
    text = ""
    try:
        text = read_file(path).text
        return _Known(found, Loaded(read_routine(text, str(path))))
    except RoutineError as mistake:
        named = _NAMED.search(text)
        return _Known(found, Loaded(good, mistake, named[1] if named else ""))
