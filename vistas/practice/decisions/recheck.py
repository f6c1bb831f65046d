"""Makes a small routine of the looks that a decision table links to, to take them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from vistas.errors import PracticeError
from vistas.practice.decisions.state import Evidence, Link
from vistas.routine import Look, Routine, Stop
from vistas.vista import Vista

SLUG = "looked-again"
MOST_STOPS, MOST_LOOKS = 40, 12
"""What one routine and one stop can hold (`vistas.routine`)."""


@dataclass(frozen=True, slots=True)
class Again:
    """`stops` says under which stop of `routine` each link is found; `lost` cannot be asked any more."""

    routine: Routine
    stops: Mapping[UUID, str]
    lost: tuple[Link, ...]


def stop_today(evidence: Evidence, routines: Sequence[Routine], vista: Vista | None) -> Stop | None:
    """The evidence's stop with just its looks, as its routine asks today, else as its vista asked then.

    None where neither is known any more.
    """
    today = next((each for each in routines if each.routine == evidence.routine), None)
    asked = _narrowed(today.find_stop(evidence.stop), evidence) if today else None
    if asked is None and vista is not None and (stop := vista.stop(evidence.stop)) is not None:
        as_then = vista.looks_at(evidence.stop) if evidence.look else stop.looks
        asked = _narrowed(stop.model_copy(update={"looks": tuple(as_then)}), evidence)
    return asked


def _narrowed(stop: Stop | None, evidence: Evidence) -> Stop | None:
    if stop is None:
        return None
    looks = tuple(look for look in stop.looks if look.is_whole and evidence.look in {None, look.look})
    return stop.model_copy(update={"looks": looks}) if looks else None


def look_again(title: str, links: Iterable[Link], find: Callable[[Evidence], Stop | None]) -> Again:
    """The routine that asks every linked look once; links to the same stop share it.

    PracticeError where nothing is linked, where nothing of it can be asked any more, or where it is too much for
    one routine.
    """
    groups: dict[tuple[str, str], Stop] = {}
    places: dict[UUID, tuple[str, str]] = {}
    lost = []
    for link in links:
        stop = find(link.evidence)
        if stop is None:
            lost.append(link)
            continue
        place = places[link.id] = (link.evidence.routine, link.evidence.stop)
        groups[place] = _joined(groups.get(place), stop)
    if not places:
        raise PracticeError(
            "None of the linked looks can be run any more." if lost else "No evidence is linked yet."
        )
    if len(groups) > MOST_STOPS or any(len(stop.looks) > MOST_LOOKS for stop in groups.values()):
        raise PracticeError("More is linked than fits in one walk: 40 stops, 12 looks at each.")
    slugs = _slugs(groups)
    stops = tuple(stop.model_copy(update={"stop": slugs[place]}) for place, stop in groups.items())
    routine = Routine(
        routine=SLUG,
        title=f"Looked again: {title}"[:200],
        about="The looks that show the cues of a decision table, run again.",
        stops=stops,
    )
    return Again(routine, {link: slugs[place] for link, place in places.items()}, tuple(lost))


def _joined(before: Stop | None, stop: Stop) -> Stop:
    if before is None:
        return stop
    looks: dict[str, Look] = {look.look: look for look in (*before.looks, *stop.looks)}
    return before.model_copy(update={"looks": tuple(looks.values())})


def _slugs(places: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """A name of its own for each stop, its own one where nobody else has it."""
    found: dict[tuple[str, str], str] = {}
    for place in places:
        slug, number = place[1], 1
        while slug in found.values():
            number += 1
            slug = f"{place[1][:56]}-{number}"
        found[place] = slug
    return found
