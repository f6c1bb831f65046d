"""Makes files and folders readable by their owner only, whatever the umask and however they were created.

Those that belong to somebody else, such as a mounted volume, are left as they are.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077


def make_folder(folder: Path) -> list[Path]:
    """The folder and those it is in; gives the ones that were not there, the outermost first."""
    if folder.is_dir():
        return []
    made = make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=FOLDER)
        made.append(folder)
    return made


def create(path: Path) -> BinaryIO:
    """A new file to write to. FileExistsError where there is one already."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb")


def close(path: Path) -> bool:
    """Takes away what others may do with a file or folder of ours; True where there was something to take."""
    with contextlib.suppress(OSError):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or found.st_uid != os.geteuid() or not found.st_mode & _OTHERS:
            return False
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
        return True
    return False


def close_all(folder: Path) -> None:
    """The folder and all in it. The folder comes last: while it is open, the next call goes through it again."""
    with contextlib.suppress(OSError):
        there = folder.resolve()
        if there.stat().st_mode & _OTHERS:
            for path in there.rglob("*"):
                close(path)
            close(there)
