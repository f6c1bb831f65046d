"""Single changes, each within a transaction that the store has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from vistas.errors import StoreError, VistaNotFound
from vistas.store.rows import micros
from vistas.store.tables import snapshots, steps, vistas


def count_change(connection: Connection, vista_id: UUID) -> None:
    moved = update(vistas).where(vistas.c.id == vista_id).values(revision=vistas.c.revision + 1)
    if connection.execute(moved).rowcount == 0:
        raise VistaNotFound(f"there is no vista {vista_id}")


def refuse_when_saved(connection: Connection, vista_id: UUID) -> None:
    if connection.scalar(select(vistas.c.saved_at).where(vistas.c.id == vista_id)) is not None:
        raise StoreError("this vista is saved: its evidence can no longer change")


def own_walk(connection: Connection, vista_id: UUID, by: str, done: str) -> None:
    """StoreError unless they began it; `done` is what they are about to do with it."""
    if connection.scalar(select(vistas.c.author).where(vistas.c.id == vista_id)) != by:
        raise StoreError(f"only whoever started a walk, or the host of its session, can {done} it")


def replace_snapshots(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        same = [snapshots.c[name] == row[name] for name in ("vista_id", "stop", "look", "source")]
        connection.execute(delete(snapshots).where(*same))
        connection.execute(insert(snapshots), [row])


def leave_stop(connection: Connection, vista_id: UUID, walk_id: UUID, at: datetime) -> None:
    connection.execute(
        update(steps)
        .where(steps.c.vista_id == vista_id, steps.c.walk_id == walk_id, steps.c.left_at.is_(None))
        .values(left_at=micros(at))
    )
