"""From a file's bytes to text: UTF-16 as Windows writes it, marks at the begin, and what is no text at all."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

LOOKED_AT = 8_192
"""How many bytes tell what a file is."""
_UTF_8 = codecs.BOM_UTF8
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
_MUCH = 0.1
"""The share of control characters, or of bytes that are no UTF-8, from which a file is no text."""
_KINDS = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"%PDF-": "a PDF document",
    b"\x7fELF": "a program",
    b"MZ": "a Windows program",
    b"SQLite format 3\0": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"LPKSHHRH": "a journal of systemd's: read it with journalctl --file NAME -o cat | vistas logs -",
    b"ElfFile\0": "a Windows event log",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it first",
    b"Rar!\x1a": "a RAR archive: unpack it first",
    b"\x04\x22\x4d\x18": "compressed with lz4: unpack it first",
    b"\xff\x06\x00\x00sNaPpY": "compressed with snappy: unpack it first",
    b"\x1f\x9d": "compressed with compress: unpack it first",
    b"LZIP": "compressed with lzip: unpack it first",
    b"\x0a\x0d\x0d\x0a": "a capture of packets",
    b"\xd4\xc3\xb2\xa1": "a capture of packets",
    b"PK\x03\x04": "a zip archive: unpack it first, or name it as a file",
}


def as_text(pieces: Iterable[bytes], say: Callable[[str], None]) -> Iterator[bytes]:
    """The text in UTF-8, without marks and NULs. Nothing where it is none: `say` is told what it is."""
    several = iter(pieces)
    begin = b""
    for piece in several:
        begin += piece
        if len(begin) >= LOOKED_AT or begin[-1:] == b"\n":
            break
    if not begin:
        return
    encoding = _encoding(begin)
    if encoding:
        yield from _decoded(chain((begin,), several), encoding)
    elif kind := _binary_kind(begin):
        say(f"is not a log: it is {kind}.")
    else:
        for piece in chain((begin.removeprefix(_UTF_8),), several):
            yield piece.replace(b"\0", b"") if b"\0" in piece else piece


def _encoding(begin: bytes) -> str:
    """UTF-16 by its mark; without one, where every other byte is 0 as in a text of Latin letters."""
    for mark, encoding in _UTF_16.items():
        if begin.startswith(mark):
            return encoding
    some = begin[:LOOKED_AT]
    for encoding, zeros, letters in (("utf-16-le", some[1::2], some[::2]), ("utf-16-be", some[::2], some[1::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.9 * len(zeros) and letters.count(0) < 0.1 * len(letters):
            return encoding
    return ""


def _decoded(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for number, piece in enumerate(pieces):
        text = decoder.decode(piece)
        yield (text.removeprefix("\ufeff") if number == 0 else text).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode()


def _binary_kind(begin: bytes) -> str:
    """What a file is that is no text.

    Runs of NULs at the ends are what rotating by copying and reserving space leave there, and a few elsewhere are
    what a client sent: a line that holds one costs no other line.
    """
    some = begin[:LOOKED_AT].lstrip(b"\0")
    for mark, kind in _KINDS.items():
        if begin.startswith(mark) and (b"\0" in some or not some.isascii() or mark == b"%PDF-"):
            return kind
    some = some.rstrip(b"\0")
    odd = len(some) - len(some.translate(None, _CONTROL))
    torn = some.decode("utf-8", "replace").count("\ufffd")
    return "binary" if odd > _MUCH * len(some) or torn > _MUCH * len(some) else ""
