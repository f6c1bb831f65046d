"""What a routine once looked at and does no longer, and how it is brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vistas.errors import RoutineError
from vistas.practice.routines.state import Version
from vistas.routine import Look, Routine, Stop
from vistas.routine.slugs import Slugs

MOST_STOPS: Final = 40
MOST_LOOKS: Final = 12


@dataclass(frozen=True, slots=True)
class Stopped:
    """A look of an earlier version. `until` is the last version that had it; `place` its stop's place in that."""

    stop: Stop
    look: Look
    until: Version
    place: int


def stopped_looking_at(versions: Sequence[Version]) -> tuple[Stopped, ...]:
    """What the newest version looks at nowhere, what was left out last first."""
    if not versions:
        return ()
    newest = versions[-1].routine
    known = {(stop.stop, look.look) for stop, look in newest.looks()}
    asked = {(look.source, look.question) for _, look in newest.looks()}
    found: list[Stopped] = []
    for version in reversed(versions[:-1]):
        for place, stop in enumerate(version.routine.stops):
            for look in stop.looks:
                if (stop.stop, look.look) in known or (look.source, look.question) in asked:
                    continue
                known.add((stop.stop, look.look))
                asked.add((look.source, look.question))
                found.append(Stopped(stop, look, version, place))
    return tuple(found)


def brought_back(routine: Routine, stopped: Stopped) -> Routine:
    """At its stop, or with its stop at its old place. RoutineError where there is no room."""
    there = routine.find_stop(stopped.stop.stop)
    if there is None:
        return _with_its_stop(routine, stopped)
    if len(there.looks) >= MOST_LOOKS:
        raise RoutineError(f"{there.title} has {MOST_LOOKS} looks, and no room for another one")
    named = Slugs(frozenset(look.look for look in there.looks)).give(stopped.look.look, "look")
    look = stopped.look.model_copy(update={"look": named})
    wider = there.model_copy(update={"looks": (*there.looks, look)})
    return _with_stops(routine, [wider if stop is there else stop for stop in routine.stops])


def _with_its_stop(routine: Routine, stopped: Stopped) -> Routine:
    if len(routine.stops) >= MOST_STOPS:
        raise RoutineError(f"{routine.title} has {MOST_STOPS} stops, and no room for another one")
    stops = list(routine.stops)
    stops.insert(stopped.place, stopped.stop.model_copy(update={"looks": (stopped.look,)}))
    return _with_stops(routine, stops)


def _with_stops(routine: Routine, stops: Sequence[Stop]) -> Routine:
    return routine.model_copy(update={"stops": tuple(stops), "written_as": ""})
