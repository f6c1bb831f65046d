"""What a vista shows: each look is shown, absent because nothing of the kind is here, or in trouble.

The one place that decides it, for pages, the rail, the wrap-up and exports.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot
from vistas.vista.model import Vista

_ABSENT: Final = frozenset({GapReason.NOT_HERE, GapReason.NO_SOURCE})

Lost = frozenset[tuple[str, str, str]]
"""Stop, look and source of what is lost."""


class Standing(StrEnum):
    SHOWN = "shown"
    ABSENT = "absent"
    TROUBLE = "trouble"


def standing(snapshot: Snapshot, lost: Lost = frozenset()) -> Standing:
    """`lost` are looks that had something until lately: that they have nothing now is trouble."""
    if snapshot.gap is None:
        return Standing.SHOWN
    if (snapshot.stop, snapshot.look, snapshot.source) in lost:
        return Standing.TROUBLE
    return standing_of(snapshot.gap.reason)


def standing_of(reason: GapReason) -> Standing:
    """What a gap of this reason is."""
    return Standing.ABSENT if reason in _ABSENT else Standing.TROUBLE


@dataclass(frozen=True, slots=True)
class Lacking:
    """A look with sources that have nothing of the kind; `is_whole` where no other source answers it either."""

    stop: str
    look: Look
    snapshots: tuple[Snapshot, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class StopPresence:
    """`waiting` are looks without any answer so far. A detour's absence is told where it was asked, not here."""

    stop: str
    shown: tuple[Snapshot, ...]
    trouble: tuple[Snapshot, ...]
    lacking: tuple[Lacking, ...]
    waiting: tuple[Look, ...]

    @property
    def is_empty(self) -> bool:
        """Whether all that it looks at was answered, and nothing of the kind is here."""
        return bool(self.lacking) and not (self.shown or self.trouble or self.waiting)

    def folds(self, snapshot: Snapshot) -> bool:
        """Whether it is told in the line at the end of the stop, and not in a place of its own."""
        return any(snapshot in each.snapshots for each in self.lacking)


def presence_at(vista: Vista, stop: str, lost: Lost = frozenset()) -> StopPresence:
    """`lost` as in `standing`."""
    here = vista.at(stop)
    stands = {id(each): standing(each, lost) for each in here}
    absent = [each for each in here if stands[id(each)] is Standing.ABSENT]
    detours = {detour.look.look for detour in vista.detours if detour.stop == stop}
    looks = vista.looks_at(stop)
    answered = Counter(snapshot.look for snapshot in here)
    lacking = ((look, tuple(each for each in absent if each.look == look.look)) for look in looks)
    return StopPresence(
        stop,
        tuple(each for each in here if stands[id(each)] is Standing.SHOWN),
        tuple(each for each in here if stands[id(each)] is Standing.TROUBLE),
        tuple(
            Lacking(stop, look, found, len(found) == answered[look.look])
            for look, found in lacking
            if found and look.look not in detours
        ),
        tuple(look for look in looks if not answered[look.look]),
    )


def lacking_in(vista: Vista, lost: Lost = frozenset()) -> tuple[Lacking, ...]:
    """Of the whole vista, in walking order."""
    return tuple(each for stop in vista.routine.stops for each in presence_at(vista, stop.stop, lost).lacking)


def stops_aside(vista: Vista, lost: Lost = frozenset()) -> frozenset[str]:
    """The stops that a walk passes by: nothing is there, and nobody noticed anything there, now or then."""
    return frozenset(
        stop.stop
        for stop in vista.routine.stops
        if presence_at(vista, stop.stop, lost).is_empty and not _is_noticed(vista, stop.stop)
    )


def _is_noticed(vista: Vista, stop: str) -> bool:
    return bool(vista.noticed_at(stop) or (vista.eyes is not None and vista.eyes.earlier.noticed_at(stop)))
