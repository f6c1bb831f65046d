"""Imports a whole vista into the store without changing what is there already.

A file may claim anything in anybody's name. So an import only adds: see docs/decisions/0018.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, select

from vistas.errors import FrameDamaged, StoreError
from vistas.formatting.counts import counted
from vistas.snapshot import Frame, Snapshot
from vistas.store.blobs import Blobs
from vistas.store.tables import eyes, snapshots, vistas
from vistas.vista import Vista


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What a file added. `differing` counts its notices that are here, but read otherwise or were removed.

    `differing_answers` counts its answers of which the same is true.
    """

    vista: UUID
    new: bool
    walks: int
    notices: int
    differing: int
    answers: int = 0
    differing_answers: int = 0

    @property
    def summary(self) -> str:
        """What was added, in a sentence."""
        walks, notices = counted(self.walks, "walk"), counted(self.notices, "notice")
        some = f"{notices}, {counted(self.answers, 'answer')}" if self.answers else notices
        return f"New here, with {some} and {walks}." if self.new else f"Already here; {some} and {walks} added."

    @property
    def left_out(self) -> str:
        """What was not, in a sentence; empty where there is nothing to tell."""
        told = ((self.differing, "notice"), (self.differing_answers, "answer"))
        differing = " and ".join(counted(number, noun) for number, noun in told if number)
        return f"{differing} left out: what is here differs, and stays." if differing else ""


def is_here(connection: Connection, vista_id: UUID) -> bool:
    """StoreError where it was thrown away here, which nobody else's file undoes."""
    found = connection.execute(select(vistas.c.discarded, vistas.c.author).where(vistas.c.id == vista_id)).first()
    if found is not None and found[0]:
        raise StoreError(f"this walk was discarded here by {found[1]}: nothing was changed")
    return found is not None


def from_file(vista: Vista) -> Vista:
    """The same, with what people wrote in it marked as a file's."""
    return replace(
        vista,
        notices=tuple(each.model_copy(update={"from_file": True}) for each in vista.notices),
        answers=tuple(each.model_copy(update={"from_file": True}) for each in vista.answers),
        eyes=vista.eyes and vista.eyes.seeing(from_file),
    )


def heal(connection: Connection, vista: Vista, blobs: Blobs) -> None:
    """Keeps those frames of the vista again whose files here are damaged, where the content is the very same.

    The same for those of the earlier vista that it follows.
    """
    _heal(connection, vista.id, vista.snapshots, blobs)
    copy_id = connection.scalar(select(eyes.c.copy_id).where(eyes.c.vista_id == vista.id))
    if vista.eyes is not None and copy_id is not None:
        _heal(connection, copy_id, vista.eyes.earlier.snapshots, blobs)


def _heal(connection: Connection, row_id: UUID, brought: Iterable[Snapshot], blobs: Blobs) -> None:
    damaged = _damaged(connection, row_id, blobs)
    for snapshot in brought if damaged else ():
        digest = damaged.get((snapshot.stop, snapshot.look, snapshot.source))
        if isinstance(snapshot.content, Frame) and digest is not None:
            for written in (snapshot.content.parquet, snapshot.content.encoded):
                if hashlib.sha256(content := written()).digest() == digest:
                    blobs.put(content)
                    break


def _damaged(connection: Connection, row_id: UUID, blobs: Blobs) -> dict[tuple[str, str, str], bytes]:
    """The digests of the vista's damaged frames by stop, look and source."""
    kept = select(snapshots).where(snapshots.c.vista_id == row_id, snapshots.c.digest.is_not(None))
    found: dict[tuple[str, str, str], bytes] = {}
    for row in connection.execute(kept).mappings():
        try:
            blobs.get(row["digest"])
        except FrameDamaged:
            found[row["stop"], row["look"], row["source"]] = row["digest"]
    return found
