"""Finds where several people marked the same thing, for the summary of a first look.

It counts people and names none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from uuid import UUID

from vistas.vista.notice import Anchor, LogPattern, Notice, Stretch, TableRow, WholeStop


def overlap(one: Anchor, other: Anchor) -> bool:
    """Whether two anchors hang on the same data: the same row or pattern, or a stretch in common of a series.

    A whole stop is no data. A stretch without series is of all of them.
    """
    match one, other:
        case Stretch(), Stretch():
            return (
                (one.look, one.source) == (other.look, other.source)
                and max(one.start, other.start) <= min(one.end, other.end)
                and _series_in_common(one, other)
            )
        case (TableRow(), TableRow()) | (LogPattern(), LogPattern()):
            return one == other
        case _:
            return False


def people_at(notices: Sequence[Notice]) -> Mapping[UUID, int]:
    """For each notice that hangs on data: how many people, its author among them, marked what it overlaps."""
    return {
        notice.id: len({each.author for each in notices if overlap(notice.anchor, each.anchor)})
        for notice in notices
        if not isinstance(notice.anchor, WholeStop)
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What was marked on one look: what anchors of `several` people have in common, and places of `one` alone."""

    look: str
    several: tuple[Anchor, ...] = ()
    one: tuple[Anchor, ...] = ()


def seen_on(looks: Iterable[str], notices: Sequence[Notice]) -> tuple[Seen, ...]:
    """Look by look, in their order; a look that nobody marked is there, with nothing."""
    people = people_at(notices)
    found = []
    for look in looks:
        here = [each for each in notices if not isinstance(each.anchor, WholeStop) and each.anchor.look == look]
        several = _places(
            [
                _in_common(one.anchor, other.anchor)
                for one, other in combinations(here, 2)
                if one.author != other.author and overlap(one.anchor, other.anchor)
            ]
        )
        alone = _places([each.anchor for each in here if people[each.id] == 1])
        found.append(Seen(look, several, alone))
    return tuple(found)


def _in_common(one: Anchor, other: Anchor) -> Anchor:
    """What two anchors that overlap share; rows and patterns that overlap are the same."""
    if not isinstance(one, Stretch) or not isinstance(other, Stretch):
        return one
    both = tuple(series for series in one.series if series in other.series) or one.series or other.series
    span = {"start": max(one.start, other.start), "end": min(one.end, other.end)}
    return one.model_copy(update={**span, "series": both})


def _places(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Each place once: stretches of the same series that overlap become the one that spans them."""
    found: list[Anchor] = []
    for anchor in anchors:
        touched = [each for each in found if _same_place(anchor, each)]
        found = [each for each in found if each not in touched]
        found.append(reduce(_spanning, touched, anchor))
    return tuple(found)


def _same_place(one: Anchor, other: Anchor) -> bool:
    if isinstance(one, Stretch) and isinstance(other, Stretch) and one.series != other.series:
        return False
    return overlap(one, other)


def _spanning(one: Anchor, other: Anchor) -> Anchor:
    if not isinstance(one, Stretch) or not isinstance(other, Stretch):
        return one
    return one.model_copy(update={"start": min(one.start, other.start), "end": max(one.end, other.end)})


def _series_in_common(one: Stretch, other: Stretch) -> bool:
    if not one.series or not other.series:
        return True
    return any(series in other.series for series in one.series)
