"""How much a Parquet file would decode to, read from its footer and its page headers without decoding any of it.

A reader allocates what page headers announce, so they are walked one by one and held against the footer.
Sources: parquet-format `src/main/thrift/parquet.thrift`; Thrift `doc/specs/thrift-compact-protocol.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAGIC = b"PAR1"
_FOOTER = 8
_UNCOMPRESSED, _ZSTD = 0, 6
_DEEPEST = 12

_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)

Fields = dict[int, Any]
"""A Thrift struct: its fields by number."""


class Malformed(ValueError):
    """Not a Parquet file, or none that says how large it is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`values` counts every cell that will be made, those of nested lists one by one; `unpacked` is in bytes."""

    rows: int
    columns: int
    values: int
    unpacked: int


def layout(content: bytes) -> Layout:
    """What decoding `content` would make. Raises Malformed."""
    length = int.from_bytes(content[-_FOOTER:-4], "little")
    if content[:4] != MAGIC or content[-4:] != MAGIC or length + _FOOTER + 4 > len(content):
        raise Malformed("it is no Parquet file, or a part of one")
    try:
        footer, _ = _Reader(content, len(content) - _FOOTER - length, len(content) - _FOOTER).struct()
        chunks = [column[3] for group in footer.get(4, []) for column in group[1]]
        values, unpacked = 0, 0
        for chunk in chunks:
            chunk_values, chunk_unpacked = _measure(content, chunk, len(content) - _FOOTER - length)
            values += max(chunk_values, chunk[5])
            unpacked += max(chunk_unpacked, chunk[6])
        rows = max(footer[3], sum(group[3] for group in footer.get(4, [])))
        return Layout(rows, len(footer[2]), values, unpacked)
    except (KeyError, TypeError, IndexError) as error:
        raise Malformed("its footer says too little") from error


def _measure(content: bytes, chunk: Fields, end_of_pages: int) -> tuple[int, int]:
    """The values and unpacked bytes that a column chunk's page headers announce."""
    if chunk[4] not in (_UNCOMPRESSED, _ZSTD):
        raise Malformed("it is packed in a way that no frame is")
    start = min(chunk[9], chunk.get(11, chunk[9]))
    end = start + chunk[7]
    if not len(MAGIC) <= start <= end <= end_of_pages:
        raise Malformed("its pages lie outside of it")
    values, unpacked = 0, 0
    for header in _page_headers(content, start, end):
        if header[2] < 0:
            raise Malformed("it has a page of less than nothing")
        unpacked += header[2]
        values += max(0, *(header[kind][1] for kind in (5, 7, 8) if kind in header), 0)
    return values, unpacked


def _page_headers(content: bytes, start: int, end: int) -> Iterator[Fields]:
    while start < end:
        header, start = _Reader(content, start, end).struct()
        if header[3] < 0:
            raise Malformed("it has a page of less than nothing")
        start += header[3]
        yield header
    if start != end:
        raise Malformed("its pages lie outside of it")


class _Reader:
    """Thrift's compact protocol. Every element takes a byte at least, so what is read is bounded by its length."""

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self._content, self._at, self._end = content, start, end

    def struct(self, depth: int = 0) -> tuple[Fields, int]:
        """The struct's fields, and where it ends."""
        fields: Fields = {}
        number = 0
        while (head := self._byte()) != _STOP:
            number = number + (head >> 4) if head >> 4 else self._signed()
            fields[number] = self._value(head & 0x0F, depth + 1)
        return fields, self._at

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _DEEPEST:
            raise Malformed("its footer is too deep")
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind in (_I16, _I32, _I64):
            return self._signed()
        if kind == _BYTE:
            return self._byte()
        if kind in (_DOUBLE, _BINARY):
            return self._skip(8 if kind == _DOUBLE else self._varint())
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind == _STRUCT:
            return self.struct(depth)[0]
        raise Malformed("its footer has a field of no known type")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        size = head >> 4 if head >> 4 < 15 else self._varint()  # noqa: PLR2004 - 15 says that the size follows
        kind = head & 0x0F
        if size > self._end - self._at:
            raise Malformed("its footer breaks off")
        if kind in (_TRUE, _FALSE):
            return [self._byte() == _TRUE for _ in range(size)]
        return [self._value(kind, depth + 1) for _ in range(size)]

    def _skip(self, length: int) -> None:
        if length > self._end - self._at:
            raise Malformed("its footer breaks off")
        self._at += length

    def _byte(self) -> int:
        if self._at >= self._end:
            raise Malformed("its footer breaks off")
        self._at += 1
        return self._content[self._at - 1]

    def _varint(self) -> int:
        number = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the last byte of a number has no high bit
                return number
        raise Malformed("its footer has a number without end")

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
