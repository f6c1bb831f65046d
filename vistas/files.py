"""Files that people keep, written: as a whole, in their place, and only over what one has read.

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

from vistas.errors import FileError, FileMoved

_NEW_FILE: Final = 0o666
"""As an editor makes one: what the person's umask leaves of it."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """`after` in the place of `before`. Permissions stay, and a link goes on leading where it leads.

    FileMoved where something else stands there by now, or nothing; FileError where it cannot be written.
    Nothing is written then.
    """
    target = _target(path)
    with _alone_in(target.parent):
        _expect(path, target, before)
        _replace(target, after)


def create_file(path: Path, data: bytes) -> None:
    """A new file. FileError where there is one of that name, or none can be made there."""
    with _alone_in(path.parent):
        if path.exists() or path.is_symlink():
            raise FileError(f"{path} is there already")
        _put(path, data, mode=None)


def remove_file(path: Path, before: bytes) -> None:
    """FileMoved where something else stands there by now, or nothing; FileError where it cannot be removed."""
    with _alone_in(path.parent):
        _expect(path, path, before)
        try:
            path.unlink()
        except OSError as error:
            raise unwritable(path, error) from error


def _target(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except OSError:
        return path


def _expect(path: Path, target: Path, before: bytes) -> None:
    if not target.exists():
        raise FileMoved(f"{path} was removed or renamed meanwhile", now=None)
    try:
        now = target.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}") from error
    if now != before:
        raise FileMoved(f"{path} was changed meanwhile by somebody else", now=now)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While no other process of ours writes there. No file is left behind, since the folder itself is locked."""
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _replace(target: Path, data: bytes) -> None:
    try:
        found = target.stat()
    except OSError as error:
        raise unwritable(target, error) from error
    if not os.access(target, os.W_OK):
        raise FileError(f"{target} cannot be written: it is read-only")
    _put(target, data, mode=stat.S_IMODE(found.st_mode), owner=(found.st_uid, found.st_gid))


def _put(target: Path, data: bytes, *, mode: int | None, owner: tuple[int, int] | None = None) -> None:
    """Hidden, and without its suffix, until it is whole."""
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
        raise unwritable(target, error) from error


def _settle(folder: Path) -> None:
    """The folder's entry reaches the disk, too."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def unwritable(path: Path, error: OSError) -> FileError:
    return FileError(f"{path} cannot be written: {error.strerror or error}")
