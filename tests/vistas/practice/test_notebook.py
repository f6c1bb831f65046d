"""A notebook reads a journal's entries into a state: each entry once, in order, whoever writes meanwhile."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from vistas.errors import JournalMoved, JournalNotFound
from vistas.practice import EntryBody, Notebook, Stamp, notebook
from vistas.store import Journals, Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
State = tuple[tuple[int, str | None, str], ...]


class Said(EntryBody):
    type: Literal["said"] = "said"
    text: str

    def apply(self, state: State, stamp: Stamp) -> State:
        return (*state, (stamp.number, stamp.by, self.text))


Sayings = Notebook[State, Said]


@pytest.fixture
def journals(store: Store) -> Journals:
    return store.journals


def sayings(journals: Journals, kind: str = "sayings") -> Sayings:
    return Notebook(journals, kind, TypeAdapter(Said), (), lambda state: " ".join(said for _, _, said in state))


def test_entries_are_numbered_in_the_order_they_were_written(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", Said(text="a"), Said(text="b"), by="Maya", at=NOW)
    assert book.write(journal, Said(text="c"), by="Tomás", at=NOW) == 3
    assert book.read(journal) == ((1, "Maya", "a"), (2, "Maya", "b"), (3, "Tomás", "c"))


def test_what_was_read_before_is_not_read_again(journals: Journals, monkeypatch: pytest.MonkeyPatch) -> None:
    book = sayings(journals)
    journal = book.begin("Title", Said(text="a"), Said(text="b"), by="Maya", at=NOW)
    book.read(journal)
    asked: list[int] = []
    entries = journals.entries

    def counted(journal_id: UUID, *, after: int = 0) -> object:
        asked.append(after)
        return entries(journal_id, after=after)

    monkeypatch.setattr(journals, "entries", counted)
    book.write(journal, Said(text="c"), by="Maya", at=NOW)
    assert book.read_at(journal) == (3, ((1, "Maya", "a"), (2, "Maya", "b"), (3, "Maya", "c")))
    assert asked == [2]


def test_every_earlier_version_can_be_read(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", *(Said(text=text) for text in "abc"), by="Maya", at=NOW)
    assert [len(book.as_of(journal, number)) for number in range(5)] == [0, 1, 2, 3, 3]
    assert [each.what.text for each in book.history(journal)] == ["a", "b", "c"]


def test_who_decided_upon_an_older_state_is_told(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", Said(text="a"), by="Maya", at=NOW)
    known, _ = book.read_at(journal)
    book.write(journal, Said(text="b"), by="Tomás", at=NOW)
    with pytest.raises(JournalMoved):
        book.write(journal, Said(text="c"), by="Maya", at=NOW, expected_revision=known)
    assert len(book.read(journal)) == 2


def test_an_anonymous_entry_holds_neither_who_nor_when(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", by="Maya", at=NOW)
    book.write(journal, Said(text="a"), by=None, at=NOW.replace(hour=11))
    (written,) = book.history(journal)
    assert (written.stamp.by, written.stamp.at) == (None, NOW)


def test_a_journal_that_is_not_there_cannot_be_written(journals: Journals) -> None:
    book = sayings(journals)
    with pytest.raises(JournalNotFound):
        book.write(uuid4(), Said(text="a"), by="Maya", at=NOW)
    with pytest.raises(JournalNotFound):
        book.head(uuid4())


def test_found_is_what_tells_of_it_today_in_titles_or_words(journals: Journals) -> None:
    """Names of fields are in every entry, and are no words of anybody's."""
    book, other = sayings(journals), sayings(journals, "others")
    one = book.begin("Monday", Said(text="the Größe of it"), by="Maya", at=NOW)
    book.begin("Tuesday", Said(text="nothing"), by="Maya", at=NOW)
    other.begin("Monday", by="Maya", at=NOW)
    assert [head.id for head in book.find("größe")] == [one]
    assert [head.id for head in book.find("monday")] == [one]
    assert book.find("type") == ()


def test_an_entry_nobody_knows_is_a_bug_and_raises(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", by="Maya", at=NOW)
    journals.append(journal, ['{"type": "danced"}'], by="Maya", at=NOW)
    with pytest.raises(ValidationError):
        book.read(journal)


def test_only_the_newest_states_are_kept_at_hand(journals: Journals, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the others are read again in whole when they are asked for."""
    monkeypatch.setattr(notebook, "REMEMBERED", 3)
    book = sayings(journals)
    begun = [book.begin(str(each), Said(text=str(each)), by="Maya", at=NOW) for each in range(6)]
    assert [book.read(journal)[0][2] for journal in begun] == list("012345")
    assert [book.read(journal)[0][2] for journal in begun] == list("012345")


def test_readers_see_every_entry_once_while_many_write(journals: Journals) -> None:
    book = sayings(journals)
    journal = book.begin("Title", by="Maya", at=NOW)
    writers, each = 8, 12
    done = threading.Event()
    seen: list[State] = []

    def write(name: str) -> None:
        for number in range(each):
            book.write(journal, Said(text=f"{name} {number}"), by=name, at=NOW)

    def read() -> None:
        while not done.is_set():
            seen.append(book.read(journal))

    reading = [threading.Thread(target=read) for _ in range(3)]
    writing = [threading.Thread(target=write, args=(f"w{number}",)) for number in range(writers)]
    for thread in (*reading, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    done.set()
    for thread in reading:
        thread.join()
    last = book.read(journal)
    assert [number for number, _, _ in last] == list(range(1, writers * each + 1))
    assert {said for _, _, said in last} == {f"w{w} {n}" for w in range(writers) for n in range(each)}
    assert all(state == last[: len(state)] for state in seen)
