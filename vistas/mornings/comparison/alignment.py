"""Which looks of two routines ask the same: by their names, or where they were renamed by what they ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from vistas.mornings.comparison.model import LookAt
from vistas.routine import Look, Stop
from vistas.snapshot import Snapshot
from vistas.vista import Vista


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A look of a vista and what one source gave; None where it was never asked."""

    stop: Stop
    look: Look
    snapshot: Snapshot | None

    @property
    def source(self) -> str:
        return self.snapshot.source if self.snapshot else self.look.source

    @property
    def place(self) -> LookAt:
        return LookAt(self.stop.stop, self.look.look, self.look.title, self.source)


@dataclass(frozen=True, slots=True)
class Aligned:
    """`pairs` in the walking order of the newer routine; the others have no counterpart."""

    pairs: tuple[tuple[Looked, Looked], ...]
    only_then: tuple[Looked, ...]
    only_now: tuple[Looked, ...]


def align(then: Vista, now: Vista) -> Aligned:
    left, right = list(looked_at(then)), list(looked_at(now))
    order = {id(one): place for place, one in enumerate(right)}
    pairs: list[tuple[Looked, Looked]] = []
    for same in _measures(_renamed_stops(then, now)):
        pairs += _match(left, right, same)
    pairs.sort(key=lambda pair: order[id(pair[1])])
    return Aligned(tuple(pairs), tuple(left), tuple(right))


def looked_at(vista: Vista) -> Iterator[Looked]:
    """Every look in walking order, detours with the stop where they were taken, once for each source."""
    for stop in vista.routine.stops:
        given: dict[str, list[Snapshot | None]] = {}
        for snapshot in vista.at(stop.stop):
            given.setdefault(snapshot.look, []).append(snapshot)
        for look in vista.looks_at(stop.stop):
            for taken in given.get(look.look, [None]):
                yield Looked(stop, look, taken)


def _measures(renamed: dict[str, str]) -> Iterator[Callable[[Looked], Hashable]]:
    """By what two looks are the same, the surest first. `renamed` gives the newer name of an older stop."""

    def stop(one: Looked) -> str:
        return renamed.get(one.stop.stop, one.stop.stop)

    yield lambda one: (stop(one), one.look.look, one.look.take, one.source)
    yield lambda one: (stop(one), one.look.look, one.look.take)
    yield lambda one: (_asks(one.look), one.source)
    yield lambda one: _asks(one.look)
    yield lambda one: (stop(one), one.look.title, one.look.take)


def _asks(look: Look) -> Hashable:
    return look.question, look.unit


def _renamed_stops(then: Vista, now: Vista) -> dict[str, str]:
    """Stops that only the older routine has, by the newer name of the stop with their question, or their title."""
    left, right = _stops_without(then, now), _stops_without(now, then)
    by_title = {stop.title: stop.stop for stop in right}
    by_question = {stop.question: stop.stop for stop in right}
    named = {stop.stop: by_question.get(stop.question) or by_title.get(stop.title) for stop in left}
    return {old: new for old, new in named.items() if new}


def _stops_without(vista: Vista, other: Vista) -> list[Stop]:
    return [stop for stop in vista.routine.stops if other.stop(stop.stop) is None]


def _match(
    left: list[Looked], right: list[Looked], same: Callable[[Looked], Hashable]
) -> list[tuple[Looked, Looked]]:
    """Pairs that are the same, taken out of both lists."""
    waiting: dict[Hashable, list[Looked]] = {}
    for one in right:
        waiting.setdefault(same(one), []).append(one)
    pairs = [(one, found.pop(0)) for one in left if (found := waiting.get(same(one)))]
    taken = {id(one) for pair in pairs for one in pair}
    for side in (left, right):
        side[:] = [one for one in side if id(one) not in taken]
    return pairs
