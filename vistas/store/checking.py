"""Finds frames that are damaged or missing, and the vistas they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, select

from vistas.errors import FrameDamaged
from vistas.store.blobs import Blobs
from vistas.store.tables import eyes, snapshots, vistas


@dataclass(frozen=True, slots=True)
class DamagedFrame:
    """`message` is what is wrong with it, in a sentence."""

    vista: UUID
    name: str
    stop: str
    look: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Examination:
    """How many frames were looked at, and those that are damaged, the newest vista's first."""

    frames: int
    damaged: tuple[DamagedFrame, ...]


def examine(connection: Connection, blobs: Blobs) -> Examination:
    """Reads the file of every frame once, however many vistas it is in.

    What a vista has of an earlier one that it follows is told as its own.
    """
    kept = (
        select(snapshots, vistas.c.id, vistas.c.title, vistas.c.routine_title)
        .outerjoin(eyes, eyes.c.copy_id == snapshots.c.vista_id)
        .join(vistas, vistas.c.id == func.coalesce(eyes.c.vista_id, snapshots.c.vista_id))
        .where(snapshots.c.digest.is_not(None))
        .order_by(vistas.c.begun_at.desc(), vistas.c.id, snapshots.c.stop, snapshots.c.look, snapshots.c.source)
    )
    rows = connection.execute(kept).mappings().all()
    wrong = dict(_wrong({row["digest"] for row in rows}, blobs))
    damaged = (
        DamagedFrame(
            row["id"],
            row["title"] or row["routine_title"],
            row["stop"],
            row["look"],
            row["source"],
            wrong[row["digest"]],
        )
        for row in rows
        if row["digest"] in wrong
    )
    return Examination(len(rows), tuple(damaged))


def _wrong(digests: set[bytes], blobs: Blobs) -> Iterator[tuple[bytes, str]]:
    for digest in sorted(digests):
        try:
            blobs.get(digest)
        except FrameDamaged as error:
            yield digest, str(error)
