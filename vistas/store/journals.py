"""Journals: what people write together, entry after entry. An entry is never changed and never taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, or_, select, update

from vistas.errors import JournalMoved, JournalNotFound
from vistas.store.rows import Row, checked_text, micros, moment
from vistas.store.tables import entries, journals, unsigned, vistas
from vistas.store.transactions import Transactions
from vistas.store.unsigned import Texts, put_unsigned, read_unsigned


@dataclass(frozen=True, slots=True)
class Head:
    """A journal as a list shows it. `revision` counts its entries and is the number of the newest."""

    id: UUID
    kind: str
    title: str
    begun_by: str
    begun_at: datetime
    changed_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class WholeJournal:
    """`written` are its entries as they were written: by whom, when, and what."""

    id: UUID
    kind: str
    title: str
    begun_by: str
    begun_at: datetime
    written: tuple[tuple[str, datetime, str], ...]


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """`by` is None where it was written anonymously; then `at` is when the journal was begun."""

    number: int
    at: datetime
    by: str | None
    body: str


class Journals:
    """When a method returns, what it was given is on the disk."""

    def __init__(self, transactions: Transactions) -> None:
        self._reading, self._writing = transactions.reading, transactions.writing

    def begin(self, journal_id: UUID, kind: str, title: str, *, by: str, at: datetime) -> None:
        """An empty journal. The same one begun twice is there once."""
        row = {
            "id": journal_id,
            "kind": kind,
            "title": checked_text(title),
            "begun_by": checked_text(by),
            "begun_at": micros(at),
            "changed_at": micros(at),
            "revision": 0,
        }
        with self._writing() as connection:
            if connection.scalar(select(journals.c.id).where(journals.c.id == journal_id)) is None:
                connection.execute(insert(journals), [row])

    def fill(self, whole: Sequence[WholeJournal]) -> bool:
        """Put whole journals into a store in which nothing was ever kept: all of them, or none and False."""
        with self._writing() as connection:
            if connection.scalar(select(exists(select(journals.c.id)) | exists(select(vistas.c.id)))):
                return False
            connection.execute(insert(journals), [_whole_row(each) for each in whole])
            rows = [row for each in whole for row in _entry_rows(each)]
            connection.execute(insert(entries), rows)
            return True

    def append(
        self,
        journal_id: UUID,
        bodies: Sequence[str],
        *,
        by: str | None,
        at: datetime,
        expected_revision: int | None = None,
    ) -> int:
        """All entries or none; gives the new revision.

        JournalMoved if the journal is no longer at `expected_revision`; JournalNotFound where there is none.
        """
        with self._writing() as connection:
            moved = (
                update(journals)
                .where(journals.c.id == journal_id)
                .values(revision=journals.c.revision + len(bodies), changed_at=micros(at))
                .returning(journals.c.revision, journals.c.begun_at)
            )
            found = connection.execute(moved).first()
            if found is None:
                raise JournalNotFound(f"there is no journal {journal_id}")
            revision, begun_at = found
            before = revision - len(bodies)
            if expected_revision is not None and before != expected_revision:
                raise JournalMoved("someone else wrote here at the same moment; look again, then decide")
            rows = [
                {
                    "journal_id": journal_id,
                    "number": number,
                    "at": begun_at if by is None else micros(at),
                    "by": None if by is None else checked_text(by),
                    "body": checked_text(body),
                }
                for number, body in enumerate(bodies, start=before + 1)
            ]
            connection.execute(insert(entries), rows)
        return int(revision)

    def unsigned(self, journal_id: UUID) -> Texts:
        """What was written into it without names."""
        with self._reading() as connection:
            return read_unsigned(connection, journal_id)

    def put_unsigned(
        self, journal_id: UUID, text_id: UUID, text: str, *, expected_revision: int, once: bool
    ) -> str:
        """Write a text without a name; empty takes it away. `once`: what is there under this id already stays.

        Gives the text that stands now. JournalMoved if the journal is no longer at `expected_revision`;
        JournalNotFound where there is none.
        """
        with self._writing() as connection:
            revision = connection.scalar(select(journals.c.revision).where(journals.c.id == journal_id))
            if revision is None:
                raise JournalNotFound(f"there is no journal {journal_id}")
            if revision != expected_revision:
                raise JournalMoved("someone else wrote here at the same moment; look again, then decide")
            return put_unsigned(connection, journal_id, text_id, text, once=once)

    def rename(self, journal_id: UUID, title: str) -> None:
        with self._writing() as connection:
            named = update(journals).where(journals.c.id == journal_id).values(title=checked_text(title))
            if connection.execute(named).rowcount == 0:
                raise JournalNotFound(f"there is no journal {journal_id}")

    def entries(self, journal_id: UUID, *, after: int = 0) -> tuple[KeptEntry, ...]:
        """In the order they were written, those after number `after`."""
        newer = (
            select(entries)
            .where(entries.c.journal_id == journal_id, entries.c.number > after)
            .order_by(entries.c.number)
        )
        with self._reading() as connection:
            rows = connection.execute(newer).mappings().all()
        return tuple(KeptEntry(row["number"], moment(row["at"]), row["by"], row["body"]) for row in rows)

    def head(self, journal_id: UUID) -> Head:
        """JournalNotFound where there is none, and for one that was thrown away."""
        here = journals.c.id == journal_id, journals.c.discarded.is_(False)
        with self._reading() as connection:
            row = connection.execute(select(journals).where(*here)).mappings().first()
        if row is None:
            raise JournalNotFound(f"there is no journal {journal_id}")
        return _head(row)

    def revisions(self, journal_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """The change counters of those that are there; cheap enough to ask every second.

        What is written without a name counts here, and in no entry's number.
        """
        counter = journals.c.revision + func.coalesce(unsigned.c.changes, 0)
        asked = select(journals.c.id, counter).join_from(journals, unsigned, isouter=True)
        asked = asked.where(journals.c.id.in_(list(journal_ids)))
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(asked)}

    def find(self, kind: str, *, text: str = "", limit: int = 200) -> tuple[Head, ...]:
        """Those of a kind, the ones written in last first.

        With a `text`, those whose title or an entry of which contains it, names of fields included.
        """
        query = select(journals).where(journals.c.kind == kind, journals.c.discarded.is_(False))
        if text:
            written = exists().where(
                entries.c.journal_id == journals.c.id, entries.c.body.icontains(text, autoescape=True)
            )
            nameless = exists().where(
                unsigned.c.journal_id == journals.c.id, unsigned.c.body.icontains(text, autoescape=True)
            )
            query = query.where(or_(journals.c.title.icontains(text, autoescape=True), written, nameless))
        query = query.order_by(journals.c.changed_at.desc(), journals.c.id.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(_head(row) for row in connection.execute(query).mappings())


def _whole_row(journal: WholeJournal) -> dict[str, Any]:
    return {
        "id": journal.id,
        "kind": journal.kind,
        "title": checked_text(journal.title),
        "begun_by": checked_text(journal.begun_by),
        "begun_at": micros(journal.begun_at),
        "changed_at": micros(max((at for _, at, _ in journal.written), default=journal.begun_at)),
        "revision": len(journal.written),
    }


def _entry_rows(journal: WholeJournal) -> Iterator[dict[str, Any]]:
    for number, (by, at, body) in enumerate(journal.written, start=1):
        written = {"by": checked_text(by), "at": micros(at), "body": checked_text(body)}
        yield {"journal_id": journal.id, "number": number, **written}


def _head(row: Row) -> Head:
    return Head(
        row["id"],
        row["kind"],
        row["title"],
        row["begun_by"],
        moment(row["begun_at"]),
        moment(row["changed_at"]),
        row["revision"],
    )
