"""A whole vista out of the tables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from vistas.errors import VistaNotFound
from vistas.notice import Notice
from vistas.routine import Look, Routine
from vistas.snapshot import Window
from vistas.store.blobs import Blobs
from vistas.store.library import newest_revisions
from vistas.store.rows import moment, read_notice, read_snapshot
from vistas.store.tables import detours, snapshots, steps, vistas
from vistas.vista import Detour, Step, Vista, Walk


def read_vista(connection: Connection, vista_id: UUID, blobs: Blobs) -> Vista:
    """Frames are read when they are looked at. VistaNotFound also for one thrown away."""
    found = connection.execute(select(vistas).where(vistas.c.id == vista_id)).mappings().first()
    if found is None or found["discarded"]:
        raise VistaNotFound(f"there is no vista {vista_id}")
    kept = connection.execute(_evidence(vista_id)).mappings().all()
    return Vista(
        id=vista_id,
        routine=Routine.model_validate_json(found["routine_json"]),
        window=Window(moment(found["window_start"]), moment(found["window_end"])),
        author=found["author"],
        begun_at=moment(found["begun_at"]),
        title=found["title"],
        saved_at=None if found["saved_at"] is None else moment(found["saved_at"]),
        origin=found["origin"],
        snapshots=tuple(read_snapshot(row, blobs) for row in kept),
        walks=_walks(connection, vista_id),
        detours=_detours(connection, vista_id),
        notices=read_notices(connection, vista_id),
        ridges=tuple(tuple(ridge) for ridge in found["ridges"]),
    )


def read_notices(connection: Connection, vista_id: UUID) -> tuple[Notice, ...]:
    return tuple(read_notice(row) for row in connection.execute(newest_revisions([vista_id])).mappings())


def _evidence(vista_id: UUID) -> Select[tuple[Any, ...]]:
    order = (snapshots.c.stop, snapshots.c.look, snapshots.c.source)
    return select(snapshots).where(snapshots.c.vista_id == vista_id).order_by(*order)


def _walks(connection: Connection, vista_id: UUID) -> tuple[Walk, ...]:
    taken = select(steps).where(steps.c.vista_id == vista_id).order_by(steps.c.number)
    walks: dict[UUID, Walk] = {}
    for row in connection.execute(taken).mappings():
        left = None if row["left_at"] is None else moment(row["left_at"])
        step = Step(row["stop"], moment(row["arrived_at"]), left)
        before = walks.get(row["walk_id"], Walk(row["walk_id"], row["walker"]))
        walks[row["walk_id"]] = Walk(before.id, before.walker, (*before.steps, step))
    return tuple(walks.values())


def _detours(connection: Connection, vista_id: UUID) -> tuple[Detour, ...]:
    taken = select(detours).where(detours.c.vista_id == vista_id).order_by(detours.c.number)
    return tuple(
        Detour(row["stop"], Look.model_validate_json(row["look_json"]), row["walker"], moment(row["taken_at"]))
        for row in connection.execute(taken).mappings()
    )
