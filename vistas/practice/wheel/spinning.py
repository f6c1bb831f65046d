"""Decides where the wheel stops: once, on the server, with odds that everybody can see.

All segments have the same weight, except that one that came up in the last `RECENT_SPINS` spins, on this wheel or
another, has `RECENT_WEIGHT` of it. A segment's chance is its share of all weights. Nothing else counts: not who
spins, not who answered, not who passed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from vistas.errors import JournalMoved, PracticeError
from vistas.practice.landscape import Part
from vistas.practice.notebook import Notebook
from vistas.practice.wheel.entries import Spun, WheelEntry
from vistas.practice.wheel.state import CameUp, Landed, Turn, Wheel
from vistas.vista import new_id

RECENT_SPINS = 8
RECENT_WEIGHT = 0.25
WHEELS = 12
"""How many wheels, those written in last, are looked through for what came up lately."""
ATTEMPTS = 20
EDGE = 0.12
"""A ring never stops so close to the edge of a segment that people argue; as a share of the segment's width."""

Odds = tuple[tuple[Part, float], ...]


def odds(segments: Sequence[Part], lately: Collection[str]) -> Odds:
    """Each segment's chance, in the order given; they sum up to 1. `recent_keys` holds keys of what came up."""
    weights = [RECENT_WEIGHT if part.key in lately else 1.0 for part in segments]
    total = sum(weights)
    return tuple((part, weight / total) for part, weight in zip(segments, weights, strict=True))


def recent_keys(spins: Iterable[CameUp], most: int = RECENT_SPINS) -> frozenset[str]:
    """The keys of what came up in the newest spins, of whatever wheel."""
    newest = sorted(spins, key=lambda spin: spin.at)[-most:]
    return frozenset(key for spin in newest for key in spin.keys)


def recently_landed(wheels: Notebook[Wheel, WheelEntry]) -> frozenset[str]:
    """On any wheel of this store."""
    return recent_keys(spin for head in wheels.find(limit=WHEELS) for spin in wheels.read(head.id).came_up)


def land(chances: Odds, chance: Random) -> Landed:
    """Stop at one of them; ValueError without any. Two numbers are taken from `chance`."""
    (part,) = chance.choices([part for part, _ in chances], [share for _, share in chances])
    return Landed(part=part, at=EDGE + (1 - 2 * EDGE) * chance.random(), odds=chances)


def spin(
    wheels: Notebook[Wheel, WheelEntry],
    journal: UUID,
    *,
    seen: UUID | None,
    by: str,
    at: datetime,
    chance: Random,
) -> Turn:
    """Turn the wheel; `seen` is the newest turn that `by` had before them.

    Where somebody has spun since, that turn is given: of all who press at once, one spins. What else is written at
    the same moment is taken into account. PracticeError where nothing is on the wheel.
    """
    for _ in range(ATTEMPTS):
        revision, wheel = wheels.read_at(journal)
        if wheel.turn is not None and wheel.turn.id != seen:
            return wheel.turn
        try:
            turned = decide(wheel, recently_landed(wheels), chance)
            wheels.write(journal, turned, by=by, at=at, expected_revision=revision)
        except JournalMoved:
            continue
        return wheels.read(journal).turns[len(wheel.turns)]
    raise PracticeError("Too many people are using this wheel right now. Try again.")


def decide(wheel: Wheel, known: Collection[str], chance: Random) -> Spun:
    """One spin of both rings, without writing it."""
    if not wheel.segments:
        raise PracticeError("There is nothing on this wheel yet: fill it from the landscape, or add a question.")
    what = land(odds(wheel.segments, known), chance)
    who = land(odds(wheel.ring, known), chance) if wheel.ring else None
    return Spun(id=new_id(), after=wheel.turn_id, what=what, who=who)
