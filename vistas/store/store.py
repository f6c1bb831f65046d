"""Where vistas are kept. When a method returns, what it was given is on the disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, false, func, insert, select, update

from vistas.errors import VistaNotFound
from vistas.snapshot import Snapshot
from vistas.store import engine as engines
from vistas.store import files
from vistas.store.answers import Answers, count_answered
from vistas.store.blobs import Blobs, FolderBlobs, OncePerContent
from vistas.store.bringing_in import BroughtIn, from_file, heal, is_here
from vistas.store.changes import count_change, leave_stop, own_walk, refuse_when_saved, replace_snapshots
from vistas.store.checking import Examination, examine
from vistas.store.earlier import EarlierNotice, Place, read_earlier
from vistas.store.journals import Journals
from vistas.store.library import LibraryPage, Search, read_page
from vistas.store.reading import read_copy, read_vista
from vistas.store.revisions import NOTICES
from vistas.store.rows import checked_text, detour_row, micros, moment, snapshot_row
from vistas.store.tables import detours, journals, steps, vistas
from vistas.store.traces import Marker, TracedMorning, read_marker, read_traces
from vistas.store.transactions import Transactions
from vistas.store.walked import WalkedVersion, read_seen_last, read_walked, read_walkers
from vistas.store.whole import add_answers, add_walks, insert_evidence, prepare
from vistas.vista import Detour, Vista
from vistas.vista.notice import Notice, NoticeKind


class Store:
    """Safe to use from many threads and processes at once."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self._transactions, self._blobs = Transactions(engine), blobs
        self._reading, self._writing = self._transactions.reading, self._transactions.writing
        self.journals = Journals(self._transactions)
        self.answers = Answers(self._transactions)

    @classmethod
    def open(cls, database: str, blobs: Path) -> Store:
        """`database` is an SQLAlchemy URL; tables are made or brought up to date. StoreError where that fails."""
        engine, folder = engines.open_engine(database), FolderBlobs(blobs)
        folder.close_to_others()
        if (path := files.database_file(database)) is not None:
            files.close_home(path, blobs)
        return cls(engine, folder)

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
        """What there is of it already, which is little but the earlier vista that it may follow."""
        prepared = prepare(vista, OncePerContent(self._blobs))
        with self._writing() as connection:
            insert_evidence(connection, prepared)
            add_answers(connection, vista)

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

    def begun(self, vista_id: UUID) -> tuple[str, datetime]:
        """By whom and when, also of one thrown away. VistaNotFound where there is none."""
        with self._reading() as connection:
            found = connection.execute(
                select(vistas.c.author, vistas.c.begun_at).where(vistas.c.id == vista_id)
            ).first()
        if found is None:
            raise VistaNotFound(f"there is no vista {vista_id}")
        return found[0], moment(found[1])

    def save(self, vista_id: UUID, title: str, at: datetime, *, by: str) -> None:
        """Give it a title and close its evidence; a saved vista is only given the new title.

        StoreError for anybody but who began it.
        """
        with self._changing(vista_id) as connection:
            own_walk(connection, vista_id, by, "save or rename")
            connection.execute(
                update(vistas)
                .where(vistas.c.id == vista_id)
                .values(title=checked_text(title), saved_at=func.coalesce(vistas.c.saved_at, micros(at)))
            )

    def discard(self, vista_id: UUID, by: str) -> None:
        """Throw away an unsaved walk of one's own; `restore` brings it back."""
        with self._changing(vista_id) as connection:
            refuse_when_saved(connection, vista_id)
            own_walk(connection, vista_id, by, "discard")
            connection.execute(update(vistas).where(vistas.c.id == vista_id).values(discarded=True))

    def restore(self, vista_id: UUID, *, by: str) -> None:
        with self._changing(vista_id) as connection:
            own_walk(connection, vista_id, by, "restore")
            connection.execute(update(vistas).where(vistas.c.id == vista_id).values(discarded=False))

    def knows(self, vista_id: UUID) -> bool:
        """Whether it is here, or was thrown away here."""
        with self._reading() as connection:
            return connection.scalar(select(vistas.c.id).where(vistas.c.id == vista_id)) is not None

    # --- several at once

    def standing(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Which of these vistas and journals are here and not thrown away."""
        with self._reading() as connection:
            return frozenset(
                found
                for table in (vistas, journals)
                for found in connection.scalars(
                    select(table.c.id).where(table.c.id.in_(ids), table.c.discarded.is_(False))
                )
            )

    def set_discarded(self, ids: Collection[UUID], discarded: bool) -> None:
        """Throw away these vistas and journals, or bring them back, with all that was written in them."""
        with self._writing() as connection:
            for table in (vistas, journals):
                chosen = update(table).where(table.c.id.in_(ids))
                connection.execute(chosen.values(discarded=discarded))

    # --- notices

    def write_notice(self, vista_id: UUID, notice: Notice) -> Notice:
        """Durable when it returns. The same notice (by id) written twice is there once."""
        with self._changing(vista_id) as connection:
            NOTICES.write_once(connection, vista_id, notice)
        return notice

    def revise_notice(
        self, vista_id: UUID, notice_id: UUID, *, by: str, text: str, kind: NoticeKind, at: datetime
    ) -> Notice:
        """A new revision; only by its author (NoticeError)."""
        with self._changing(vista_id) as connection:
            return NOTICES.revise(connection, vista_id, notice_id, by, at, text=text, kind=kind)

    def remove_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> None:
        """A tombstone by its author (NoticeError for anybody else)."""
        with self._changing(vista_id) as connection:
            NOTICES.remove(connection, vista_id, notice_id, by, at)

    def restore_notice(self, vista_id: UUID, notice_id: UUID, *, by: str, at: datetime) -> Notice:
        """Undo a removal."""
        with self._changing(vista_id) as connection:
            return NOTICES.restore(connection, vista_id, notice_id, by, at)

    # --- reading

    def vista(self, vista_id: UUID) -> Vista:
        """The whole vista; frames are read when they are looked at. VistaNotFound also for one thrown away."""
        with self._reading() as connection:
            return read_vista(connection, vista_id, self._blobs, self._earlier)

    def _earlier(self, copy_id: UUID) -> Vista:
        with self._reading() as connection:
            return read_copy(connection, copy_id, self._blobs)

    def notices(self, vista_id: UUID) -> tuple[Notice, ...]:
        with self._reading() as connection:
            return NOTICES.standing(connection, vista_id)

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

    # --- what routines were walked

    def walked(self, routine: str) -> tuple[WalkedVersion, ...]:
        """With which versions of a routine vistas were walked, those walked last first."""
        with self._reading() as connection:
            return read_walked(connection, routine)

    def walkers(self, routine: str, since: datetime) -> tuple[str, ...]:
        """Who walked it since then."""
        with self._reading() as connection:
            return read_walkers(connection, routine, since)

    def seen_last(self, place: Place) -> datetime | None:
        """When its look was last given any data; None where it never was."""
        with self._reading() as connection:
            return read_seen_last(connection, place)

    def earlier_notices(self, place: Place, *, before: datetime, limit: int = 20) -> tuple[EarlierNotice, ...]:
        """What was noticed there in vistas begun before that, the newest first; see `vistas.store.earlier`."""
        with self._reading() as connection:
            return read_earlier(connection, place, before, limit)

    def traces(self, routine: str, *, most: int, until: datetime | None = None) -> tuple[TracedMorning, ...]:
        """What became of each of its looks on its last live mornings, the newest first."""
        with self._reading() as connection:
            return read_traces(connection, routine, most, until)

    def trace_marker(self, routine: str, *, most: int, until: datetime | None = None) -> Marker:
        """Another one once `traces` would say something else."""
        with self._reading() as connection:
            return read_marker(connection, routine, most, until)

    # --- whole vistas

    def put(self, vista: Vista) -> UUID:
        """A whole vista at once. One that is here is only given the walks, notices and answers that it lacks."""
        return self._add(vista).vista

    def bring_in(self, vista: Vista) -> BroughtIn:
        """A vista out of somebody's file. What was written in it is marked so; nothing that is here is changed.

        StoreError for one that was thrown away here.
        """
        return self._add(from_file(vista))

    def _add(self, vista: Vista) -> BroughtIn:
        """Frames are kept before the database is locked; only those that belong to what is, or will be, here."""
        blobs = OncePerContent(self._blobs)
        with self._reading() as connection:
            if known := is_here(connection, vista.id):
                heal(connection, vista, blobs)
        prepared = None if known else prepare(vista, blobs)
        with self._writing() as connection:
            new = prepared is not None and not is_here(connection, vista.id)
            if prepared is not None and new:
                insert_evidence(connection, prepared)
            else:
                count_change(connection, vista.id)
            walks = add_walks(connection, vista.id, vista.walks)
            notices = NOTICES.add(connection, vista.id, vista.notices)
            answers = add_answers(connection, vista)
            if answers[0]:
                count_answered(connection, vista.id, *([vista.eyes.vista] if vista.eyes else ()))
        return BroughtIn(vista.id, new, walks, *notices, *answers)

    def examine(self) -> Examination:
        """Which frames are damaged or missing. It reads all there is."""
        with self._reading() as connection:
            return examine(connection, self._blobs)

    def check(self) -> str:
        """One line on the store: how much is in it. StoreError when it cannot be read or written."""
        with self._writing() as connection:
            connection.execute(update(vistas).where(false()).values(revision=0))
            number = connection.scalar(select(func.count()).select_from(vistas).where(vistas.c.is_copy.is_(False)))
        self._blobs.check()
        return f"{number} vistas, tables at {engines.schema_version(self._transactions.engine)}"
