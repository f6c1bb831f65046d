"""Which item of a list became which: by name, and where only the name changed, by all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

NAMED: Final = {"stops": "stop", "looks": "look", "queries": "name", "variables": "variable"}
"""The key by which the items of a list are told apart."""


def matched(key: str, old: Sequence[Any], new: Sequence[Any]) -> tuple[int | None, ...]:
    """For each new item the place of the old one that it was, None where there was none."""
    name = NAMED.get(key)
    before = [_identity(item, name) for item in old]
    found: list[int | None] = []
    for item in new:
        places = [place for place, each in enumerate(before) if each == _identity(item, name)]
        found.append(next((place for place in places if place not in found), None))
    for place, was in _changed(old, new, found, name):
        found[place] = was
    return tuple(found)


def _identity(item: Any, name: str | None) -> Any:
    return item[name] if name else item


def _changed(
    old: Sequence[Any], new: Sequence[Any], found: Sequence[int | None], name: str | None
) -> Iterator[tuple[int, int]]:
    """Pairs of items with the same neighbour on one side that nothing else was found for."""
    taken = set(found)
    for place, was in enumerate(found):
        if was is not None:
            continue
        before = found[place - 1] if place else -1
        behind = found[place + 1] if place + 1 < len(found) else len(old)
        beside = [near for near in (_next(before, 1), _next(behind, -1)) if near is not None]
        for near in beside:
            if 0 <= near < len(old) and near not in taken and _alike(old[near], new[place], name):
                taken.add(near)
                yield place, near
                break


def _next(place: int | None, step: int) -> int | None:
    return None if place is None else place + step


def _alike(old: Any, new: Any, name: str | None) -> bool:
    if name is None:
        return True
    keys = [key for key in new if key != name and (new[key] or old.get(key))]
    same = [key for key in keys if old.get(key) == new[key]]
    return 2 * len(same) > len(keys)
