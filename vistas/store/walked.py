"""With which versions of a routine vistas were walked, by whom, and when a look last gave something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from vistas.store.earlier import Place
from vistas.store.rows import micros, moment
from vistas.store.tables import snapshots, steps, vistas


@dataclass(frozen=True, slots=True)
class WalkedVersion:
    """`version` is the number that the vistas' routine has, `digest` what it looks at. Saved or not, all count."""

    version: int
    digest: str
    mornings: int
    first: datetime
    last: datetime


def read_walked(connection: Connection, routine: str) -> tuple[WalkedVersion, ...]:
    """What was gathered and never walked does not count."""
    last = func.max(vistas.c.begun_at)
    counts = (
        select(vistas.c.routine_version, vistas.c.routine_digest, func.count(), func.min(vistas.c.begun_at), last)
        .where(_of(routine), exists().where(steps.c.vista_id == vistas.c.id))
        .group_by(vistas.c.routine_version, vistas.c.routine_digest)
        .order_by(last.desc())
    )
    return tuple(
        WalkedVersion(version, digest, mornings, moment(first), moment(latest))
        for version, digest, mornings, first, latest in connection.execute(counts)
    )


def read_walkers(connection: Connection, routine: str, since: datetime) -> tuple[str, ...]:
    names = (
        select(steps.c.walker)
        .join(vistas, vistas.c.id == steps.c.vista_id)
        .where(_of(routine), vistas.c.begun_at >= micros(since))
        .distinct()
        .order_by(steps.c.walker)
    )
    return tuple(connection.scalars(names))


def read_seen_last(connection: Connection, place: Place) -> datetime | None:
    """When the newest vista began that has rows of it."""
    found = connection.scalar(
        select(vistas.c.begun_at)
        .join(snapshots, snapshots.c.vista_id == vistas.c.id)
        .where(
            _of(place.routine),
            snapshots.c.stop == place.stop,
            snapshots.c.look == place.look,
            snapshots.c.rows > 0,
        )
        .order_by(vistas.c.begun_at.desc())
        .limit(1)
    )
    return None if found is None else moment(found)


def _of(routine: str) -> ColumnElement[bool]:
    return and_(vistas.c.routine == routine, vistas.c.discarded.is_(False), vistas.c.is_copy.is_(False))
