"""Two vistas, look by look: the frames of few looks are read at a time, and none is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Final

from vistas.mornings.comparison.alignment import Aligned, Looked, align
from vistas.mornings.comparison.looks import compare_snapshots
from vistas.mornings.comparison.model import (
    MOST,
    Difference,
    LookDifference,
    Side,
    StopDifference,
    VistaDifference,
)
from vistas.routine import Routine
from vistas.vista import Vista

AT_ONCE: Final = 2
"""So many looks are compared at a time: while one is read, another is joined."""


def compare_vistas(then: Vista, now: Vista, *, most: int = MOST) -> VistaDifference:
    """What is different, stop by stop in the walking order of `now`; other routines are aligned look by look.

    Of each look at most so many changes are told one by one; all are counted.
    """
    aligned = align(then, now)
    with ThreadPoolExecutor(AT_ONCE) as workers:
        looks = list(workers.map(lambda pair: compare_looked(*pair, most=most), aligned.pairs))
    return put_together(then, now, aligned, looks)


def put_together(then: Vista, now: Vista, aligned: Aligned, looks: Sequence[LookDifference]) -> VistaDifference:
    """What `compare_vistas` gives, of the looks that were compared so far: the first pairs, or all of them."""
    return VistaDifference(
        then=_side(then),
        now=_side(now),
        stops=tuple(_stops(now, looks)),
        only_then=tuple(one.place for one in aligned.only_then),
        only_now=tuple(one.place for one in aligned.only_now),
        notes=tuple(_notes(then, now)),
    )


def _side(vista: Vista) -> Side:
    routine = vista.routine
    return Side(vista.id, vista.name, vista.author, routine.routine, routine.title, routine.version, vista.window)


def _stops(now: Vista, looks: Sequence[LookDifference]) -> Iterator[StopDifference]:
    for slug, here in groupby(looks, key=lambda look: look.now.stop):
        stop = now.stop(slug)
        assert stop is not None  # noqa: S101 - its looks were aligned
        yield StopDifference(slug, stop.title, stop.question, tuple(here))


def compare_looked(then: Looked, now: Looked, *, most: int = MOST) -> LookDifference:
    """Two looks that were aligned. The frames are read here and not kept."""
    frame = now.snapshot.frame if now.snapshot else None
    kind = frame.kind if frame else None
    return LookDifference(then.place, now.place, kind, _difference(then, now, most))


def _difference(then: Looked, now: Looked, most: int) -> Difference:
    if then.snapshot is None or now.snapshot is None:
        when = "on either side" if then.snapshot is now.snapshot else "then" if then.snapshot is None else "now"
        return Difference(incomparable=f"It was not gathered {when}.")
    return compare_snapshots(then.snapshot, now.snapshot, now.look, most=most)


def _chosen(routine: Routine) -> tuple[tuple[str, ...], ...]:
    return tuple(each.chosen for each in routine.variables)


def _notes(then: Vista, now: Vista) -> Iterator[str]:
    before, after = then.routine, now.routine
    if before.routine != after.routine:
        yield f"Two routines: {before.title} then, {after.title} now. Looks that ask the same are compared."
    elif before.version != after.version:
        yield f"Two versions of one routine: {before.version} then, {after.version} now."
    if before.routine == after.routine and _chosen(before) != _chosen(after):
        yield f"Walked with different choices: {before.name} then, {after.name} now."
    if then.window.span != now.window.span:
        yield "The two windows are of different length: what tables and logs count over them differs for that."
    if now.window.end < then.window.end:
        yield "What is called then is the later of the two mornings."
