"""Differences as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from vistas.routine.difference.model import Change, Mark, Written
from vistas.routine.difference.texts import pieces
from vistas.routine.model import Routine, Stop

_MARKED: Final = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "{{+{}+}}"}


def in_lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line or more a change: what came, went or differs, and below it what it was and is.

    Of code, `[-5m-]{+15m+}` says what was taken away and what was added.
    """
    for change in changes:
        yield f"{change.kind.value:<9} {sentence(change)}"
        for line in (*_values(change), *change.details):
            yield f"{'':<9} {line}"


def sentence(change: Change) -> str:
    """With its place, and without what it was and is."""
    return ", ".join((*change.place, change.told))


def untouched(changes: Iterable[Change], later: Routine) -> tuple[Stop, ...]:
    """The stops of the later routine that are as they were."""
    touched = {change.stop for change in changes}
    return tuple(stop for stop in later.stops if stop.stop not in touched)


def _values(change: Change) -> Iterator[str]:
    if not change.about or change.before == change.after:
        return
    if change.before and change.after and change.written is Written.CODE:
        found = pieces(change.before, change.after)
        marked = "".join(_MARKED[piece.mark].format(piece.text) for piece in found)
        yield from marked.splitlines()
    elif change.before and change.after:
        yield from (f"was {_quoted(change.before, change)}", f"now {_quoted(change.after, change)}")
    else:
        yield from (change.before or change.after).splitlines()


def _quoted(text: str, change: Change) -> str:
    return f"“{text}”" if change.written is Written.PROSE else text
