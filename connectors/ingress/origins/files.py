"""Log files: found by path or glob, plain or compressed, read from the newest back."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from connectors.ingress.origins.archives import LONGEST, Pieces, from_tar, from_zip, is_tar, is_zip
from connectors.ingress.origins.blocks import BLOCK
from connectors.ingress.origins.compression import READ, Packing, find_packing, unpacked
from connectors.ingress.origins.decoding import as_text
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

TAIL = 1 << 14
"""How many bytes before a block's end are looked through for the end of a line."""
MANY = 2_000


@dataclass(frozen=True, slots=True)
class LogFile:
    path: Path
    size: int
    changed: float
    packing: Packing | None
    identity: tuple[int, int]
    """Device and inode: the same file under two names is read once."""
    archive: bool = False
    """Whether it is a tar or zip; a compressed tar shows that only when it is read."""


def find_files(patterns: Iterable[str], warnings: list[str]) -> list[LogFile]:
    """Every readable log, newest first. What cannot be read is a warning; Unobtainable where nothing can."""
    found: dict[tuple[int, int], LogFile] = {}
    problems: list[Unobtainable] = []
    for pattern in patterns:
        paths = _expand(pattern)
        if not paths:
            problems.append(_nothing(pattern))
        for path in paths:
            try:
                file = _inspect(path)
                found.setdefault(file.identity, file)
            except Unobtainable as problem:
                problems.append(problem)
    if not found:
        raise problems[0]
    warnings += [problem.gap.message for problem in problems]
    files = sorted(found.values(), key=lambda file: (file.changed, str(file.path)), reverse=True)
    if len(files) > MANY:
        warnings.append(f"Of {len(files):,} files only the newest {MANY:,} were read.")
    return files[:MANY]


def _expand(pattern: str) -> list[Path]:
    """A path as it stands wherever it exists, so that names with brackets need no escape; else as a glob."""
    plain = os.path.expanduser(pattern)  # noqa: PTH111 - Path would also tidy the pattern
    if os.path.lexists(plain):
        return [Path(plain)]
    return [Path(name) for name in sorted(glob.glob(plain, recursive=True))]  # noqa: PTH207 - absolute and ** globs


def _nothing(pattern: str) -> Unobtainable:
    if glob.has_magic(pattern):
        message = f"No file matches {pattern}."
        hint = "Check the pattern, and that the app can list the folder."
        return Unobtainable(GapReason.UNREACHABLE, message, hint)
    return Unobtainable(
        GapReason.UNREACHABLE, f"There is no file {pattern}.", "Check the path; on a server it may need a mount."
    )


def _inspect(path: Path) -> LogFile:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            hint = f"Name the files in it, such as {path}/*.log*."
            raise Unobtainable(GapReason.UNREACHABLE, f"{path} is a folder, not a log file.", hint)
        if not stat.S_ISREG(status.st_mode):
            hint = "Name a file that the log is written to."
            raise Unobtainable(GapReason.UNREACHABLE, f"{path} is a pipe or device, not a log file.", hint)
        with path.open("rb") as file:
            begin = file.read(LONGEST)
    except OSError as error:
        raise unreadable(path, error) from error
    return LogFile(
        path,
        status.st_size,
        status.st_mtime,
        find_packing(begin),
        (status.st_dev, status.st_ino),
        is_tar(begin) or is_zip(begin),
    )


def unreadable(path: Path, error: OSError) -> Unobtainable:
    if isinstance(error, PermissionError):
        hint = "Let the app's user read it, for example through the group adm."
        return Unobtainable(GapReason.REFUSED, f"The app is not allowed to read {path}.", hint)
    why = (error.strerror or "it cannot be read").lower()
    return Unobtainable(GapReason.UNREACHABLE, f"{path} cannot be read: {why}.", "Check the path and the disk.")


def _whole_lines(opened: BinaryIO, most: int) -> int:
    """How many of the next bytes end with a line, so that a block need not be put together from pieces."""
    begin = opened.tell()
    opened.seek(begin + max(0, most - TAIL))
    end = opened.read(min(TAIL, most)).rfind(b"\n") + 1
    opened.seek(begin)
    return max(0, most - TAIL) + end if end else most


@dataclass
class FileReading:
    """One file being read; `warnings` says afterwards what was wrong with it. Never more than `budget` bytes.

    Of a plain file only the lines that begin from byte `begin` on and before `end` (None: the file's) are read.
    """

    file: LogFile
    budget: int
    warnings: list[str]
    begin: int = 0
    end: int | None = None

    def pieces(self) -> Iterator[bytes]:
        """The log's bytes, uncompressed. Of a plain file that is too large, its newest lines."""
        try:
            with self.file.path.open("rb", buffering=0) as opened:
                yield from self._text(opened)
        except OSError as error:
            self.warnings.append(unreadable(self.file.path, error).gap.message)

    def _text(self, opened: BinaryIO) -> Iterator[bytes]:
        packing = self.file.packing
        if packing is None and not self.file.archive:
            return self._plain(opened) if self.begin else as_text(self._plain(opened), self._warn)
        if is_zip(opened.read(LONGEST)) and not opened.seek(0):
            return self._within(from_zip(opened, self._warn))
        opened.seek(0)
        raw = iter(lambda: opened.read(READ), b"")
        pieces = Pieces(raw if packing is None else unpacked(opened.read, packing, self._warn))
        tar = is_tar(pieces.peek(LONGEST))
        return self._within(from_tar(pieces, self._warn) if tar else as_text(pieces, self._warn))

    def _plain(self, opened: BinaryIO) -> Iterator[bytes]:
        end = self.file.size if self.end is None else self.end
        begin = max(self.begin, end - self.budget)
        if begin > self.begin:
            self._warn(f"is larger than {self.budget:,} bytes: only its end was read.")
        if begin:
            opened.seek(begin - 1)
            opened.readline(end - begin + 1)
        left = end - opened.tell()
        while left > 0 and (piece := opened.read(_whole_lines(opened, min(BLOCK, left)))):
            left -= len(piece)
            yield piece

    def _within(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """No more than the budget of what a file holds that is to be unpacked."""
        left = self.budget
        for piece in pieces:
            if len(piece) > left:
                yield piece[:left]
                self._warn(f"holds more than {self.budget:,} bytes: the rest was not read.")
                return
            left -= len(piece)
            yield piece

    def _warn(self, what: str) -> None:
        self.warnings.append(f"{self.file.path} {what}")
