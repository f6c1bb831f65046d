"""Where everything stands in a routine's text, by the parser that reads it: a tree with the offset of each thing.

The text was read before (`read_yaml`), so that it is known to be YAML of bounded size.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import yaml

_ANCHOR = re.compile(r"&[^\s,\[\]{}]+")
_LAST_BREAKS = re.compile(r"(?:\r?\n[ \t]*)+\Z")
_LAST_BREAK = re.compile(r"\r?\n[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]`, without what only ends its last line; and without its anchor, which ends at `head`."""

    start: int
    end: int
    anchor: str = ""
    head: int = -1


@dataclass(frozen=True, slots=True)
class Scalar(Place):
    """`style` is empty for plain text, else one of `'`, `"`, `|` and `>`; `value` is what is read."""

    style: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Alias(Place):
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    key: Scalar
    colon: int
    value: Place

    @property
    def start(self) -> int:
        return self.key.start

    @property
    def end(self) -> int:
        return max(self.colon + 1, self.value.end)

    @property
    def name(self) -> str:
        return self.key.value


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list. `dash` is where its dash stands; in brackets, which have none, where the item starts."""

    dash: int
    value: Place

    @property
    def start(self) -> int:
        return self.dash

    @property
    def end(self) -> int:
        return max(self.dash + 1, self.value.end)


@dataclass(frozen=True, slots=True)
class Collection(Place):
    """`flow` says that it is written in brackets."""

    flow: bool = False


@dataclass(frozen=True, slots=True)
class Mapping(Collection):
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence(Collection):
    entries: tuple[Entry, ...] = ()


def places(text: str) -> Place:
    """The tree of the one document in `text`."""
    return _Placing(text).root()


def everything_in(place: Place) -> Iterator[Place]:
    """`place` and all that stands in it, in the order of the text."""
    yield place
    if isinstance(place, Mapping):
        yield from chain.from_iterable(everything_in(pair.value) for pair in place.pairs)
    if isinstance(place, Sequence):
        yield from chain.from_iterable(everything_in(entry.value) for entry in place.entries)


class _Loader(yaml.SafeLoader):
    """PyYAML's, which keeps where the dashes and colons stood: its events do not say."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.dashes: list[int] = []
        self.colons: list[int] = []

    def fetch_block_entry(self) -> None:
        self.dashes.append(self.index)
        super().fetch_block_entry()

    def fetch_value(self) -> None:
        self.colons.append(self.index)
        super().fetch_value()


class _Placing:
    def __init__(self, text: str) -> None:
        self._text = text
        self._loader = _Loader(text)
        self._flow = 0

    def root(self) -> Place:
        while not isinstance(self._loader.get_event(), yaml.DocumentStartEvent):  # type: ignore[no-untyped-call]
            pass
        return self._place(self._loader.get_event())  # type: ignore[no-untyped-call]

    def _place(self, event: yaml.Event) -> Place:
        start, end = _span(event)
        if isinstance(event, yaml.AliasEvent):
            return Alias(start, end, name=event.anchor or "")
        assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - no other event stands where a value does
        anchor, head = event.anchor or "", -1
        if anchor and (written := _ANCHOR.match(self._text, start)):
            start = head = written.end()
            while start < end and self._text[start] in " \t":
                start += 1
        if isinstance(event, yaml.ScalarEvent):
            return replace(self._scalar(event, start, max(start, end)), anchor=anchor, head=head)
        assert isinstance(event, yaml.CollectionStartEvent)  # noqa: S101
        self._flow += bool(event.flow_style)
        collection = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        place = replace(collection(start, bool(event.flow_style)), anchor=anchor, head=head)
        self._flow -= bool(event.flow_style)
        return place

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> Scalar:
        style = event.style or ""
        if style in {"|", ">"}:
            raw = self._text[start:end]
            header = raw.partition("\n")[0].partition("#")[0]
            end = start + len((_LAST_BREAK if "+" in header else _LAST_BREAKS).sub("", raw))
        return Scalar(start, end, style=style, value=event.value)

    def _mapping(self, start: int, flow: bool) -> Mapping:
        pairs: list[Pair] = []
        while not isinstance(event := self._loader.get_event(), yaml.MappingEndEvent):  # type: ignore[no-untyped-call]
            key = self._place(event)
            assert isinstance(key, Scalar)  # noqa: S101 - the reader refuses others
            value = self._place(self._loader.get_event())  # type: ignore[no-untyped-call]
            pairs.append(Pair(key, self._colon(key), value))
        if flow:
            return Mapping(start, _span(event)[1], flow=True, pairs=tuple(pairs))
        return Mapping(pairs[0].start, pairs[-1].end, pairs=tuple(pairs))

    def _colon(self, key: Scalar) -> int:
        colons = self._loader.colons
        place = bisect_left(colons, key.end)
        return colons[place] if place < len(colons) else key.end

    def _sequence(self, start: int, flow: bool) -> Sequence:
        entries: list[Entry] = []
        while not isinstance(event := self._loader.get_event(), yaml.SequenceEndEvent):  # type: ignore[no-untyped-call]
            began = _span(event)[0]
            dashes = self._loader.dashes
            dash = began if self._flow else dashes[bisect_left(dashes, began) - 1]
            entries.append(Entry(dash, self._place(event)))
        if flow:
            return Sequence(start, _span(event)[1], flow=True, entries=tuple(entries))
        return Sequence(entries[0].start, entries[-1].end, entries=tuple(entries))


def _span(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark  # noqa: S101 - they are only missing from events that were made by hand
    assert event.end_mark  # noqa: S101
    return event.start_mark.index, event.end_mark.index
