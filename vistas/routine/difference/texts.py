"""The part of a text that differs, by whole words, numbers with their units, and signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from vistas.routine.difference.model import Mark, Piece

_TOKEN = re.compile(r"\d+(?:\.\d+)?\w*|\w[\w:]*|\s+|.")


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: `rate(x[5m])` and `rate(x[15m])` differ in `5m` and `15m` alone."""
    return tuple(_joined(_differences(_TOKEN.findall(before), _TOKEN.findall(after))))


def alike(before: str, after: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    return SequenceMatcher(None, _TOKEN.findall(before), _TOKEN.findall(after), autojunk=False).ratio()


def _differences(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gone, new = "", ""
    for kind, first, last, first_after, last_after in matcher.get_opcodes():
        same = "".join(before[first:last])
        if kind == "equal" and not ((gone or new) and same.isspace() and last < len(before)):
            yield from (Piece(gone, Mark.GONE), Piece(new, Mark.NEW), Piece(same, Mark.SAME))
            gone, new = "", ""
        else:
            gone += same
            new += "".join(after[first_after:last_after])
    yield from (Piece(gone, Mark.GONE), Piece(new, Mark.NEW))


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in found if piece.text)
