"""A routine fitted to its landscape: without the looks for which nothing of the kind is there."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.routine import Look, Routine, Stop
from vistas.vista.good_news import is_good_news
from vistas.vista.model import Vista
from vistas.vista.presence import Lacking, Lost, lacking_in

Question = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """`routine` is what is left of it. `looks` go, each with its stop; `stops` are those that lose all of them."""

    routine: Routine
    looks: tuple[tuple[Stop, Look], ...]
    stops: tuple[Stop, ...]


def fitted(routine: Routine, vista: Vista, lost: Lost = frozenset()) -> Fitted | None:
    """A version of a routine without what was absent in a vista of it; None where nothing would go, or all.

    A look goes where it asks what was asked then, and no source had anything of the kind; it stays where that is
    good news, and where what it shows is `lost`. A stop goes with the last of its looks.
    """
    lacking = lacking_in(vista, lost)
    absent = {(each.stop, each.look.look): _asked(each.look) for each in lacking if _is_missed(each)}
    asks = _questions(routine, vista)
    gone = {place for place, asked in absent.items() if asks.get(place) == asked}
    left = [_without(stop, gone) for stop in routine.stops]
    stops = tuple(stop for stop in left if stop.looks)
    if not gone or not stops:
        return None
    return Fitted(
        routine.model_copy(update={"stops": stops, "written_as": ""}),
        tuple((stop, look) for stop, look in routine.looks() if (stop.stop, look.look) in gone),
        tuple(before for before, after in zip(routine.stops, left, strict=True) if not after.looks),
    )


def _is_missed(lacking: Lacking) -> bool:
    """Whether no source has it, and that is no good news."""
    absent = [each for snapshot in lacking.snapshots for each in snapshot.provenance.absent]
    return lacking.is_whole and not (absent and all(map(is_good_news, absent)))


def _questions(routine: Routine, vista: Vista) -> dict[tuple[str, str], Question]:
    """What each look asks where the same is chosen as in the vista."""
    chosen = {each.variable: each.chosen for each in vista.routine.variables if each.is_resolved}
    try:
        walked = routine.choosing(chosen)
    except ValueError:
        walked = routine
    return {(stop.stop, look.look): _asked(look) for stop, look in walked.looks()}


def _asked(look: Look) -> Question:
    return (look.source, *look.question)


def _without(stop: Stop, gone: set[tuple[str, str]]) -> Stop:
    looks = tuple(look for look in stop.looks if (stop.stop, look.look) not in gone)
    return stop.model_copy(update={"looks": looks})
