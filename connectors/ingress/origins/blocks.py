"""From bytes as they come to blocks of whole lines, freed from what a container runtime wraps around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import overload

from connectors.ingress.origins.docker_lines import is_docker, without_docker
from connectors.ingress.reading.envelopes import open_document
from connectors.ingress.reading.parsing import Block
from connectors.ingress.reading.wrappings import DEEPEST, LOOKED_AT, without_headers

BLOCK = 24 << 20
"""About how many bytes are looked at together.

From 32 MiB on glibc gives memory back at once, and every block would have to get it page by page again.
"""
LONGEST_LINE = 1 << 20
"""A longer line is cut here, and the rest of it not read."""

_STAMP = rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[.\d]*(?:Z|[+-]\d\d:\d\d) "
_TAG = rb"(stdout|stderr) ([FP])[^ ]* "
CRI = re.compile(rb"^" + _STAMP + _TAG, re.MULTILINE)
_CRI_WHOLE = re.compile(rb"^" + _STAMP + rb"std(?:out|err) F[^ ]* ", re.MULTILINE)
_STAMPED = re.compile(rb"^" + _STAMP, re.MULTILINE)


def whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes cut at line ends, in blocks; the last line gets an end if it has none."""
    rest, skipping = bytearray(), False
    for piece in pieces:
        if not rest and not skipping and len(piece) > BLOCK // 2 and piece.endswith(b"\n"):
            yield piece
            continue
        rest += piece
        if skipping:
            end = rest.find(b"\n")
            skipping = end < 0
            del rest[: len(rest) if skipping else end + 1]
        if len(rest) < BLOCK:
            continue
        end = rest.rfind(b"\n") + 1
        if end:
            yield bytes(rest[:end])
            del rest[:end]
        if len(rest) > LONGEST_LINE:
            yield bytes(rest[:LONGEST_LINE]) + b"\n"
            rest.clear()
            skipping = True
    if rest:
        yield bytes(rest) if rest.endswith(b"\n") else bytes(rest) + b"\n"


def unwrap(texts: Iterable[bytes], *, stamped: bool = False) -> Iterator[Block]:
    """Blocks as the container wrote them. `stamped` says that each line has a time before it, as pods' logs have.

    What the first lines of a block show is taken off all of its lines at once; the parser looks through the layers
    of those that are left. Parts of lines (CRI's `P`, Docker's) are joined per stream until the line is full.
    """
    parts: dict[bytes, bytes] = {}
    for text in map(_with_plain_ends, texts):
        if stamped:
            yield Block(_STAMPED.sub(b"", text), LineTimes(text))
        else:
            yield _unwrap(Block(open_document(text)), parts)
    if parts:
        yield Block(b"".join(part + b"\n" for part in parts.values()))


def _with_plain_ends(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n") if b"\r" in text else text


def _unwrap(block: Block, parts: dict[bytes, bytes]) -> Block:
    cri = True
    for _ in range(DEEPEST):
        if cri and (parts or CRI.search(block.text, 0, LOOKED_AT)):
            inside, cri = _unwrap_cri(block.text, parts), False
        elif is_docker(block.text, LOOKED_AT):
            inside = Block(*without_docker(block.text))
        else:
            inside = Block(without_headers(block.text))
            if inside.text is block.text:
                break
        block = inside if inside.times is not None else Block(inside.text, block.times)
    return block


def _unwrap_cri(text: bytes, parts: dict[bytes, bytes]) -> Block:
    bare, whole = _CRI_WHOLE.subn(b"", text)
    if not parts and whole == text.count(b"\n"):
        return Block(bare, LineTimes(text))
    lines: list[bytes] = []
    times: list[datetime | None] = []
    for line in text.splitlines(keepends=True) if b"\r" not in text else re.findall(rb"[^\n]*\n", text):
        wrapped = CRI.match(line)
        said = line[wrapped.end() :] if wrapped else line
        stream = wrapped[2] if wrapped else b""
        if wrapped and wrapped[3] == b"P":
            parts[stream] = (parts.get(stream, b"") + said[:-1])[:LONGEST_LINE]
            continue
        lines.append(parts.pop(stream, b"") + said)
        times.append(_parse_stamp(wrapped))
    return Block(b"".join(lines), times)


class LineTimes(Sequence[datetime | None]):
    """When each line of a wrapped block was taken; worked out only for the lines that are asked for."""

    def __init__(self, wrapped: bytes) -> None:
        self._wrapped = wrapped

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._wrapped.split(b"\n")

    def __len__(self) -> int:
        return len(self._lines) - 1

    @overload
    def __getitem__(self, number: int) -> datetime | None: ...
    @overload
    def __getitem__(self, number: slice) -> list[datetime | None]: ...
    def __getitem__(self, number: int | slice) -> datetime | list[datetime | None] | None:
        if isinstance(number, slice):
            return [_parse_stamp(_STAMPED.match(line)) for line in self._lines[number]]
        return _parse_stamp(_STAMPED.match(self._lines[number]))


def _parse_stamp(stamped: re.Match[bytes] | None) -> datetime | None:
    """To the second; CRI writes local offsets too."""
    if stamped is None:
        return None
    try:
        whole = stamped[0].split(b" ", 1)[0].decode()
        return datetime.fromisoformat(re.sub(r"\.\d+", "", whole)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def first_time(wrapped: bytes) -> datetime | None:
    """When the first line of a wrapped block was taken."""
    return _parse_stamp(_STAMPED.match(wrapped))
