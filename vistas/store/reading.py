"""A whole vista out of the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from vistas.errors import VistaNotFound
from vistas.routine import Look, Routine
from vistas.snapshot import Window
from vistas.store.answers import read_answers
from vistas.store.blobs import Blobs
from vistas.store.revisions import NOTICES
from vistas.store.rows import Row, moment, read_snapshot
from vistas.store.tables import detours, eyes, snapshots, steps, vistas
from vistas.vista import Detour, Eyes, Step, Vista, Walk


def read_vista(connection: Connection, vista_id: UUID, blobs: Blobs, earlier: Callable[[UUID], Vista]) -> Vista:
    """Frames are read when they are looked at; `earlier` reads its copy of another vista when that is.

    VistaNotFound also for one thrown away.
    """
    found = connection.execute(select(vistas).where(vistas.c.id == vista_id)).mappings().first()
    if found is None or found["discarded"] or found["is_copy"]:
        raise VistaNotFound(f"there is no vista {vista_id}")
    return _read(connection, found, blobs, vista_id, _eyes(connection, vista_id, earlier))


def read_copy(connection: Connection, copy_id: UUID, blobs: Blobs) -> Vista:
    """The earlier vista that another one follows, under its own id."""
    kept = (
        select(vistas, eyes.c.earlier_id).join(eyes, eyes.c.copy_id == vistas.c.id).where(vistas.c.id == copy_id)
    )
    found = connection.execute(kept).mappings().one()
    return _read(connection, found, blobs, found["earlier_id"], None)


def _read(connection: Connection, row: Row, blobs: Blobs, vista_id: UUID, through: Eyes | None) -> Vista:
    kept = connection.execute(_evidence(row["id"])).mappings().all()
    noticed = NOTICES.standing(connection, row["id"])
    return Vista(
        id=vista_id,
        routine=Routine.model_validate_json(row["routine_json"]),
        window=Window(moment(row["window_start"]), moment(row["window_end"])),
        author=row["author"],
        begun_at=moment(row["begun_at"]),
        title=row["title"],
        saved_at=None if row["saved_at"] is None else moment(row["saved_at"]),
        origin=row["origin"],
        snapshots=tuple(read_snapshot(each, blobs) for each in kept),
        walks=_walks(connection, row["id"]),
        detours=_detours(connection, row["id"]),
        notices=noticed,
        ridges=tuple(tuple(ridge) for ridge in row["ridges"]),
        answers=read_answers(connection, vista_id, frozenset(each.id for each in noticed)),
        eyes=through,
    )


def _eyes(connection: Connection, vista_id: UUID, earlier: Callable[[UUID], Vista]) -> Eyes | None:
    told = (vistas.c.title, vistas.c.routine_title, vistas.c.begun_at)
    followed = select(eyes, *told).join(vistas, vistas.c.id == eyes.c.copy_id).where(eyes.c.vista_id == vista_id)
    found = connection.execute(followed).mappings().first()
    if found is None:
        return None
    name, copy_id = found["title"] or found["routine_title"], found["copy_id"]
    return Eyes(found["walker"], found["earlier_id"], name, moment(found["begun_at"]), lambda: earlier(copy_id))


def _evidence(vista_id: UUID) -> Select[tuple[Any, ...]]:
    order = (snapshots.c.stop, snapshots.c.look, snapshots.c.source)
    return select(snapshots).where(snapshots.c.vista_id == vista_id).order_by(*order)


def _walks(connection: Connection, vista_id: UUID) -> tuple[Walk, ...]:
    taken = select(steps).where(steps.c.vista_id == vista_id).order_by(steps.c.number)
    walkers: dict[UUID, str] = {}
    walked: dict[UUID, list[Step]] = {}
    for row in connection.execute(taken).mappings():
        left = None if row["left_at"] is None else moment(row["left_at"])
        walkers.setdefault(row["walk_id"], row["walker"])
        walked.setdefault(row["walk_id"], []).append(Step(row["stop"], moment(row["arrived_at"]), left))
    return tuple(Walk(walk_id, walkers[walk_id], tuple(taken)) for walk_id, taken in walked.items())


def _detours(connection: Connection, vista_id: UUID) -> tuple[Detour, ...]:
    taken = select(detours).where(detours.c.vista_id == vista_id).order_by(detours.c.number)
    return tuple(
        Detour(row["stop"], Look.model_validate_json(row["look_json"]), row["walker"], moment(row["taken_at"]))
        for row in connection.execute(taken).mappings()
    )
