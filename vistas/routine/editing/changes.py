"""A change of a text, and a text with its changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Change(NamedTuple):
    """`text` instead of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def applied(text: str, changes: Sequence[Change], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` with the changes, which lie in it one behind the other."""
    pieces: list[str] = []
    for change in changes:
        pieces += text[start : change.start], change.text
        start = change.end
    return "".join((*pieces, text[start:end]))
