"""What of a dashboard to walk first: a dashboard of a hundred panels is no morning."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.importing.importing import Imported
from vistas.importing.stops import says_why
from vistas.routine import Routine, Stop
from vistas.routine.slugs import Slugs

MOST_PROPOSED = 8
"""About ten minutes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """All stops in the dashboard's order, each under a name of its own, and those that are proposed.

    `routine` has what is said around them.
    """

    routine: Routine
    stops: tuple[Stop, ...]
    chosen: frozenset[str]


def propose(imported: Imported) -> Proposal:
    """What the dashboard folds is left for later, and of the rest the eight stops that it says most about.

    Those first that say what is normal, then those that say why, then those that stand higher. ValueError where
    nothing of the dashboard can be looked at.
    """
    if not imported.routines:
        raise ValueError("nothing of this dashboard can be looked at here")
    slugs = Slugs()
    stops: list[Stop] = []
    shown: list[Stop] = []
    for routine in imported.routines:
        for stop in routine.stops:
            stops.append(stop.model_copy(update={"stop": slugs.give(stop.stop, "stop")}))
            if (routine.routine, stop.stop) not in imported.folded:
                shown.append(stops[-1])
    worth = sorted(shown or stops, key=_worth)
    chosen = frozenset(stop.stop for stop in worth[:MOST_PROPOSED])
    return Proposal(_as_one(imported), tuple(stops), chosen)


def _worth(stop: Stop) -> tuple[bool, bool]:
    """Least is best; a sort keeps the order of those that are alike."""
    has_normal = any(look.normal_below is not None or look.normal_above is not None for look in stop.looks)
    return not has_normal, not says_why(stop)


def _as_one(imported: Imported) -> Routine:
    """The first of its parts, with the variables of all."""
    first = imported.routines[0]
    variables = {each.variable: each for routine in imported.routines for each in routine.variables}
    title = imported.title or first.title
    return first.model_copy(update={"title": title, "variables": tuple(variables.values())})
