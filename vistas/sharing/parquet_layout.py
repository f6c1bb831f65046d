"""How much a Parquet file would decode to, read from its footer and its page headers without decoding any of it.

A reader allocates what page headers announce, so they are walked one by one and held against the footer.
Sources: parquet-format `src/main/thrift/parquet.thrift`; Thrift `doc/specs/thrift-compact-protocol.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MAGIC = b"PAR1"
FIELDS_AT_MOST = 1_000_000
_FOOTER = 8
_UNCOMPRESSED, _ZSTD = 0, 6
_BYTE_ARRAY, _FIXED_LENGTH = 6, 7
_WIDTHS = {0: 1, 1: 4, 2: 8, 3: 12, 4: 4, 5: 8, _BYTE_ARRAY: 16}
"""Bytes that a cell of each physical type takes in memory; a text's are those of the view of it."""
_PLAIN, _RLE, _RLE_DICTIONARY = 0, 3, 8
_DATA, _DICTIONARY, _DATA_V2 = 5, 7, 8
"""The fields of a page header that say which kind of page it is."""
_LISTED = 16
"""Bytes that a cell within a list may take besides: where the list ends, and the one that list is in."""
_DEEPEST = 12

_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)

Fields = dict[int, Any]
"""A Thrift struct: its fields by number."""


class Malformed(ValueError):
    """Not a Parquet file, or none that says how large it is, or not as frames are written."""


@dataclass(frozen=True, slots=True)
class ParquetLayout:
    """`values` counts every cell that will be made, those of nested lists one by one; `unpacked` is in bytes.

    `decoded` is at most how many bytes the frame takes in memory, where a text that stands in many rows of a
    column counts once, since those rows share it. `fields` is how much was read to know all this.
    """

    rows: int
    columns: int
    values: int
    unpacked: int
    decoded: int
    fields: int


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column that holds values: `nested` is whether it is part of a list or a struct."""

    type: int
    width: int
    nested: bool


def layout(content: bytes, *, fields: int = FIELDS_AT_MOST) -> ParquetLayout:
    """What decoding `content` would make. Malformed also where more than `fields` would have to be read for it."""
    length = int.from_bytes(content[-_FOOTER:-4], "little")
    if content[:4] != MAGIC or content[-4:] != MAGIC or length + _FOOTER + 4 > len(content):
        raise Malformed("it is not a Parquet file, or only a part of one")
    end_of_pages = len(content) - _FOOTER - length
    reader = _Reader(content, fields)
    try:
        footer, _ = reader.struct(end_of_pages, len(content) - _FOOTER)
        groups = footer.get(4, [])
        leaves = list(_leaves(footer[2]))
        values, unpacked, decoded = 0, 0, 0
        for group in groups:
            for leaf, column in zip(leaves, group[1], strict=True):
                chunk_values, chunk_unpacked = _measure(reader, column[3], leaf, end_of_pages)
                values += chunk_values
                unpacked += chunk_unpacked
                decoded += chunk_values * leaf.width + (chunk_unpacked if leaf.type == _BYTE_ARRAY else 0)
        rows = max(footer[3], sum(group[3] for group in groups))
        return ParquetLayout(rows, len(footer[2]), values, unpacked, decoded, fields - reader.left)
    except (KeyError, TypeError, IndexError, ValueError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed("its footer is incomplete") from error


def _leaves(schema: Sequence[Fields]) -> Iterator[_Leaf]:
    """The schema is a tree written in the order of walking it; its root comes first."""
    inside = [schema[0][5]]
    for element in schema[1:]:
        inside[-1] -= 1
        if children := element.get(5, 0):
            inside.append(children)
            continue
        width = max(0, element.get(2, 0)) if element[1] == _FIXED_LENGTH else _WIDTHS[element[1]]
        nested = len(inside) > 1
        yield _Leaf(element[1], width + _LISTED * nested, nested)
        while len(inside) > 1 and inside[-1] <= 0:
            inside.pop()


def _measure(reader: _Reader, chunk: Fields, leaf: _Leaf, end_of_pages: int) -> tuple[int, int]:
    """The values and unpacked bytes of a column chunk, as its page headers announce them or its footer does."""
    if chunk[4] not in (_UNCOMPRESSED, _ZSTD):
        raise Malformed("it is compressed in a way that frames never are")
    if chunk[1] != leaf.type:
        raise Malformed("its columns do not match its schema")
    start = min(chunk[9], chunk.get(11, chunk[9]))
    end = start + chunk[7]
    if not len(MAGIC) <= start <= end <= end_of_pages:
        raise Malformed("its pages lie outside the file")
    values, unpacked = 0, 0
    for header in _page_headers(reader, start, end):
        if header[2] < 0:
            raise Malformed("it has a page of negative size")
        if leaf.type == _BYTE_ARRAY:
            _check_text(header, leaf)
        unpacked += header[2]
        values += max(0, *(header[kind][1] for kind in (_DATA, _DICTIONARY, _DATA_V2) if kind in header), 0)
    return max(values, chunk[5]), max(unpacked, chunk[6])


def _check_text(header: Fields, leaf: _Leaf) -> None:
    """Of text only what takes as much room unpacked as its pages do, or what rows can share when it is decoded.

    Frames are written so: within lists and structs plainly, elsewhere plainly or with a dictionary. A dictionary
    for a list would be written out row by row, and other encodings repeat the beginnings of texts.
    """
    known = {_PLAIN, _RLE} if leaf.nested else {_PLAIN, _RLE, _RLE_DICTIONARY}
    if leaf.nested and _DICTIONARY in header:
        raise Malformed("its text is encoded in a way that frames never use")
    for kind, field in ((_DATA, 2), (_DICTIONARY, 2), (_DATA_V2, 4)):
        if kind in header and header[kind][field] not in known:
            raise Malformed("its text is encoded in a way that frames never use")


def _page_headers(reader: _Reader, start: int, end: int) -> Iterator[Fields]:
    while start < end:
        header, start = reader.struct(start, end)
        if header[3] < 0:
            raise Malformed("it has a page of negative size")
        start += header[3]
        yield header
    if start != end:
        raise Malformed("its pages lie outside the file")


class _Reader:
    """Thrift's compact protocol. `left` is how many more fields and elements it reads before it gives up."""

    def __init__(self, content: bytes, left: int) -> None:
        self._content, self.left = content, left
        self._at = self._end = 0

    def struct(self, start: int, end: int) -> tuple[Fields, int]:
        """The fields of the struct that begins at `start`, and where it ends."""
        self._at, self._end = start, end
        return self._struct(0), self._at

    def _struct(self, depth: int) -> Fields:
        fields: Fields = {}
        number = 0
        while (head := self._byte()) != _STOP:
            number = number + (head >> 4) if head >> 4 else self._signed()
            fields[number] = self._value(head & 0x0F, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        self._spend(1)
        if depth > _DEEPEST:
            raise Malformed("its footer is nested too deeply")
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
            return self._struct(depth)
        raise Malformed("its footer has a field of an unknown type")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        size = head >> 4 if head >> 4 < 15 else self._varint()  # noqa: PLR2004 - 15 says that the size follows
        kind = head & 0x0F
        if size > self._end - self._at:
            raise Malformed("its footer ends too early")
        if kind in (_TRUE, _FALSE):
            self._spend(size)
            return [self._byte() == _TRUE for _ in range(size)]
        return [self._value(kind, depth + 1) for _ in range(size)]

    def _spend(self, fields: int) -> None:
        self.left -= fields
        if self.left < 0:
            raise Malformed("it has more parts than a frame may have")

    def _skip(self, length: int) -> None:
        if length > self._end - self._at:
            raise Malformed("its footer ends too early")
        self._at += length

    def _byte(self) -> int:
        if self._at >= self._end:
            raise Malformed("its footer ends too early")
        self._at += 1
        return self._content[self._at - 1]

    def _varint(self) -> int:
        number = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the last byte of a number has no high bit
                return number
        raise Malformed("its footer has a number that never ends")

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
