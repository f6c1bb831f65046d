"""Two changes of one routine put together, as far as they are apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from vistas.routine.model import Routine

_NAMED: Final = {"stops": "stop", "looks": "look", "queries": "name", "variables": "variable"}
_SIGNED: Final = ("version", "by", "because", "after")
_GONE: Final = object()


class Merged(NamedTuple):
    """`clashes` are the places that both changed, each in another way, such as `door · question`.

    `routine` has theirs at those.
    """

    routine: Routine
    clashes: tuple[str, ...]


def merged(base: Routine, mine: Routine, theirs: Routine) -> Merged:
    """Theirs with mine on top: what I changed of `base`, and for the rest what they made of it.

    Versions and their signatures are theirs.
    """
    merging = _Merging()
    trees = [each.model_dump(mode="json", exclude=set(_SIGNED)) for each in (base, mine, theirs)]
    tree = merging.mapping((), *trees)
    signed = {key: getattr(theirs, key) for key in _SIGNED}
    return Merged(Routine.model_validate({**tree, **signed}), tuple(dict.fromkeys(merging.clashes)))


class _Merging:
    def __init__(self) -> None:
        self.clashes: list[str] = []

    def value(self, way: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if all(isinstance(each, Mapping) for each in (base, mine, theirs)):
            return self.mapping(way, base, mine, theirs)
        if way[-1] in _NAMED and all(isinstance(each, list) for each in (base, mine, theirs)):
            return self.items(way, base, mine, theirs)
        self.clashes.append(_told(way))
        return theirs

    def mapping(
        self, way: tuple[str, ...], base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> dict[str, Any]:
        put = {
            key: self.value((*way, key), *(each.get(key, _GONE) for each in (base, mine, theirs)))
            for key in dict.fromkeys((*theirs, *mine))
        }
        return {key: value for key, value in put.items() if value is not _GONE}

    def items(self, way: tuple[str, ...], base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
        """By name. One that I took out and they changed, or the other way about, stays, and is a clash."""
        key = _NAMED[way[-1]]
        named = [{item[key]: item for item in each} for each in (base, mine, theirs)]
        put = {
            name: self._item((*way, name), *(each.get(name, _GONE) for each in named))
            for name in _order(*(list(each) for each in named))
        }
        if _both_moved(*(list(each) for each in named)):
            self.clashes.append(_told((*way[:-1], f"order of {way[-1]}")))
        return [item for item in put.values() if item is not _GONE]

    def _item(self, way: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        put = self.value(way, base, mine, theirs)
        return mine if put is _GONE and mine not in (_GONE, base) else put


def _told(way: Iterable[str]) -> str:
    return " · ".join(part for part in way if part not in _NAMED)


def _order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """Theirs, unless only I changed it; what is new in the other one stands behind what it stands behind there."""
    first, second = (mine, theirs) if _moved(base, mine) and not _moved(base, theirs) else (theirs, mine)
    order = list(first)
    for place, name in enumerate(second):
        if name not in order:
            before = next((each for each in reversed(second[:place]) if each in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, name)
    yield from order


def _moved(base: Sequence[str], other: Sequence[str]) -> bool:
    both = set(base) & set(other)
    return [each for each in base if each in both] != [each for each in other if each in both]


def _both_moved(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return _moved(base, mine) and _moved(base, theirs) and _moved(mine, theirs)
