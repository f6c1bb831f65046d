"""Which looks of a routine went stale, by what became of them on its last mornings.

A look is stale once it answered, and then for some mornings in a row had nothing of what it asks for: a metric or
a label that is gone, a value that nothing has, or an error of its own. Three are enough where a newer name is
known, or where it fails. Else it takes seven, since many series are there only while something is wrong, and that
there are none is good news; so is an empty answer to a query whose series are all there. A tool that could not be
reached says nothing about the routine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from uuid import UUID

from vistas.mornings.stale.model import Stale, Why
from vistas.mornings.stale.suggesting import mendings
from vistas.routine import Look, Routine
from vistas.snapshot import GapReason
from vistas.store import Trace, TracedMorning
from vistas.vista.good_news import is_good_news

FEWEST: Final = 3
"""Mornings in a row without anything, where it is plain why."""
PATIENT: Final = 7
"""The same where it may be good news."""
MOST: Final = 30
"""Mornings that are looked back."""
_OWN_ERRORS: Final = frozenset({GapReason.REFUSED, GapReason.GARBLED})


class _Became(Enum):
    ANSWERED = auto()
    NOTHING = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class _Seen:
    morning: TracedMorning
    trace: Trace


def find_stale(routine: Routine, mornings: Sequence[TracedMorning]) -> tuple[Stale, ...]:
    """In walking order. `mornings` are of this routine, the newest first; its looks are found by what they ask."""
    digest = routine.digest
    same = frozenset(morning.vista for morning in mornings if morning.routine.digest == digest)
    return tuple(
        found for stop, look in routine.looks() for found in _of_look(stop.stop, look, routine, mornings, same)
    )


def _of_look(
    stop: str, look: Look, routine: Routine, mornings: Sequence[TracedMorning], same: frozenset[UUID]
) -> Iterator[Stale]:
    """`same` are the mornings on which this very version was walked."""
    by_source: dict[str, list[_Seen]] = {}
    for morning in mornings:
        if morning.vista not in same and not _asked(stop, look, routine, morning):
            continue
        for trace in morning.traces:
            if (trace.stop, trace.look) == (stop, look.look):
                by_source.setdefault(trace.provenance.source, []).append(_Seen(morning, trace))
    for source, seen in by_source.items():
        if found := _judge(stop, look, source, seen):
            yield found


def _asked(stop: str, look: Look, routine: Routine, morning: TracedMorning) -> bool:
    """Whether the same was asked then, whatever was chosen for the routine's variables."""
    there = morning.routine.find_stop(stop)
    then = next((each for each in there.looks if each.look == look.look), None) if there else None
    if then is None:
        return False
    if then.question == look.question:
        return True
    chosen = {each.variable: each.chosen for each in morning.routine.variables if each.is_resolved}
    try:
        walked = routine.choosing(chosen).find_stop(stop)
    except ValueError:
        return False
    return walked is not None and any(each.question == then.question for each in walked.looks)


def _judge(stop: str, look: Look, source: str, seen: Sequence[_Seen]) -> Stale | None:
    empty: list[_Seen] = []
    for each in seen:
        became = _became(each.trace)
        if became is _Became.NOTHING:
            empty.append(each)
        elif became is _Became.ANSWERED:
            if not empty or len(empty) < _enough(look, empty[0].trace):
                return None
            newest = empty[0].trace
            return Stale(
                stop,
                look,
                source,
                _why(newest),
                len(empty),
                empty[-1].morning.begun_at,
                each.morning.begun_at,
                newest.provenance.absent,
                newest.reason,
            )
    return None


def _became(trace: Trace) -> _Became:
    absent = trace.provenance.absent
    if absent and all(map(is_good_news, absent)):
        return _Became.ANSWERED
    if trace.reason is None:
        return _Became.NOTHING if absent else _Became.ANSWERED
    return (
        _Became.NOTHING if trace.reason is GapReason.NOT_HERE or trace.reason in _OWN_ERRORS else _Became.UNKNOWN
    )


def _enough(look: Look, newest: Trace) -> int:
    is_plain = newest.reason in _OWN_ERRORS or any(mendings(look, newest.provenance.absent))
    return FEWEST if is_plain else PATIENT


def _why(trace: Trace) -> Why:
    absent = trace.provenance.absent
    if any(each.is_metric for each in absent):
        return Why.METRIC
    if any(each.is_label for each in absent):
        return Why.LABEL
    if absent:
        return Why.VALUE
    return Why.ERROR if trace.reason in _OWN_ERRORS else Why.NOTHING
