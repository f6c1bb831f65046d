"""A dashboard that was read as the first entry of its journal: without secrets, and with what is told folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vistas.importing import Imported, Remark, Thing, propose
from vistas.practice.imports.entries import Brought
from vistas.practice.imports.state import Tally, Telling, Told

_NAMED = 8
"""So many places are kept of what is said alike of several."""


def brought(imported: Imported, mask: Callable[[str], str]) -> Brought:
    """ValueError where nothing of it can be looked at. `mask` is what may be kept of a text."""
    proposal = propose(imported)
    stops = tuple(
        stop.model_copy(update={"looks": tuple(look.masked(mask) for look in stop.looks)})
        for stop in proposal.stops
    )
    return Brought(
        routine=proposal.routine.model_copy(update={"stops": stops[:1]}),
        stops=stops,
        chosen=proposal.chosen,
        telling=told(imported, mask),
    )


def told(imported: Imported, mask: Callable[[str], str]) -> Telling:
    report = imported.report
    return Telling(
        where=mask(imported.where),
        form=imported.form.value,
        tallies=tuple(
            Tally(thing=thing.value, came_in=report.came_in(thing), carried=report.carried[thing])
            for thing in Thing
            if report.came_in(thing)
        ),
        left=_folded(report.left, mask),
        changed=_folded(report.changed, mask),
        unchecked=_folded(report.unchecked, mask),
    )


def _folded(remarks: Sequence[Remark], mask: Callable[[str], str]) -> tuple[Told, ...]:
    """One for each reason, said most often first."""
    places: dict[str, list[str]] = {}
    for remark in remarks:
        places.setdefault(remark.reason, []).append(remark.where)
    folded = [
        Told(reason=mask(reason), places=tuple(mask(each) for each in where[:_NAMED]), times=len(where))
        for reason, where in places.items()
    ]
    return tuple(sorted(folded, key=lambda each: -each.times))
