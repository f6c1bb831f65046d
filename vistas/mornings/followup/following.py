"""Finds a notice again in another vista, and says what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from uuid import UUID

from vistas.mornings.followup.looks import NoPair, pair_of
from vistas.mornings.followup.outcome import FollowUp, Outcome
from vistas.mornings.followup.patterns import follow_pattern
from vistas.mornings.followup.rows import follow_row
from vistas.mornings.followup.saying import Mornings, Told
from vistas.mornings.followup.stretches import follow_stretch
from vistas.vista import Vista
from vistas.vista.notice import LogPattern, Notice, Stretch, TableRow, WholeStop


def follow_up(notice: Notice, then: Vista, now: Vista, *, day: str = "today", zone: tzinfo = UTC) -> FollowUp:
    """What became of `notice`, made in `then`, in the data of `now`.

    `day` is how the day of `now` is called within a sentence (*today*, *on Friday*); clock times are those of
    `zone`. Reads the frames of that look in both vistas and, where it is not there any more, those that list pods
    and their owners.
    """
    return _follow(Told(notice, Mornings(then, now, day, zone)))


def follow_all(
    notices: Iterable[Notice], then: Vista, now: Vista, *, day: str = "today", zone: tzinfo = UTC
) -> Iterator[FollowUp]:
    """As `follow_up` for each of several notices of one vista; what is looked up for one serves the others."""
    both = Mornings(then, now, day, zone)
    return (_follow(Told(notice, both)) for notice in notices)


def _follow(told: Told) -> FollowUp:
    notice, both, anchor = told.notice, told.both, told.notice.anchor
    if isinstance(anchor, WholeStop):
        return _whole_stop(told)
    pair = pair_of(notice.stop, anchor.look, anchor.source, both.then, both.now, both.day)
    if isinstance(pair, NoPair):
        return told.incomparable(pair.reason, remarks=pair.remarks)
    match anchor:
        case Stretch():
            return follow_stretch(told, anchor, pair)
        case TableRow():
            return follow_row(told, anchor, pair)
        case LogPattern():
            return follow_pattern(told, anchor, pair)


def _whole_stop(told: Told) -> FollowUp:
    if told.both.now.stop(told.notice.stop) is None:
        return told.incomparable(f"that stop is not in the routine {told.both.day}")
    return told.result(Outcome.READ_YOURSELF, "not in the data: read it yourself", anchors=(WholeStop(),))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A notice in one of several vistas."""

    vista: UUID
    name: str
    begun_at: datetime
    found: FollowUp


def follow_through(
    notice: Notice, then: Vista, mornings: Iterable[Vista], *, zone: tzinfo = UTC
) -> Iterator[Sighting]:
    """A notice's own history: what became of it in one vista after the other.

    Each vista is asked for only when the one before was read, so that one at a time is held.
    """
    for morning in mornings:
        day = _on(morning.window.end.astimezone(zone), then.window.end.astimezone(zone))
        found = follow_up(notice, then, morning, day=day, zone=zone)
        yield Sighting(morning.id, morning.name, morning.begun_at, found)


def _on(day: datetime, than: datetime) -> str:
    """`on 20 November`, with the year where it is another one."""
    return f"on {day.day} {day:%B}{f' {day.year}' if day.year != than.year else ''}"
