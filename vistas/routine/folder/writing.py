"""A routine file written: as a whole, in its place, and only over what one has read.

A file is written beside the one that it replaces, so that whoever reads it reads all of one or all of the other.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import uuid4

from vistas.errors import RoutineConflict, RoutineError
from vistas.routine.folder.reading import FileRead, read_file

_NEW_FILE: Final = 0o666
"""As an editor makes one: what the person's umask leaves of it."""


def write_file(read: FileRead, text: str) -> FileRead:
    """`text` in the place of what was read. Permissions stay, and a link goes on leading where it leads.

    RoutineConflict where something else stands there by now, or nothing; RoutineError where it cannot be written.
    Nothing is written then.
    """
    target = _target(read)
    with _alone_in(target.parent):
        now = _still_there(read, target, text)
        if now.data != read.data:
            raise RoutineConflict(
                f"{read.path} was changed meanwhile by somebody else", mine=text, theirs=_told(now)
            )
        _replace(target, text.encode("utf-8"))
    return FileRead(read.path, text.encode("utf-8"))


def create_file(path: Path, text: str) -> FileRead:
    """A new file. RoutineError where there is one of that name, or none can be made there."""
    with _alone_in(path.parent):
        if path.exists() or path.is_symlink():
            raise RoutineError(f"{path} is there already")
        _put(path, text.encode("utf-8"), mode=None)
    return FileRead(path, text.encode("utf-8"))


def _target(read: FileRead) -> Path:
    try:
        return read.path.resolve(strict=True)
    except OSError:
        return read.path


def _still_there(read: FileRead, target: Path, text: str) -> FileRead:
    if not target.exists():
        raise RoutineConflict(f"{read.path} was removed or renamed meanwhile", mine=text, theirs=None)
    return read_file(target)


def _told(now: FileRead) -> str:
    return now.data.decode("utf-8", errors="replace")


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While no other process of ours writes there. No file is left behind, since the folder itself is locked."""
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _replace(target: Path, data: bytes) -> None:
    try:
        found = target.stat()
    except OSError as error:
        raise _unwritable(target, error) from error
    if not os.access(target, os.W_OK):
        raise RoutineError(f"{target} cannot be written: it is read-only")
    _put(target, data, mode=stat.S_IMODE(found.st_mode), owner=(found.st_uid, found.st_gid))


def _put(target: Path, data: bytes, *, mode: int | None, owner: tuple[int, int] | None = None) -> None:
    """Hidden, and without a routine's suffix, until it is whole."""
    beside = target.with_name(f".{target.name}.{uuid4().hex[:8]}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW_FILE), "wb") as written:
            written.write(data)
            written.flush()
            if owner is not None:
                with contextlib.suppress(PermissionError):
                    os.fchown(written.fileno(), *owner)
            if mode is not None:
                os.fchmod(written.fileno(), mode)
            os.fsync(written.fileno())
        beside.replace(target)
        _settle(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _unwritable(target, error) from error


def _settle(folder: Path) -> None:
    """The folder's entry reaches the disk, too."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _unwritable(path: Path, error: OSError) -> RoutineError:
    return RoutineError(f"{path} cannot be written: {error.strerror or error}")
