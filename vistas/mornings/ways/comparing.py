"""Walks side by side: their lanes, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Final

from vistas.mornings.ways.aligning import aligned
from vistas.mornings.ways.lanes import lane, title_of
from vistas.mornings.ways.model import Join, Lane, SameThing, Ways, Where
from vistas.practice.walk.overlap import overlap
from vistas.vista import Vista, Walk
from vistas.vista.notice import Anchor, Notice, Stretch
from vistas.vista.replay import timeline

_DAY: Final = timedelta(days=1)


def side_by_side(walks: Sequence[tuple[Vista, Walk]]) -> Ways:
    """A lane a walk, in the order given; a walk without steps has none.

    Each walk comes with its vista as the viewer may see it: without notices that a first look hides.
    """
    walked = [(vista, walk) for vista, walk in walks if walk.steps]
    longest = max((timeline(vista, walk).length for vista, walk in walked), default=_DAY)
    lanes = tuple(lane(vista, walk, longest) for vista, walk in walked)
    stood = [list(dict.fromkeys(stay.stop for stay in each.stays)) for each in lanes]
    noticed = [_stops_noticed_at(each) for each in lanes]
    return Ways(
        lanes,
        tuple(join for pair in pairwise(range(len(lanes))) for join in _joins(lanes, *pair)),
        tuple(_same_things(lanes, [vista for vista, _ in walked])),
        _in_common(stood),
        _in_common(noticed),
        _titles(zip((vista for vista, _ in walked), lanes, strict=True)),
    )


def _titles(lanes: Iterable[tuple[Vista, Lane]]) -> dict[str, str]:
    return {stop: title_of(vista, stop) for vista, each in lanes for stop in _stops(each)}


def _stops(of: Lane) -> Iterator[str]:
    yield from (stay.stop for stay in of.stays)
    yield from (notice.stop for notice in of.besides)


def _notices(of: Lane) -> Iterator[Notice]:
    for stay in of.stays:
        yield from (noticed.notice for noticed in stay.noticed)
    yield from of.besides


def _stops_noticed_at(of: Lane) -> list[str]:
    at = {notice.stop for notice in _notices(of)}
    return [stop for stop in dict.fromkeys(_stops(of)) if stop in at]


def _joins(lanes: Sequence[Lane], left: int, right: int) -> Iterator[Join]:
    """Every stop that both have: where their ways run alike; else once, at the first stay of each."""
    one, other = ([stay.stop for stay in lanes[place].stays] for place in (left, right))
    noticed = set(_stops_noticed_at(lanes[left])) & set(_stops_noticed_at(lanes[right]))
    alike = aligned(one, other)
    crossing = set(one) & set(other) - {one[place] for place, _ in alike}
    pairs = [(pair, True) for pair in alike] + [((one.index(each), other.index(each)), False) for each in crossing]
    for (here, there), in_order in sorted(pairs):
        yield Join(left, right, here, there, one[here], in_order, one[here] in noticed)


def _same_things(lanes: Sequence[Lane], vistas: Sequence[Vista]) -> Iterator[SameThing]:
    for left, right in combinations(range(len(lanes)), 2):
        days = round((vistas[left].window.end - vistas[right].window.end) / _DAY)
        for one in _notices(lanes[left]):
            for other in _notices(lanes[right]):
                moved = _days_later(other.anchor, days)
                if one.id != other.id and one.stop == other.stop and overlap(one.anchor, moved):
                    yield SameThing(left, right, one.stop, one.id, other.id)


def _days_later(anchor: Anchor, days: int) -> Anchor:
    if not isinstance(anchor, Stretch) or not days:
        return anchor
    return anchor.model_copy(update={"start": anchor.start + days * _DAY, "end": anchor.end + days * _DAY})


def _in_common(stops: Sequence[Sequence[str]]) -> tuple[Where, ...]:
    """Stops by which lanes have them; what most lanes have first, then by the lanes."""
    having: Mapping[str, tuple[int, ...]] = {
        stop: tuple(place for place, of_lane in enumerate(stops) if stop in of_lane)
        for each in stops
        for stop in each
    }
    groups = sorted(set(having.values()), key=lambda lanes: (-len(lanes), lanes))
    return tuple(Where(lanes, tuple(stop for stop in having if having[stop] == lanes)) for lanes in groups)
