"""A routine's text, changed to say another routine: only what differs is written, everything else stays as it is.

The text is never written anew as a whole: what differs becomes changes at offsets of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, Final

from vistas.errors import RoutineError
from vistas.routine.editing import places
from vistas.routine.editing.arranging import Order, arranged
from vistas.routine.editing.changes import Change, applied
from vistas.routine.editing.fields import Fields, fields, said
from vistas.routine.editing.lines import Lines
from vistas.routine.editing.matching import matched
from vistas.routine.editing.places import Alias, Entry, Pair, Place, Scalar
from vistas.routine.editing.replacing import Replacing, Spot
from vistas.routine.editing.writer import writer_like
from vistas.routine.file import read_routine
from vistas.routine.model import Routine

_NOTHING: Final = object()


def edited(text: str, routine: Routine, name: str = "this file") -> str:
    """`text`, a routine file, changed so that it is read as exactly `routine`.

    Comments, order, quotes, line breaks and everything else that says the same stays byte for byte. RoutineError,
    with `name` for the file, where `text` is wrong, or cannot be changed without writing it anew.
    """
    before = read_routine(text, name)
    if before == routine:
        return text
    editing = _Editing(text, name)
    changed = editing.ended(applied(text, sorted(editing.changes(fields(before), fields(routine)))))
    try:
        after = read_routine(changed, name)
    except RoutineError as error:
        raise RoutineError(_cannot(name, str(error).removeprefix(f"{name}:"))) from error
    if after != routine:
        raise RoutineError(_cannot(name, "something in it would be read otherwise"))
    return changed


def _cannot(name: str, reason: str) -> str:
    return f"{name} cannot be changed where it stands ({reason.strip()}): save the routine as a new file"


class _Editing:
    def __init__(self, text: str, name: str) -> None:
        self._lines = Lines(text)
        self._text = text
        self._name = name
        self._root = places.places(text)
        self._writer = writer_like(self._lines, self._root)
        self._replacing = Replacing(self._lines, self._writer)
        self._anchored = {place.anchor: place for place in places.everything_in(self._root) if place.anchor}
        self._now: dict[str, Any] = {}
        """By anchor: what is to be read at it, once that is known."""

    def ended(self, text: str) -> str:
        """With a line break at its end if there was one before, and without if there was none."""
        return text if self._text.endswith("\n") else text.removesuffix(self._lines.ending)

    def changes(self, old: Fields, new: Fields) -> Iterator[Change]:
        yield from self._value(self._root, Spot(-1, 0, flow=False, lead=""), "", old, new)

    def _value(self, place: Place, spot: Spot, key: str, old: Any, new: Any) -> Iterator[Change]:
        if isinstance(place, Alias):
            if self._now.get(place.name, _NOTHING) != new:
                yield from self._replacing.put(place, spot, new)
            return
        if place.anchor:
            self._now[place.anchor] = new
        if isinstance(place, places.Mapping) and isinstance(new, Mapping) and place.pairs and new:
            yield from self._mapping(place, old, new)
        elif isinstance(place, places.Sequence) and isinstance(new, list) and place.entries and new:
            yield from self._sequence(place, key, old, new)
        elif old != new:
            yield from self._replacing.put(place, spot, new, old)

    # what stands in a mapping

    def _mapping(self, place: places.Mapping, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
        column = self._lines.column(place.start)
        stays = [
            pair.name in new and not self._is_left_out(place, number, old, new)
            for number, pair in enumerate(place.pairs)
        ]
        inner = [
            list(self._behind_a_key(place, pair, old, new)) if stay else []
            for pair, stay in zip(place.pairs, stays, strict=True)
        ]
        names = [pair.name for pair, stay in zip(place.pairs, stays, strict=True) if stay]
        order: list[int | str] = [number for number, stay in enumerate(stays) if stay]
        for name in _added(place, new):
            at = _behind(names, name, list(new))
            names.insert(at, name)
            order.insert(at, self._pair(place, name, said(new[name]), column))
        yield from self._arranged(place, place.pairs, inner, order, column)

    def _behind_a_key(
        self, place: places.Mapping, pair: Pair, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[Change]:
        spot = Spot(pair.colon, self._lines.column(place.start), place.flow, "k:")
        yield from self._value(pair.value, spot, pair.name, *self._fitted(pair, old, new))

    def _pair(self, place: places.Mapping, name: str, value: Any, column: int) -> str:
        return self._writer.flow_pair(name, value) if place.flow else self._writer.pair(name, value, column)

    def _fitted(self, pair: Pair, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Any, Any]:
        """Both values as they stand in a file in which a list of one may be written without the list."""
        value = pair.value
        stands = self._anchored.get(value.name, value) if isinstance(value, Alias) else value
        before, after = old[pair.name], new[pair.name]
        if not isinstance(stands, Scalar) or pair.name not in {"query", "default"}:
            return before, after
        return _alone(before), _alone(after)

    def _is_left_out(
        self, place: places.Mapping, number: int, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> bool:
        """Whether a key goes because it says no more than what is so without it; one with a comment stays."""
        pair = place.pairs[number]
        if not isinstance(new, Fields) or pair.name in new.given or old[pair.name] == new[pair.name]:
            return False
        if number == 0:
            return False
        if new[pair.name] in (None, [], {}):
            return True
        lines, end = self._lines, self._lines.end(pair.end)
        above = lines.above(pair.start, lines.column(pair.start), lines.after(place.pairs[number - 1].end))
        return place.flow or not (lines.comment(pair.end, end) or above < lines.start(pair.start))

    # what stands in a list

    def _sequence(
        self, place: places.Sequence, key: str, old: Sequence[Any], new: Sequence[Any]
    ) -> Iterator[Change]:
        column = self._lines.column(place.entries[0].dash)
        was = matched(key, old, new)
        inner: list[list[Change]] = [[] for _ in place.entries]
        for number, entry in enumerate(place.entries):
            if number in was:
                spot = Spot(entry.dash, column, place.flow, "-")
                inner[number] = list(self._value(entry.value, spot, key, old[number], new[was.index(number)]))
        order = [
            self._item(place, said(item), column) if before is None else before
            for before, item in zip(was, new, strict=True)
        ]
        gap = self._lines.ending if key == "stops" else ""
        yield from self._arranged(place, place.entries, inner, order, column, gap)

    def _item(self, place: places.Sequence, value: Any, column: int) -> str:
        return self._writer.flow(value) if place.flow else self._writer.entry(value, column)

    # both

    def _arranged(
        self,
        place: places.Collection,
        things: Sequence[Pair | Entry],
        inner: Sequence[Sequence[Change]],
        order: Order,
        column: int,
        gap: str = "",
    ) -> Iterator[Change]:
        if order == list(range(len(things))):
            yield from chain.from_iterable(inner)
            return
        bounds = list(self._in_brackets(things) if place.flow else self._on_lines(things, column))
        gaps = [self._text[one[1] : other[0]] for one, other in pairwise(bounds)]
        if place.flow:
            self._refuse_comments(place, gaps)
            gap = ", "
        common = Counter(each for each in gaps if "#" not in each).most_common(1)
        parts = [
            self._whole(applied(self._text, changes, *bound), place)
            for changes, bound in zip(inner, bounds, strict=True)
        ]
        yield Change(bounds[0][0], bounds[-1][1], arranged(parts, gaps, order, common[0][0] if common else gap))

    def _whole(self, part: str, place: places.Collection) -> str:
        return part if place.flow or part.endswith("\n") else part + self._lines.ending

    def _refuse_comments(self, place: Place, gaps: Sequence[str]) -> None:
        if any("#" in gap for gap in gaps):
            line = self._text.count("\n", 0, place.start) + 1
            raise RoutineError(
                _cannot(self._name, f"line {line}: a list in brackets with comments between what it lists")
            )

    @staticmethod
    def _in_brackets(things: Sequence[Pair | Entry]) -> Iterator[tuple[int, int]]:
        for each in things:
            yield each.start, each.end

    def _on_lines(self, things: Sequence[Pair | Entry], column: int) -> Iterator[tuple[int, int]]:
        """From the comments right above each thing to its last line and the comments further in below it."""
        lines, limit = self._lines, 0
        for number, each in enumerate(things):
            alone = number or not self._text[lines.start(each.start) : each.start].strip(" \ufeff")
            start = lines.above(each.start, column, limit) if alone else each.start
            limit = lines.below(each.end, column)
            yield start, limit


def _added(place: places.Mapping, new: Mapping[str, Any]) -> Iterator[str]:
    """The keys that have to be said, and are not yet."""
    there = {pair.name for pair in place.pairs}
    for name in new:
        if name not in there and (not isinstance(new, Fields) or name in new.given):
            yield name


def _behind(names: Sequence[str], name: str, every: Sequence[str]) -> int:
    """Where a new key stands: behind those that it follows elsewhere, and never first."""
    before = frozenset(every[: every.index(name)])
    return max((place + 1 for place, other in enumerate(names) if other in before), default=1)


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value
