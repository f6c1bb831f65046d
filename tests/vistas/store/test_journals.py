"""What people write together is kept, in one order, whoever writes at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from vistas.errors import JournalMoved, JournalNotFound, StoreError
from vistas.store import Journals, Store
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def journals(tmp_path: Path) -> Iterator[Journals]:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield store.journals
    store.close()


def begun(journals: Journals, title: str = "Why do we have on-call?", kind: str = "round") -> UUID:
    journal = new_id()
    journals.begin(journal, kind, title, by="Ada", at=NOW)
    return journal


def test_entries_come_back_in_the_order_they_were_written(journals: Journals) -> None:
    journal = begun(journals)
    assert journals.append(journal, ["a", "b"], by="Ada", at=NOW) == 2
    assert journals.append(journal, ["ünï\x00"], by="Bea", at=LATER) == 3
    assert [(each.number, each.by, each.at, each.body) for each in journals.entries(journal, after=1)] == [
        (2, "Ada", NOW, "b"),
        (3, "Bea", LATER, "ünï\x00"),
    ]


def test_an_anonymous_entry_holds_neither_who_nor_when(journals: Journals) -> None:
    """The moment would tell who had been typing."""
    journal = begun(journals)
    journals.append(journal, ["{}"], by=None, at=LATER)
    (entry,) = journals.entries(journal)
    assert (entry.by, entry.at) == (None, NOW)


def test_who_decided_without_knowing_the_newest_entry_is_told(journals: Journals) -> None:
    """So a wheel is spun once, though two pressed."""
    journal = begun(journals)
    journals.append(journal, ["a"], by="Ada", at=NOW, expected_revision=0)
    with pytest.raises(JournalMoved):
        journals.append(journal, ["b"], by="Bea", at=NOW, expected_revision=0)
    assert [each.body for each in journals.entries(journal)] == ["a"]


def test_thirty_who_write_at_once_lose_nothing(journals: Journals) -> None:
    journal = begun(journals)
    refused: list[StoreError] = []

    def write(name: str) -> None:
        for number in range(20):
            try:
                journals.append(journal, [f"{name} {number}"], by=name, at=NOW)
            except StoreError as error:
                refused.append(error)

    threads = [threading.Thread(target=write, args=(f"person {each}",)) for each in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = journals.entries(journal)
    assert refused == []
    assert [each.number for each in kept] == list(range(1, 601))
    assert {each.body for each in kept} == {
        f"person {person} {number}" for person in range(30) for number in range(20)
    }


def test_change_counters_of_many_are_asked_at_once(journals: Journals) -> None:
    one, other = begun(journals), begun(journals)
    journals.append(one, ["a"], by="Ada", at=NOW)
    assert journals.revisions([one, other, new_id()]) == {one: 1, other: 0}


def test_a_journal_is_found_by_its_title_and_by_what_was_written(journals: Journals) -> None:
    by_title, by_entry = begun(journals, "100% of the ÜBER-team"), begun(journals)
    begun(journals, "100% of another kind", kind="wheel")
    journals.append(by_entry, ['{"text": "the parser is 100% busy"}'], by="Ada", at=LATER)
    assert [head.id for head in journals.find("round", text="100%")] == [by_entry, by_title]
    assert [head.id for head in journals.find("round", text="über")] == [by_title]
    assert journals.find("round", text="1_0") == ()


def test_a_journal_that_is_not_there_says_so(journals: Journals) -> None:
    for ask in (
        lambda: journals.head(new_id()),
        lambda: journals.rename(new_id(), "a"),
        lambda: journals.append(new_id(), ["a"], by="Ada", at=NOW),
    ):
        with pytest.raises(JournalNotFound):
            ask()


def test_beginning_the_same_journal_again_leaves_it_as_it_is(journals: Journals) -> None:
    journal = begun(journals, "first")
    journals.append(journal, ["a"], by="Ada", at=NOW)
    journals.begin(journal, "round", "second", by="Bea", at=LATER)
    head = journals.head(journal)
    assert (head.title, head.begun_by, head.revision) == ("first", "Ada", 1)
    journals.rename(journal, "third")
    assert journals.head(journal).title == "third"
