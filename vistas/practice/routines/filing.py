"""Routines that a team keeps as files: their changes written back into them, new ones written as new files."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from vistas.errors import RoutineConflict, RoutineError
from vistas.routine import Routine
from vistas.routine.editing import edited
from vistas.routine.file import write_routine
from vistas.routine.folder import create_file, read_file, write_file

MOST_OF_A_NAME = 99


def write_back(place: Path | None, changed: Routine, *, changed_from: Routine | None) -> None:
    """`changed` into its file, where only what differs is touched. `place` is None where the file was taken away.

    RoutineConflict where the file does not look at what `changed_from` looks at: somebody changed it meanwhile.
    RoutineError where it is wrong, cannot be written, or cannot be changed without writing it anew.
    """
    if place is None:
        raise RoutineConflict(
            f"the file of {changed.routine} was removed meanwhile", mine=write_routine(changed), theirs=None
        )
    read = read_file(place)
    text = edited(read.text, changed, str(place))
    if changed_from is None or read.routine().digest != changed_from.digest:
        raise RoutineConflict(f"{place} was changed meanwhile by somebody else", mine=text, theirs=read.text)
    write_file(read, text)


def write_new(folder: Path, routine: Routine) -> Path:
    """A file of its own, named after it. RoutineError where none can be made there."""
    for number in count(1):
        path = folder / f"{routine.routine}{f'-{number}' if number > 1 else ''}.yaml"
        if number == MOST_OF_A_NAME or not (path.exists() or path.is_symlink()):
            create_file(path, write_routine(routine))
            return path
    raise RoutineError(f"{folder} is full")
