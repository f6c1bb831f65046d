"""Where vistas are kept. When a method returns, what it was given is on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, false, func, insert, select, update

from vistas.errors import StoreError, VistaNotFound
from vistas.notice import Notice, NoticeKind
from vistas.snapshot import Snapshot
from vistas.store import engine as engines
from vistas.store.blobs import Blobs, FolderBlobs
from vistas.store.changes import (
    add_notices,
    add_walks,
    count_change,
    leave_stop,
    own_notice,
    refuse_when_saved,
    replace_snapshots,
)
from vistas.store.journals import Journals
from vistas.store.library import LibraryPage, Search, read_page
from vistas.store.reading import read_notices, read_vista
from vistas.store.rows import checked_text, detour_row, micros, notice_row, snapshot_row, vista_row
from vistas.store.tables import detours, notices, steps, vistas
from vistas.store.transactions import Transactions
from vistas.vista import Detour, Vista


class Store:
    """Safe to use from many threads and processes at once."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self._transactions, self._blobs = Transactions(engine), blobs
        self._reading, self._writing = self._transactions.reading, self._transactions.writing
        self.journals = Journals(self._transactions)

    @classmethod
    def open(cls, database: str, blobs: Path) -> Store:
        """`database` is an SQLAlchemy URL; tables are made or brought up to date. StoreError where that fails."""
        return cls(engines.open_engine(database), FolderBlobs(blobs))

    def close(self) -> None:
        self._transactions.engine.dispose()

    @contextmanager
    def _changing(self, vista_id: UUID) -> Iterator[Connection]:
        """One transaction that moves the vista's change counter. VistaNotFound where there is none."""
        with self._writing() as connection:
            count_change(connection, vista_id)
            yield connection

    # --- a vista being walked

    def begin(self, vista: Vista) -> None:
        with self._writing() as connection:
            connection.execute(insert(vistas), [vista_row(vista)])

    def keep(self, vista_id: UUID, snapshot: Snapshot) -> None:
        """In place of an earlier snapshot of that stop, look and source; never once the vista is saved."""
        row = snapshot_row(vista_id, snapshot, self._blobs)
        with self._changing(vista_id) as connection:
            refuse_when_saved(connection, vista_id)
            replace_snapshots(connection, [row])

    def keep_ridges(self, vista_id: UUID, ridges: Sequence[Sequence[float]]) -> None:
        with self._changing(vista_id) as connection:
            drawn = [list(ridge) for ridge in ridges]
            connection.execute(update(vistas).where(vistas.c.id == vista_id).values(ridges=drawn))

    def arrive(self, vista_id: UUID, walk_id: UUID, walker: str, stop: str, at: datetime) -> None:
        """Somebody comes to a stop, and so leaves the one before."""
        with self._changing(vista_id) as connection:
            leave_stop(connection, vista_id, walk_id, at)
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
            leave_stop(connection, vista_id, walk_id, at)

    def take_detour(self, vista_id: UUID, detour: Detour, snapshot: Snapshot) -> None:
        row = snapshot_row(vista_id, snapshot, self._blobs)
        with self._changing(vista_id) as connection:
            refuse_when_saved(connection, vista_id)
            known = select(func.count()).where(
                detours.c.vista_id == vista_id,
                detours.c.stop == detour.stop,
                detours.c.look_json == detour.look.model_dump_json(),
            )
            if not connection.scalar(known):
                connection.execute(insert(detours), [detour_row(vista_id, detour)])
            replace_snapshots(connection, [row])

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
            refuse_when_saved(connection, vista_id)
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
            same = (notices.c.vista_id == vista_id, notices.c.notice_id == notice.id)
            if connection.scalar(select(notices.c.number).where(*same).limit(1)) is None:
                connection.execute(insert(notices), [notice_row(vista_id, notice)])
        return notice

    def revise_notice(
        self, vista_id: UUID, notice_id: UUID, *, by: str, text: str, kind: NoticeKind, at: datetime
    ) -> Notice:
        """A new revision; only by its author (NoticeError)."""
        with self._changing(vista_id) as connection:
            before, _ = own_notice(connection, vista_id, notice_id, by)
            changes = {"text": text, "kind": kind, "revision": before.revision + 1, "revised_at": at}
            after = Notice.model_validate(before.model_dump() | changes)
            connection.execute(insert(notices), [notice_row(vista_id, after)])
        return after

    def remove_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> None:
        """A tombstone by its author (NoticeError for anybody else)."""
        with self._changing(vista_id) as connection:
            before, removed = own_notice(connection, vista_id, notice_id, by)
            if not removed:
                last = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
                connection.execute(insert(notices), [notice_row(vista_id, last, removed=True)])

    def restore_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> Notice:
        """Undo a removal."""
        with self._changing(vista_id) as connection:
            before, removed = own_notice(connection, vista_id, notice_id, by)
            if not removed:
                return before
            back = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
            connection.execute(insert(notices), [notice_row(vista_id, back)])
        return back

    # --- reading

    def vista(self, vista_id: UUID) -> Vista:
        """The whole vista; frames are read when they are looked at. VistaNotFound also for one thrown away."""
        with self._reading() as connection:
            return read_vista(connection, vista_id, self._blobs)

    def notices(self, vista_id: UUID) -> tuple[Notice, ...]:
        with self._reading() as connection:
            return read_notices(connection, vista_id)

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
                connection.execute(insert(vistas), [vista_row(vista)])
                replace_snapshots(connection, rows)
                if vista.detours:
                    connection.execute(insert(detours), [detour_row(vista.id, detour) for detour in vista.detours])
            else:
                connection.execute(update(vistas).where(vistas.c.id == vista.id).values(discarded=False))
                count_change(connection, vista.id)
            add_walks(connection, vista)
            add_notices(connection, vista)
        return vista.id

    def check(self) -> str:
        """One line on the store: how much is in it. StoreError when it cannot be read or written."""
        with self._writing() as connection:
            connection.execute(update(vistas).where(false()).values(revision=0))
            number = connection.scalar(select(func.count()).select_from(vistas))
        self._blobs.check()
        return f"{number} vistas, tables at {engines.schema_version(self._transactions.engine)}"
