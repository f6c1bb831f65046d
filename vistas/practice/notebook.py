"""Reads a journal: applies its entries, one after the other, to a state.

What people write together (a session, a decision table, a matrix, a round of answers, …) is stored as entries that
are appended and never changed. A `Notebook` defines the entries of one kind of journal and applies them to its
state. So everything is stored the moment it is written, every earlier version can be read again, and of two
people who write at once neither loses anything.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter

from vistas.store import Head, Journals
from vistas.vista import new_id

REMEMBERED = 200
"""Journals whose newest state is kept at hand."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """`number` counts a journal's entries. `by` is None where it was anonymous; then `at` tells nothing."""

    number: int
    at: datetime
    by: str | None


class EntryBody(BaseModel):
    """What one entry says. Each kind has a literal field `type`, by which it is told from its siblings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S")


class Entry(Protocol[S]):
    """An `EntryBody` that can be applied to the state it is about."""

    def apply(self, state: S, stamp: Stamp, /) -> S:
        """The state once this was written: a new one, that before stays as it was."""
        ...

    def model_dump_json(self) -> str: ...


E = TypeVar("E", bound=Entry[Any])


@dataclass(frozen=True, slots=True)
class Written(Generic[E]):
    """An entry as it was written."""

    stamp: Stamp
    what: E


class Notebook(Generic[S, E]):
    """Safe to use from many threads."""

    def __init__(
        self,
        journals: Journals,
        kind: str,
        entry: TypeAdapter[E],
        empty: S,
        words: Callable[[S], str] = lambda _: "",
    ) -> None:
        """`words` gives the words by which a journal of this kind is found, beside its title."""
        self.kind = kind
        self._journals, self._entry, self._empty, self._words = journals, entry, empty, words
        self._newest: OrderedDict[UUID, tuple[int, S]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, title: str, *first: E, by: str, at: datetime, journal: UUID | None = None) -> UUID:
        """A new journal, with its first entries if there are any."""
        journal = journal or new_id()
        self._journals.begin(journal, self.kind, title, by=by, at=at)
        if first:
            self.write(journal, *first, by=by, at=at)
        return journal

    def write(
        self, journal: UUID, *what: E, by: str | None, at: datetime, expected_revision: int | None = None
    ) -> int:
        """Durable when it returns; gives the new revision.

        JournalMoved if the journal is no longer at `expected_revision`.

        `by` None writes anonymously: the store then holds neither who nor when.
        """
        bodies = [each.model_dump_json() for each in what]
        return self._journals.append(journal, bodies, by=by, at=at, expected_revision=expected_revision)

    def read(self, journal: UUID) -> S:
        """The newest state; only entries that are not known yet are read."""
        return self.read_at(journal)[1]

    def read_at(self, journal: UUID) -> tuple[int, S]:
        """The newest state and the revision it is of."""
        with self._lock:
            number, state = self._newest.pop(journal, (0, self._empty))
            for written in self._entries(journal, after=number):
                number, state = written.stamp.number, written.what.apply(state, written.stamp)
            self._newest[journal] = (number, state)
            if len(self._newest) > REMEMBERED:
                self._newest.popitem(last=False)
            return number, state

    def as_of(self, journal: UUID, number: int) -> S:
        """The state as it was after entry `number`."""
        state = self._empty
        for written in self._entries(journal):
            if written.stamp.number > number:
                break
            state = written.what.apply(state, written.stamp)
        return state

    def history(self, journal: UUID) -> tuple[Written[E], ...]:
        """Everything ever written into it, oldest first."""
        return self._entries(journal)

    def head(self, journal: UUID) -> Head:
        """JournalNotFound where there is none."""
        return self._journals.head(journal)

    def rename(self, journal: UUID, title: str) -> None:
        self._journals.rename(journal, title)

    def find(self, text: str = "", *, limit: int = 200) -> tuple[Head, ...]:
        """Those of this kind, the ones written in last first; with a `text`, those that tell of it today."""
        found = self._journals.find(self.kind, text=text, limit=limit)
        sought = text.casefold()
        return tuple(
            head
            for head in found
            if sought in head.title.casefold() or sought in self._words(self.read(head.id)).casefold()
        )

    def _entries(self, journal: UUID, *, after: int = 0) -> tuple[Written[E], ...]:
        return tuple(
            Written(Stamp(kept.number, kept.at, kept.by), self._entry.validate_json(kept.body))
            for kept in self._journals.entries(journal, after=after)
        )
