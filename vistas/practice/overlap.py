"""Where several people marked the same, for the map of a first look. It counts people, and names none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from vistas.notice import Anchor, LogPattern, Notice, Row, Stretch, WholeStop


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
        case (Row(), Row()) | (LogPattern(), LogPattern()):
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
    """What was marked on one look: anchors that `several` share, one each place, and those of `one` alone."""

    look: str
    several: tuple[Anchor, ...] = ()
    one: tuple[Anchor, ...] = ()


def seen_on(looks: Iterable[str], notices: Sequence[Notice]) -> tuple[Seen, ...]:
    """Look by look, in their order; a look that nobody marked is there, with nothing."""
    people = people_at(notices)
    found = []
    for look in looks:
        here = [each for each in notices if not isinstance(each.anchor, WholeStop) and each.anchor.look == look]
        several = _places([each.anchor for each in here if people[each.id] > 1])
        alone = _places([each.anchor for each in here if people[each.id] == 1])
        found.append(Seen(look, several, alone))
    return tuple(found)


def _places(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """The first anchor of each group of those that overlap, directly or through others."""
    groups: list[list[Anchor]] = []
    for anchor in anchors:
        touched = [group for group in groups if any(overlap(anchor, each) for each in group)]
        merged = [*(each for group in touched for each in group), anchor]
        groups = [group for group in groups if group not in touched] + [merged]
    return tuple(group[0] for group in groups)


def _series_in_common(one: Stretch, other: Stretch) -> bool:
    if not one.series or not other.series:
        return True
    return any(series in other.series for series in one.series)
