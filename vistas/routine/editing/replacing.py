"""One value in place of another, whatever both are written as: on a line, as a block, as a list, in brackets."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vistas.routine.editing import places
from vistas.routine.editing.changes import Change, applied
from vistas.routine.editing.fields import said
from vistas.routine.editing.lines import Lines
from vistas.routine.editing.places import Place, Scalar
from vistas.routine.editing.scalars import rewritten
from vistas.routine.editing.writer import Writer, reads_as

WIDEST_LINE: Final = 115
"""What becomes longer is folded, where it was not longer before."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: behind the colon or the dash at `mark`, of a key or a dash in `column`."""

    mark: int
    column: int
    flow: bool
    lead: str


class Replacing:
    def __init__(self, lines: Lines, writer: Writer) -> None:
        self._lines, self._text, self._writer = lines, lines.text, writer

    def put(self, place: Place, spot: Spot, new: Any, old: Any = None) -> Iterator[Change]:
        text, lines = self._text, self._lines
        value = said(new)
        if isinstance(place, Scalar) and not isinstance(value, Mapping | list):
            raw = text[place.start : place.end]
            column = lines.column(place.start)
            widest = self._widest(place, spot)
            for way in rewritten(raw, place.style, old, value, column=column, widest=widest):
                change = Change(place.start, place.end, way)
                if raw and self._reads([change], place, spot, value):
                    yield change
                    return
        if spot.flow:
            yield Change(place.start, place.end, self._writer.flow(value))
            return
        if isinstance(value, Mapping | list):
            write = self._writer.behind_a_dash if spot.lead == "-" else self._writer.value
            yield from self._replaced(place, spot, *write(value, spot.column))
            return
        style = place.style if isinstance(place, Scalar) else ""
        changes = list(self._replaced(place, spot, *self._writer.value(value, spot.column, style)))
        if isinstance(value, str) and not self._reads(changes, place, spot, value):
            changes = list(self._replaced(place, spot, self._writer.quoted(value), ""))
        yield from changes

    def _widest(self, place: Place, spot: Spot) -> int:
        """How long the lines of a place may become: what was long before may stay so."""
        if spot.flow:
            return sys.maxsize
        lines = self._text[self._lines.start(place.start) : place.end].split("\n")
        return sys.maxsize if any(len(line) > WIDEST_LINE for line in lines) else WIDEST_LINE

    def _reads(self, changes: Sequence[Change], place: Place, spot: Spot, value: Any) -> bool:
        """Whether the changes make of the place what is read as `value`, with the comments that stand below."""
        text = self._text
        if spot.flow:
            return reads_as(f"[{applied(text, changes, place.start, place.end)}]", [value])
        wanted = {"k": value} if spot.lead == "k:" else [value]
        behind = self._lines.apart(max(place.end - 1, spot.mark))
        head = place.head if place.anchor else spot.mark + 1
        return reads_as(" " * spot.column + spot.lead + applied(text, changes, head, behind), wanted)

    def _replaced(self, place: Place, spot: Spot, first: str, rest: str) -> Iterator[Change]:
        """`first` on the line of the key and `rest` below it; a comment on that line stays where it is."""
        text, lines = self._text, self._lines
        below = lines.ending + rest if rest else ""
        head = place.head if place.anchor else spot.mark + 1
        line = lines.end(head)
        if isinstance(place, places.Collection) and not place.flow and place.start > line:
            yield Change(head, head, f" {first}" if first else "")
            yield Change(line, lines.end(place.end), below)
            return
        end = place.end
        if isinstance(place, Scalar) and place.style in {"|", ">"}:
            header = text[place.start : lines.end(place.start)]
            end = place.start + len(header.split()[0])
            yield Change(lines.end(place.start), place.end, below)
            below = ""
        if first and text[head : place.start].strip(" \t") == "" and place.start > head:
            yield Change(place.start, end, first)
        else:
            yield Change(min(head, place.start), end, f" {first}" if first else "")
        if below:
            yield Change(lines.end(place.end), lines.end(place.end), below)
