"""A routine file written, in the words of routines."""

from __future__ import annotations

from pathlib import Path

from vistas import files
from vistas.errors import FileError, FileMoved, RoutineConflict, RoutineError
from vistas.routine.folder.reading import FileRead


def write_file(read: FileRead, text: str) -> FileRead:
    """`text` in the place of what was read. Permissions stay, and a link goes on leading where it leads.

    RoutineConflict where something else stands there by now, or nothing; RoutineError where it cannot be written.
    Nothing is written then.
    """
    data = text.encode("utf-8")
    try:
        files.replace_file(read.path, read.data, data)
    except FileMoved as moved:
        theirs = None if moved.now is None else moved.now.decode("utf-8", errors="replace")
        raise RoutineConflict(str(moved), mine=text, theirs=theirs) from moved
    except FileError as error:
        raise RoutineError(str(error)) from error
    return FileRead(read.path, data)


def create_file(path: Path, text: str) -> FileRead:
    """A new file. RoutineError where there is one of that name, or none can be made there."""
    data = text.encode("utf-8")
    try:
        files.create_file(path, data)
    except FileError as error:
        raise RoutineError(str(error)) from error
    return FileRead(path, data)
