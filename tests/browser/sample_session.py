"""A session of a small team, as if they had practised for an hour: what the guide's pictures show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

from vistas.practice import Notebooks
from vistas.practice.decisions import Field
from vistas.practice.decisions.entries import DecisionEntry, RowAdded, Wrote
from vistas.practice.landscape import landscape
from vistas.practice.matrix import Hardness
from vistas.practice.matrix.entries import Believed, ElementAdded
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Joined, Planned, Turned
from vistas.practice.wheel.entries import Filled
from vistas.practice.wheel.spinning import spin
from vistas.store import Search, Store
from vistas.vista import new_id

NEEDS = {
    "shop": {"checkout": Hardness.STOPS, "search": Hardness.DEGRADES, "media": Hardness.SLOWS},
    "checkout": {"payments": Hardness.STOPS, "database": Hardness.STOPS, "mail": Hardness.SLOWS},
    "search": {"database": Hardness.DEGRADES},
    "payments": {"checkout": Hardness.DEGRADES},
    "media": {"storage": Hardness.STOPS},
}
OTHERWISE = {("shop", "search"): Hardness.STOPS, ("checkout", "mail"): Hardness.STOPS}
"""What a second person believes of these cells."""
THE_NIGHT = (
    {
        Field.DECISION: "Roll checkout back, or wait for the fix?",
        Field.DIFFICULT: "The fix was promised in ten minutes, three times.",
        Field.ERRORS: "Believing the promise a second time.",
        Field.CUES: "502s from one upstream only, all since half past six.",
        Field.STRATEGIES: "Roll back first, look for the cause afterwards.",
        Field.WHO: "Whoever released it; then Rui.",
    },
    {
        Field.DECISION: "Wake the database people?",
        Field.DIFFICULT: "It looked like the database from outside, and was not.",
        Field.CUES: "Slow queries, but no locks; the pool of checkout was full.",
        Field.INFORMATION: "Pace, and the workloads' restarts.",
    },
)


@contextmanager
def notebooks_of(data: Path) -> Iterator[tuple[Notebooks, Store]]:
    """The app's own, opened beside it."""
    store = Store.open(f"sqlite:///{data}/vistas.db", data / "blobs")
    yield Notebooks(store.journals), store
    store.close()


def practise(notebooks: Notebooks, store: Store, now: datetime) -> tuple[UUID, dict[ActivityKind, Activity]]:
    """The room, and its activities by their kind."""
    about = {
        ActivityKind.DECISIONS: _table(notebooks, now),
        ActivityKind.MATRIX: _matrix(notebooks, now),
        ActivityKind.WHEEL: _wheel(notebooks, store, now),
    }
    titles = ("The night of the 502s", "From the door to the database", "Wheel of Expertise")
    activities = {
        kind: Activity(id=new_id(), kind=kind, title=title, about=journal)
        for title, (kind, journal) in zip(titles, about.items(), strict=True)
    }
    planned = (Planned(activity=each) for each in activities.values())
    first = activities[ActivityKind.MATRIX]
    entries = (Joined(), HostTaken(host="Maya"), *planned, Turned(activity=first.id))
    room = notebooks.sessions.begin("Monday's practice", *entries, by="Maya", at=now)
    return room, activities


def _table(notebooks: Notebooks, now: datetime) -> UUID:
    entries: list[DecisionEntry] = []
    for night in THE_NIGHT:
        row = new_id()
        entries.append(RowAdded(row=row))
        entries += [Wrote(id=new_id(), row=row, field=field, text=text) for field, text in night.items()]
    return notebooks.decisions.begin("The night of the 502s", *entries, by="Maya", at=now)


def _matrix(notebooks: Notebooks, now: datetime) -> UUID:
    names = dict.fromkeys([*NEEDS, *(needed for needs in NEEDS.values() for needed in needs)])
    ids = {name: new_id() for name in names}
    added = [ElementAdded(id=each, name=name) for name, each in ids.items()]
    journal = notebooks.matrices.begin("From the door to the database", *added, by="Maya", at=now)
    for person, beliefs in (("Maya", {}), ("Tomás", OTHERWISE)):
        marks = (
            Believed(needs=ids[needs], needed=ids[needed], how=beliefs.get((needs, needed), how))
            for needs, row in NEEDS.items()
            for needed, how in row.items()
        )
        notebooks.matrices.write(journal, *marks, by=person, at=now)
    return journal


def _wheel(notebooks: Notebooks, store: Store, now: datetime) -> UUID:
    newest = store.library(Search(limit=1)).vistas
    parts = landscape(store.vista(each.id) for each in newest)[:18]
    journal = notebooks.wheels.begin("Wheel of Expertise", Filled(parts=parts), by="Maya", at=now)
    spin(notebooks.wheels, journal, seen=None, by="Maya", at=now, chance=Random(7))  # noqa: S311 - the same picture each time
    return journal
