"""Then and now of one look, opened side by side in another tool."""

from __future__ import annotations

from dashboards import elsewhere
from vistas.linking import Link
from vistas.mornings.comparison import LookAt, LookDifference
from vistas.routine import Look
from vistas.snapshot import Provenance
from vistas.vista import Vista


def link_to_both(then: Vista, now: Vista, looks: LookDifference) -> Link | None:
    """None where they cannot both be seen there."""
    before, after = _asked(then, looks.then), _asked(now, looks.now)
    return elsewhere.then_and_now_of(before, after) if before and after else None


def _asked(vista: Vista, place: LookAt) -> tuple[Look, Provenance] | None:
    look = next((each for each in vista.looks_at(place.stop) if each.look == place.look), None)
    given = (each for each in vista.at(place.stop) if (each.look, each.source) == (place.look, place.source))
    snapshot = next(given, None)
    return (look, snapshot.provenance) if look and snapshot else None
