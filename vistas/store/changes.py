"""Single changes, each within a transaction that the store has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update

from vistas.errors import NoticeError, StoreError, VistaNotFound
from vistas.notice import Notice
from vistas.store.rows import checked_text, micros, notice_row, read_notice
from vistas.store.tables import notices, snapshots, steps, vistas
from vistas.vista import Vista


def count_change(connection: Connection, vista_id: UUID) -> None:
    moved = update(vistas).where(vistas.c.id == vista_id).values(revision=vistas.c.revision + 1)
    if connection.execute(moved).rowcount == 0:
        raise VistaNotFound(f"there is no vista {vista_id}")


def refuse_when_saved(connection: Connection, vista_id: UUID) -> None:
    if connection.scalar(select(vistas.c.saved_at).where(vistas.c.id == vista_id)) is not None:
        raise StoreError("this vista is saved: its evidence does not change any more")


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


def own_notice(connection: Connection, vista_id: UUID, notice_id: UUID, by: str) -> tuple[Notice, bool]:
    """The newest revision and whether it is a removal."""
    newest = (
        select(notices)
        .where(notices.c.vista_id == vista_id, notices.c.notice_id == notice_id)
        .order_by(notices.c.revision.desc())
        .limit(1)
    )
    row = connection.execute(newest).mappings().first()
    if row is None:
        raise NoticeError("this notice is not here any more")
    if row["author"] != by:
        raise NoticeError(f"this notice is {row['author']}'s: only they can change it")
    return read_notice(row), bool(row["removed"])


def add_walks(connection: Connection, vista: Vista) -> None:
    known = set(connection.scalars(select(steps.c.walk_id).where(steps.c.vista_id == vista.id)))
    rows = [
        {
            "vista_id": vista.id,
            "walk_id": walk.id,
            "walker": checked_text(walk.walker),
            "stop": step.stop,
            "arrived_at": micros(step.arrived_at),
            "left_at": None if step.left_at is None else micros(step.left_at),
        }
        for walk in vista.walks
        if walk.id not in known
        for step in walk.steps
    ]
    if rows:
        connection.execute(insert(steps), rows)


def add_notices(connection: Connection, vista: Vista) -> None:
    """A notice that is here in an older revision gets the newer one; one that was removed here stays removed."""
    newest = (
        select(notices.c.notice_id, func.max(notices.c.revision))
        .where(notices.c.vista_id == vista.id)
        .group_by(notices.c.notice_id)
    )
    known = {row[0]: row[1] for row in connection.execute(newest)}
    rows = [notice_row(vista.id, each) for each in vista.notices if each.revision > known.get(each.id, 0)]
    if rows:
        connection.execute(insert(notices), rows)
