"""Compressed logs: told by their first bytes, and read piece by piece, so that a small file cannot fill memory."""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP_WINDOW = 31


class Unpacker(Protocol):
    """One compressed stream of perhaps several in a file."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most `max_length` bytes; the rest comes with empty `data`. Raises one of `DAMAGED`."""
        ...


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_WINDOW)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data.lstrip(b"\0")

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)


DAMAGED = (zlib.error, zstd.ZstdError, lzma.LZMAError, OSError)


@dataclass(frozen=True, slots=True)
class Packing:
    begins: bytes
    unpacker: Callable[[], Unpacker]


PACKINGS = (
    Packing(b"\x1f\x8b", _Gzip),
    Packing(b"\x28\xb5\x2f\xfd", zstd.ZstdDecompressor),
    Packing(b"BZh", bz2.BZ2Decompressor),
    Packing(b"\xfd7zXZ\x00", lzma.LZMADecompressor),
)
LONGEST_MARK = 6


def find_packing(begin: bytes) -> Packing | None:
    """How a file that begins with these bytes is compressed, if it is."""
    return next((packing for packing in PACKINGS if begin.startswith(packing.begins)), None)


READ = 1 << 18
MOST = 24 << 20
"""At most so much comes at once of what was packed."""


def unpacked(read: Callable[[int], bytes], packing: Packing, say: Callable[[str], None]) -> Iterator[bytes]:
    """What was compressed, in one stream or several, piece by piece; `say` is told what was wrong with it."""
    unpacker = packing.unpacker()
    while True:
        if unpacker.eof:
            packed, unpacker = unpacker.unused_data, packing.unpacker()
            if not (packed or (packed := read(READ))):
                return
        else:
            packed = read(READ) if unpacker.needs_input else b""
        try:
            piece = unpacker.decompress(packed, MOST)
        except DAMAGED:
            say("is damaged: it was read up to that point.")
            return
        if not (packed or piece or unpacker.eof):
            say("ends too early: its compressed data is cut off.")
            return
        if piece:
            yield piece
