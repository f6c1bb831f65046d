"""Whole vistas into the tables, each with the copy of the earlier one through which it may be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from vistas.store.blobs import Blobs
from vistas.store.revisions import ANSWERS, NOTICES
from vistas.store.rows import checked_text, detour_row, micros, snapshot_row, vista_row
from vistas.store.tables import detours, eyes, snapshots, steps, vistas
from vistas.vista import Vista, Walk, new_id


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is left to do once the frames are safe among the blobs. `row_id` is the vista's own id, or a copy's."""

    row_id: UUID
    vista: Vista
    snapshots: tuple[dict[str, Any], ...]
    earlier: Prepared | None = None


def prepare(vista: Vista, blobs: Blobs) -> Prepared:
    """Keeps the frames, the earlier vista's too. What is damaged of those is a gap in the copy."""
    rows = tuple(snapshot_row(vista.id, snapshot, blobs) for snapshot in vista.snapshots)
    if vista.eyes is None:
        return Prepared(vista.id, vista, rows)
    earlier, copy_id = vista.eyes.earlier, new_id()
    copied = tuple(snapshot_row(copy_id, snapshot.whole(), blobs) for snapshot in earlier.snapshots)
    return Prepared(vista.id, vista, rows, Prepared(copy_id, earlier, copied))


def insert_evidence(connection: Connection, prepared: Prepared, *, is_copy: bool = False) -> None:
    """What never changes of a vista that is not here yet, and all there is of its copy of the earlier one."""
    vista, row_id = prepared.vista, prepared.row_id
    connection.execute(insert(vistas), [vista_row(row_id, vista, is_copy=is_copy)])
    _insert_snapshots(connection, prepared.snapshots)
    if vista.detours:
        connection.execute(insert(detours), [detour_row(row_id, detour) for detour in vista.detours])
    if vista.eyes is not None and prepared.earlier is not None:
        _insert_copy(connection, vista.id, vista.eyes.walker, prepared.earlier)


def _insert_copy(connection: Connection, vista_id: UUID, walker: str, prepared: Prepared) -> None:
    earlier, copy_id = prepared.vista, prepared.row_id
    insert_evidence(connection, prepared, is_copy=True)
    add_walks(connection, copy_id, earlier.walks)
    NOTICES.add(connection, copy_id, earlier.notices)
    followed = {"walker": checked_text(walker), "earlier_id": earlier.id, "copy_id": copy_id}
    connection.execute(insert(eyes), [{"vista_id": vista_id, **followed}])


def _insert_snapshots(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Of two for one stop, look and source the last stays."""
    only = {(row["stop"], row["look"], row["source"]): row for row in rows}
    if only:
        connection.execute(insert(snapshots), list(only.values()))


def add_walks(connection: Connection, row_id: UUID, walks: Iterable[Walk]) -> int:
    """How many of them were not here."""
    known = set(connection.scalars(select(steps.c.walk_id).where(steps.c.vista_id == row_id)))
    added = [walk for walk in walks if walk.id not in known and walk.steps]
    rows = [
        {
            "vista_id": row_id,
            "walk_id": walk.id,
            "walker": checked_text(walk.walker),
            "stop": step.stop,
            "arrived_at": micros(step.arrived_at),
            "left_at": None if step.left_at is None else micros(step.left_at),
        }
        for walk in added
        for step in walk.steps
    ]
    if rows:
        connection.execute(insert(steps), rows)
    return len(added)


def add_answers(connection: Connection, vista: Vista) -> tuple[int, int]:
    """Its own, and those in the earlier vista that it shows: how many were not here, and how many differ here."""
    added, differing = ANSWERS.add(connection, vista.id, vista.answers)
    if vista.eyes is None or vista.eyes.vista != _followed(connection, vista.id):
        return added, differing
    more, others = ANSWERS.add(connection, vista.eyes.vista, vista.eyes.earlier.answers)
    return added + more, differing + others


def _followed(connection: Connection, vista_id: UUID) -> UUID | None:
    found: UUID | None = connection.scalar(select(eyes.c.earlier_id).where(eyes.c.vista_id == vista_id))
    return found
