"""A routine file as it was when it was read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from vistas.errors import RoutineError
from vistas.routine.file import read_routine
from vistas.routine.model import Routine
from vistas.routine.yaml_tree import LONGEST

MOST_BYTES: Final = 4 * LONGEST
"""No text of so many characters is longer in UTF-8."""


class Stamp(NamedTuple):
    """What changes when a file does, without reading it. Times are nanoseconds since 1970."""

    inode: int
    bytes: int
    modified: int
    changed: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """`data` is what stood in it, byte for byte."""

    path: Path
    data: bytes

    @property
    def text(self) -> str:
        """RoutineError where it is not text."""
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RoutineError(f"{self.path} is not UTF-8 text (byte {error.start})") from error

    def routine(self) -> Routine:
        """RoutineError tells the first mistake as `FILE:LINE: KEY: what is expected`."""
        return read_routine(self.text, str(self.path))


def stamp(path: Path) -> Stamp:
    """RoutineError where there is no ordinary file, or one that is larger than any routine."""
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise RoutineError(f"{path} is not an ordinary file")
    if found.st_size > MOST_BYTES:
        raise RoutineError(f"{path} is larger than any routine")
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def read_file(path: Path) -> FileRead:
    """What stands in a file now. RoutineError where it cannot be read."""
    stamp(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > MOST_BYTES:
        raise RoutineError(f"{path} is larger than any routine")
    return FileRead(path, data)


def unreadable(path: Path, error: OSError) -> RoutineError:
    return RoutineError(f"{path} cannot be read: {error.strerror or os.strerror(error.errno or 0)}")
