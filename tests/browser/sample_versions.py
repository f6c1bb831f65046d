"""A routine that a small team changed and forked over some weeks: what the guide's picture shows."""

from __future__ import annotations

from datetime import datetime, timedelta

from vistas.practice.routines import Routines
from vistas.routine import Look, Routine, Stop
from vistas.snapshot import Window
from vistas.store import Store
from vistas.vista import Step, Vista, Walk, new_id

WALKERS = ("Maya", "Jonas", "Ana")
DELIVERIES = Stop(
    stop="deliveries",
    title="Deliveries",
    question="Is every parcel of yesterday on its way?",
    why="The help desk knows before us when parcels are late.",
    normal="A handful without a label, and none older than an hour.",
    plainly="Parcels that were ordered, and whether the carrier has them.",
    looks=(
        Look(
            look="unlabelled",
            title="Orders without a label, by hour",
            source="prometheus",
            take="range",
            query=("sum(increase(orders_without_label_total[1h]))",),
        ),
        Look(
            look="carrier",
            title="What the carrier's service answered",
            source="prometheus",
            take="range",
            query=("sum by (code) (rate(carrier_responses_total[5m]))",),
        ),
    ),
)


def change(store: Store, now: datetime) -> None:
    """Three versions of the first routine, walked on many mornings, and two forks of it."""
    routines = Routines(store.journals)
    first = routines.find("landscape")
    for days in range(28, 40):
        _walk(store, first, now - timedelta(days=days))
    routines.fork(
        first,
        title="Ten minutes for the help desk",
        because="Plain words first.",
        by="Lea",
        at=now - timedelta(days=41),
    )
    second = routines.save(
        _without_disks(first),
        because="Certificates one by one, by their host.",
        by="Jonas",
        at=now - timedelta(days=27),
    )
    for days in (0, 1, 2, 3, 6, 7, 8, 9):
        _walk(store, second, now - timedelta(days=days))
    search = routines.fork(second, title="Search, before the others wake", by="Ana", at=now - timedelta(days=19))
    routines.save(
        search.model_copy(update={"minutes": 5}), because="Shorter.", by="Ana", at=now - timedelta(days=15)
    )
    routines.save(
        _with_deliveries(second),
        because="The help desk knows before us when parcels are late. So let us look there, and early.",
        by="Maya",
        at=now - timedelta(minutes=5),
    )


def _walk(store: Store, routine: Routine, begun: datetime) -> None:
    walker = WALKERS[begun.toordinal() % len(WALKERS)]
    walk = Walk(new_id(), walker, (Step(routine.stops[0].stop, begun, begun + timedelta(minutes=1)),))
    window = Window.ending(begun, routine.window)
    store.put(Vista(new_id(), routine, window, walker, begun, title="A morning", walks=(walk,)))


def _without_disks(routine: Routine) -> Routine:
    *stops, horizon = routine.stops
    looks = tuple(look for look in horizon.looks if look is not horizon.looks[0])
    return routine.model_copy(update={"stops": (*stops, horizon.model_copy(update={"looks": looks}))})


def _with_deliveries(routine: Routine) -> Routine:
    """Errors come before the front door, over longer, and Deliveries after them."""
    stops = {stop.stop: stop for stop in routine.stops}
    errors, pace = stops.pop("errors"), stops["pace"]
    looks = tuple(
        look.model_copy(update={"query": tuple(each.replace("5m", "15m") for each in look.query)})
        for look in errors.looks
    )
    stops["pace"] = pace.model_copy(update={"normal": "Below 0.8 s, checkout below 1.2 s."})
    first, *others = stops.values()
    moved = (first, errors.model_copy(update={"looks": looks}), DELIVERIES, *others)
    return routine.model_copy(update={"stops": moved})
