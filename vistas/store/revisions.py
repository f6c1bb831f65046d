"""What people write into vistas, each change of it a row: who may change it, and what a file may add.

Notices and answers are kept alike. A change is a new revision, a removal a revision that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Select, Table, and_, func, insert, select

from vistas.errors import NoticeError
from vistas.store.rows import Row, answer_row, notice_row, read_answer, read_notice
from vistas.store.tables import answers, notices
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice
from vistas.vista.written import Written

W = TypeVar("W", bound=Written)


@dataclass(frozen=True, slots=True)
class Revisions(Generic[W]):
    """One kind of what is written: its table, with the column of its id there, and what it is called.

    `row` makes a row of a vista's id and what was written, `removed` where it is a removal; `read` reads it.
    `compared` are the fields in which two of one id must agree to be the same.
    """

    model: type[W]
    table: Table
    id_column: str
    noun: str
    row: Callable[..., dict[str, Any]]
    read: Callable[[Row], W]
    compared: tuple[str, ...]

    def newest(self, vista_ids: Sequence[UUID]) -> Select[tuple[object, ...]]:
        """The rows that count: each one's newest revision, where that is not a removal."""
        table, named = self.table.c, ("vista_id", self.id_column, "revision")
        newest = (
            select(table.vista_id, table[self.id_column], func.max(table.revision).label("revision"))
            .where(table.vista_id.in_(vista_ids))
            .group_by(table.vista_id, table[self.id_column])
            .subquery()
        )
        return (
            select(self.table)
            .join(newest, and_(*(table[name] == newest.c[name] for name in named)))
            .where(table.removed.is_(False))
            .order_by(table.written_at, table[self.id_column])
        )

    def standing(self, connection: Connection, vista_id: UUID) -> tuple[W, ...]:
        """Those of a vista, in the order they were written."""
        return tuple(self.read(row) for row in connection.execute(self.newest([vista_id])).mappings())

    def stands(self, connection: Connection, vista_id: UUID, written_id: UUID) -> bool:
        row = self._last(connection, vista_id, written_id)
        return row is not None and not row["removed"]

    def write_once(self, connection: Connection, vista_id: UUID, written: W) -> None:
        """The same one (by id) written twice is there once."""
        if self._last(connection, vista_id, written.id) is None:
            connection.execute(insert(self.table), [self.row(vista_id, written)])

    def revise(
        self, connection: Connection, vista_id: UUID, written_id: UUID, by: str, at: datetime, **changes: object
    ) -> W:
        """A new revision; only by its author (NoticeError)."""
        before, _ = self._own(connection, vista_id, written_id, by)
        changed = {**changes, "revision": before.revision + 1, "revised_at": at}
        after = self.model.model_validate(before.model_dump() | changed)
        connection.execute(insert(self.table), [self.row(vista_id, after)])
        return after

    def remove(self, connection: Connection, vista_id: UUID, written_id: UUID, by: str, at: datetime) -> None:
        """A tombstone by its author (NoticeError for anybody else)."""
        before, removed = self._own(connection, vista_id, written_id, by)
        if not removed:
            last = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
            connection.execute(insert(self.table), [self.row(vista_id, last, removed=True)])

    def restore(self, connection: Connection, vista_id: UUID, written_id: UUID, by: str, at: datetime) -> W:
        """Undo a removal."""
        before, removed = self._own(connection, vista_id, written_id, by)
        if not removed:
            return before
        back = before.model_copy(update={"revision": before.revision + 1, "revised_at": at})
        connection.execute(insert(self.table), [self.row(vista_id, back)])
        return back

    def add(self, connection: Connection, vista_id: UUID, brought: Iterable[W]) -> tuple[int, int]:
        """How many were not here; and how many are here but read otherwise, or were removed: they are left out."""
        taken = select(self.table).where(self.table.c.vista_id == vista_id).order_by(self.table.c.revision)
        known = {row[self.id_column]: row for row in connection.execute(taken).mappings()}
        added, differing = [], 0
        for written in brought:
            if (here := known.get(written.id)) is None:
                added.append(self.row(vista_id, written))
            elif here["removed"] or not self._same(self.read(here), written):
                differing += 1
        if added:
            connection.execute(insert(self.table), added)
        return len(added), differing

    def _same(self, here: W, brought: W) -> bool:
        return all(getattr(here, name) == getattr(brought, name) for name in self.compared)

    def _own(self, connection: Connection, vista_id: UUID, written_id: UUID, by: str) -> tuple[W, bool]:
        """The newest revision and whether it is a removal."""
        row = self._last(connection, vista_id, written_id)
        if row is None:
            raise NoticeError(f"this {self.noun} is no longer here")
        if row["from_file"]:
            raise NoticeError(f"this {self.noun} came with a file: it cannot be changed")
        if row["author"] != by:
            raise NoticeError(f"this {self.noun} is {row['author']}'s: only they can change it")
        return self.read(row), bool(row["removed"])

    def _last(self, connection: Connection, vista_id: UUID, written_id: UUID) -> Row | None:
        table = self.table.c
        newest = (
            select(self.table)
            .where(table.vista_id == vista_id, table[self.id_column] == written_id)
            .order_by(table.revision.desc())
            .limit(1)
        )
        return connection.execute(newest).mappings().first()


NOTICES: Final = Revisions(
    Notice, notices, "notice_id", "notice", notice_row, read_notice, ("stop", "author", "kind", "text", "anchor")
)
ANSWERS: Final = Revisions(
    Answer, answers, "answer_id", "answer", answer_row, read_answer, ("notice", "author", "kind", "text")
)
