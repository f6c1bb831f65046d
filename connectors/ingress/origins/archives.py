"""Archives of logs: the files of a tar or zip one after the other, as one log."""

from __future__ import annotations

import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO, BinaryIO, Protocol, cast

from connectors.ingress.origins.compression import LONGEST_MARK, find_packing, unpacked
from connectors.ingress.origins.decoding import as_text

_READ = 1 << 18
_LARGE = 1 << 25
_TAR_AT, _TAR = 257, b"ustar"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
LONGEST = _TAR_AT + len(_TAR)
"""How many bytes at the begin of a file show whether it is an archive."""
_DOCUMENT = re.compile(rb"\s*[\[{]\s*\n|\s*<(?:\?xml|!DOCTYPE|html)|---\s*\n|apiVersion:")
"""What a folder of logs has beside them: objects as JSON or YAML, pages."""
BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)
"""What reading an archive may fail with: damaged, cut off, encrypted, packed in an unknown way."""


def is_tar(begin: bytes) -> bool:
    return begin[_TAR_AT:LONGEST] == _TAR


def is_zip(begin: bytes) -> bool:
    return begin.startswith(_ZIP)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Pieces:
    """Pieces as a file that can be read once."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = b""
        self._at = 0

    def read(self, size: int, /) -> bytes:
        """Something, but at the end."""
        self.peek(1)
        begin = self._at
        self._at = min(begin + size, len(self._piece))
        return self._piece[begin : self._at] if self._at - begin < len(self._piece) else self._piece

    def peek(self, size: int) -> bytes:
        """The next bytes, which are still to be read."""
        while len(self._piece) - self._at < size and (piece := next(self._pieces, None)) is not None:
            self._piece, self._at = self._piece[self._at :] + piece, 0
        return self._piece[self._at : self._at + size]

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(_LARGE):
            yield piece


def from_tar(pieces: Iterable[bytes], say: Callable[[str], None]) -> Iterator[bytes]:
    """The logs in a tar, in their order."""

    def members() -> Iterator[tuple[str, _Readable]]:
        with tarfile.open(fileobj=cast("IO[bytes]", _Whole(pieces)), mode="r|") as archive:
            for member in archive:
                if member.isfile() and (file := archive.extractfile(member)):
                    yield member.name, file

    yield from _logs(members(), say)


def from_zip(opened: BinaryIO, say: Callable[[str], None]) -> Iterator[bytes]:
    """The logs in a zip, in their order."""

    def members() -> Iterator[tuple[str, _Readable]]:
        with zipfile.ZipFile(opened) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as file:
                        yield member.filename, file

    yield from _logs(members(), say)


class _Whole(Pieces):
    """As tar wants it: never less than was asked for, but at the end."""

    def read(self, size: int, /) -> bytes:
        self.peek(size)
        return super().read(size)


def _logs(members: Iterator[tuple[str, _Readable]], say: Callable[[str], None]) -> Iterator[bytes]:
    left_out: list[str] = []
    try:
        for name, file in members:
            yield from _log(file, partial(_leave_out, left_out, name))
    except BROKEN:
        say("is a damaged or encrypted archive: it was read up to that point.")
    if left_out:
        others = f" and {len(left_out) - 1:,} more in it are not logs" if left_out[1:] else " in it is not a log"
        say(f"is an archive: {left_out[0]}{others}, and not read.")


def _leave_out(left_out: list[str], name: str, _why: str) -> None:
    left_out.append(name)


def _log(file: _Readable, say: Callable[[str], None]) -> Iterator[bytes]:
    """One file of an archive, itself perhaps compressed, with an end to its last line."""
    pieces = Pieces(iter(lambda: file.read(_READ), b""))
    packing = find_packing(pieces.peek(LONGEST_MARK))
    text = Pieces(as_text(unpacked(pieces.read, packing, say) if packing else pieces, say))
    if _DOCUMENT.match(text.peek(64)):
        say("is a document.")
        return
    last = b"\n"
    for piece in text:
        last = piece[-1:]
        yield piece
    if last != b"\n":
        yield b"\n"
