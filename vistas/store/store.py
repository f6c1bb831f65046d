"""Where vistas are kept. When a method returns, what it was given is on the disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Select, delete, false, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vistas.errors import NoticeError, StoreError, VistaNotFound
from vistas.notice import Notice, NoticeKind
from vistas.routine import Look, Routine
from vistas.snapshot import Snapshot, Window
from vistas.store import engine as engines
from vistas.store.blobs import Blobs, FolderBlobs
from vistas.store.library import LibraryPage, Search, newest_revisions, read_page
from vistas.store.rows import (
    checked_text,
    micros,
    moment,
    notice_row,
    read_notice,
    read_snapshot,
    snapshot_row,
)
from vistas.store.tables import detours, notices, snapshots, steps, vistas
from vistas.vista import Detour, Step, Vista, Walk


class Store:
    """Safe to use from many threads and processes at once."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self._engine, self._blobs = engine, blobs
        self._writes = engines.writing(engine)
        self._turn = threading.Lock()

    @classmethod
    def open(cls, database: str, blobs: Path) -> Store:
        """`database` is an SQLAlchemy URL; tables are made or brought up to date. StoreError where that fails."""
        return cls(engines.open_engine(database), FolderBlobs(blobs))

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One transaction: what is read in it belongs together, whoever writes meanwhile."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise StoreError(f"the store could not be read: {engines.reason(error)}") from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction. Threads take turns here, since a database leaves some waiting very long."""
        try:
            with self._turn, self._writes.begin() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise StoreError(f"the store could not be written: {engines.reason(error)}") from error

    @contextmanager
    def _changing(self, vista_id: UUID) -> Iterator[Connection]:
        """One transaction that moves the vista's change counter. VistaNotFound where there is none."""
        with self._writing() as connection:
            _count_change(connection, vista_id)
            yield connection

    # --- a vista being walked

    def begin(self, vista: Vista) -> None:
        with self._writing() as connection:
            connection.execute(insert(vistas), [_vista_row(vista)])

    def keep(self, vista_id: UUID, snapshot: Snapshot) -> None:
        """In place of an earlier snapshot of that stop, look and source; never once the vista is saved."""
        row = snapshot_row(vista_id, snapshot, self._blobs)
        with self._changing(vista_id) as connection:
            _unsaved(connection, vista_id)
            _replace_snapshots(connection, [row])

    def keep_ridges(self, vista_id: UUID, ridges: Sequence[Sequence[float]]) -> None:
        with self._changing(vista_id) as connection:
            drawn = [list(ridge) for ridge in ridges]
            connection.execute(update(vistas).where(vistas.c.id == vista_id).values(ridges=drawn))

    def arrive(self, vista_id: UUID, walk_id: UUID, walker: str, stop: str, at: datetime) -> None:
        """Somebody comes to a stop, and so leaves the one before."""
        with self._changing(vista_id) as connection:
            _leave(connection, vista_id, walk_id, at)
            row = {
                "vista_id": vista_id,
                "walk_id": walk_id,
                "walker": checked_text(walker),
                "stop": stop,
                "arrived_at": micros(at),
            }
            connection.execute(insert(steps), [row])

    def leave(self, vista_id: UUID, walk_id: UUID, at: datetime) -> None:
        with self._changing(vista_id) as connection:
            _leave(connection, vista_id, walk_id, at)

    def take_detour(self, vista_id: UUID, detour: Detour, snapshot: Snapshot) -> None:
        row = snapshot_row(vista_id, snapshot, self._blobs)
        with self._changing(vista_id) as connection:
            _unsaved(connection, vista_id)
            known = select(func.count()).where(
                detours.c.vista_id == vista_id, detours.c.look_json == detour.look.model_dump_json()
            )
            if not connection.scalar(known):
                connection.execute(insert(detours), [_detour_row(vista_id, detour)])
            _replace_snapshots(connection, [row])

    def save(self, vista_id: UUID, title: str, at: datetime) -> None:
        """Give it a title and close its evidence; a saved vista is only given the new title."""
        with self._changing(vista_id) as connection:
            connection.execute(
                update(vistas)
                .where(vistas.c.id == vista_id)
                .values(title=checked_text(title), saved_at=func.coalesce(vistas.c.saved_at, micros(at)))
            )

    def discard(self, vista_id: UUID, by: str) -> None:
        """Throw away an unsaved walk of one's own; `restore` brings it back."""
        with self._changing(vista_id) as connection:
            _unsaved(connection, vista_id)
            mine = vistas.c.author == by
            thrown = update(vistas).where(vistas.c.id == vista_id, mine).values(discarded=True)
            if connection.execute(thrown).rowcount == 0:
                raise StoreError("a walk is thrown away by who began it")

    def restore(self, vista_id: UUID) -> None:
        with self._changing(vista_id) as connection:
            connection.execute(update(vistas).where(vistas.c.id == vista_id).values(discarded=False))

    # --- notices

    def write_notice(self, vista_id: UUID, notice: Notice) -> Notice:
        """Durable when it returns. The same notice (by id) written twice is there once."""
        with self._changing(vista_id) as connection:
            known = connection.scalar(select(notices.c.number).where(notices.c.notice_id == notice.id).limit(1))
            if known is None:
                connection.execute(insert(notices), [notice_row(vista_id, notice)])
        return notice

    def revise_notice(
        self, vista_id: UUID, notice_id: UUID, *, by: str, text: str, kind: NoticeKind, at: datetime
    ) -> Notice:
        """A new revision; only by its author (NoticeError)."""
        with self._changing(vista_id) as connection:
            before, _ = _own_notice(connection, vista_id, notice_id, by)
            changes = {"text": text, "kind": kind, "revision": before.revision + 1, "revised_at": at}
            after = Notice.model_validate(before.model_dump() | changes)
            connection.execute(insert(notices), [notice_row(vista_id, after)])
        return after

    def remove_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> None:
        """A tombstone by its author (NoticeError for anybody else)."""
        with self._changing(vista_id) as connection:
            before, removed = _own_notice(connection, vista_id, notice_id, by)
            if not removed:
                last = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
                connection.execute(insert(notices), [notice_row(vista_id, last, removed=True)])

    def restore_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> Notice:
        """Undo a removal."""
        with self._changing(vista_id) as connection:
            before, removed = _own_notice(connection, vista_id, notice_id, by)
            if not removed:
                return before
            back = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
            connection.execute(insert(notices), [notice_row(vista_id, back)])
        return back

    # --- reading

    def vista(self, vista_id: UUID) -> Vista:
        """The whole vista; frames are read when they are looked at. VistaNotFound also for one thrown away."""
        with self._reading() as connection:
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
                snapshots=tuple(read_snapshot(row, self._blobs) for row in kept),
                walks=_walks(connection, vista_id),
                detours=_detours(connection, vista_id),
                notices=_notices(connection, vista_id),
                ridges=tuple(tuple(ridge) for ridge in found["ridges"]),
            )

    def notices(self, vista_id: UUID) -> tuple[Notice, ...]:
        with self._reading() as connection:
            return _notices(connection, vista_id)

    def revision(self, vista_id: UUID) -> int:
        """A counter that grows with every change to the vista; cheap enough to ask every second."""
        with self._reading() as connection:
            counter = connection.scalar(select(vistas.c.revision).where(vistas.c.id == vista_id))
        if counter is None:
            raise VistaNotFound(f"there is no vista {vista_id}")
        return int(counter)

    def library(self, search: Search) -> LibraryPage:
        with self._reading() as connection:
            return read_page(connection, search)

    # --- whole vistas

    def put(self, vista: Vista) -> UUID:
        """A whole vista at once. One that is here already is only given the walks and notices it lacks."""
        rows = [snapshot_row(vista.id, snapshot, self._blobs) for snapshot in vista.snapshots]
        with self._writing() as connection:
            here = connection.scalar(select(vistas.c.id).where(vistas.c.id == vista.id))
            if here is None:
                connection.execute(insert(vistas), [_vista_row(vista)])
                _replace_snapshots(connection, rows)
                if vista.detours:
                    connection.execute(
                        insert(detours), [_detour_row(vista.id, detour) for detour in vista.detours]
                    )
            else:
                connection.execute(update(vistas).where(vistas.c.id == vista.id).values(discarded=False))
                _count_change(connection, vista.id)
            _add_walks(connection, vista)
            _add_notices(connection, vista)
        return vista.id

    def check(self) -> str:
        """One line on the store: how much is in it. StoreError when it cannot be read or written."""
        with self._writing() as connection:
            connection.execute(update(vistas).where(false()).values(revision=0))
            number = connection.scalar(select(func.count()).select_from(vistas))
        self._blobs.check()
        return f"{number} vistas, tables at {engines.schema_version(self._engine)}"


def _count_change(connection: Connection, vista_id: UUID) -> None:
    moved = update(vistas).where(vistas.c.id == vista_id).values(revision=vistas.c.revision + 1)
    if connection.execute(moved).rowcount == 0:
        raise VistaNotFound(f"there is no vista {vista_id}")


def _vista_row(vista: Vista) -> dict[str, Any]:
    return {
        "id": vista.id,
        "routine": vista.routine.routine,
        "routine_title": checked_text(vista.routine.title),
        "routine_json": checked_text(vista.routine.model_dump_json()),
        "window_start": micros(vista.window.start),
        "window_end": micros(vista.window.end),
        "author": checked_text(vista.author),
        "begun_at": micros(vista.begun_at),
        "title": checked_text(vista.title),
        "saved_at": None if vista.saved_at is None else micros(vista.saved_at),
        "discarded": False,
        "origin": vista.origin,
        "ridges": [list(ridge) for ridge in vista.ridges],
        "revision": 0,
    }


def _detour_row(vista_id: UUID, detour: Detour) -> dict[str, Any]:
    return {
        "vista_id": vista_id,
        "stop": detour.stop,
        "look_json": detour.look.model_dump_json(),
        "walker": checked_text(detour.walker),
        "taken_at": micros(detour.taken_at),
    }


def _unsaved(connection: Connection, vista_id: UUID) -> None:
    if connection.scalar(select(vistas.c.saved_at).where(vistas.c.id == vista_id)) is not None:
        raise StoreError("this vista is saved: its evidence does not change any more")


def _replace_snapshots(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        same = [snapshots.c[name] == row[name] for name in ("vista_id", "stop", "look", "source")]
        connection.execute(delete(snapshots).where(*same))
        connection.execute(insert(snapshots), [row])


def _leave(connection: Connection, vista_id: UUID, walk_id: UUID, at: datetime) -> None:
    connection.execute(
        update(steps)
        .where(steps.c.vista_id == vista_id, steps.c.walk_id == walk_id, steps.c.left_at.is_(None))
        .values(left_at=micros(at))
    )


def _own_notice(connection: Connection, vista_id: UUID, notice_id: UUID, by: str) -> tuple[Notice, bool]:
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


def _notices(connection: Connection, vista_id: UUID) -> tuple[Notice, ...]:
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


def _add_walks(connection: Connection, vista: Vista) -> None:
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


def _add_notices(connection: Connection, vista: Vista) -> None:
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
