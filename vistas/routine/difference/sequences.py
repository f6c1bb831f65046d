"""What of a sequence moved, came or went."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Paired(Generic[T]):
    """`pairs` holds what stands in both, earlier and later; the others keep the order they have."""

    pairs: tuple[tuple[T, T], ...]
    gone: tuple[T, ...]
    new: tuple[T, ...]

    def further(self, key: Callable[[T], Hashable]) -> Paired[T]:
        """With those of `gone` and `new` paired as well that share a key; of several the first."""
        more = pair(self.gone, self.new, key)
        return Paired((*self.pairs, *more.pairs), more.gone, more.new)


def pair(earlier: Iterable[T], later: Iterable[T], key: Callable[[T], Hashable]) -> Paired[T]:
    """By their keys. What has None as its key pairs with nothing; each of several with one key pairs once."""
    left = dict(enumerate(earlier))
    waiting: dict[Hashable, list[int]] = {}
    for place, each in left.items():
        waiting.setdefault(key(each), []).append(place)
    pairs, new = [], []
    for each in later:
        named = key(each)
        if named is not None and waiting.get(named):
            pairs.append((left.pop(waiting[named].pop(0)), each))
        else:
            new.append(each)
    return Paired(tuple(pairs), tuple(left.values()), tuple(new))


def moved(earlier: Sequence[K], later: Sequence[K]) -> frozenset[K]:
    """As few as can be: those outside a longest sequence whose order stayed. Both hold the same, each once."""
    places = {item: place for place, item in enumerate(earlier)}
    return frozenset(later) - _in_order([places[item] for item in later], later)


def _in_order(places: Sequence[int], items: Sequence[K]) -> frozenset[K]:
    """The items of a longest increasing subsequence of their places."""
    ends: list[int] = []
    """The smallest place that a sequence of each length ends with, by its index."""
    indices: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(indices[length - 1] if length else None)
        ends[length:] = [place] if length == len(ends) else [place, *ends[length + 1 :]]
        indices[length:] = [index] if length == len(indices) else [index, *indices[length + 1 :]]
    kept: set[K] = set()
    last = indices[-1] if indices else None
    while last is not None:
        kept.add(items[last])
        last = before[last]
    return frozenset(kept)
