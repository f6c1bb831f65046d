"""Whose a walk is to save, rename, throw away and bring back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.vistas.sharing.making import NOW, vista
from vistas.errors import StoreError, VistaNotFound
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Joined, Planned, SessionEntry
from vistas.practice.walk import keeping
from vistas.settings import NOBODY_KNOWN
from vistas.store import Store
from vistas.vista import new_id

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'vistas.db'}", tmp_path / "blobs")


@pytest.fixture
def books(store: Store) -> tuple[Store, keeping.Sessions]:
    return store, Notebooks(store.journals).sessions


def begun(store: Store, author: str = "Maya") -> UUID:
    made = vista(author=author, saved_at=None, title="")
    store.put(made)
    return made.id


def hosted(sessions: keeping.Sessions, about: UUID, *people: str, began: timedelta = timedelta(hours=-1)) -> None:
    """A session with a walk of its own, hosted by Ines, that goes on until later."""
    walk = Planned(activity=Activity(id=new_id(), kind=ActivityKind.WALK, title="Walk", about=about))
    entries: list[SessionEntry] = [HostTaken(host="Ines"), walk]
    room = sessions.begin("Monday", *entries, by="Ines", at=NOW + began)
    for person in people:
        sessions.write(room, Joined(), by=person, at=LATER)
    sessions.write(room, Joined(), by="Ines", at=LATER)


def refused(store: Store, sessions: keeping.Sessions, walk: UUID, by: str) -> bool:
    """Whether nothing can be done by this person, and it says who could."""
    assert not keeping.may_keep(store, sessions, walk, by)
    for act in (
        lambda: keeping.save(store, sessions, walk, "Mine", by=by, at=LATER),
        lambda: keeping.discard(store, sessions, walk, by=by),
        lambda: keeping.restore(store, sessions, walk, by=by),
    ):
        with pytest.raises(StoreError, match="whoever started a walk, or the host of its session"):
            act()
    return store.vista(walk).title == ""


def test_who_began_it_keeps_it(books: tuple[Store, keeping.Sessions]) -> None:
    store, _ = books
    walk = begun(store)
    keeping.discard(*books, walk, by="Maya")
    with pytest.raises(VistaNotFound):
        store.vista(walk)
    keeping.restore(*books, walk, by="Maya")
    keeping.save(*books, walk, "A slow leak", by="Maya", at=LATER)
    keeping.save(*books, walk, "A fast leak", by="Maya", at=LATER)
    assert store.vista(walk).title == "A fast leak"


@pytest.mark.parametrize("by", ["Tomás", "maya", "", NOBODY_KNOWN])
def test_nobody_else_does(by: str, books: tuple[Store, keeping.Sessions]) -> None:
    """Nor is what was saved renamed, nor what was thrown away brought back."""
    store, _ = books
    assert refused(*books, begun(store), by)
    away = begun(store)
    store.discard(away, "Maya")
    with pytest.raises(StoreError, match="restore"):
        keeping.restore(*books, away, by=by)
    saved = begun(store)
    store.save(saved, "A slow leak", LATER, by="Maya")
    with pytest.raises(StoreError, match="save or rename"):
        keeping.save(*books, saved, "Mine", by=by, at=LATER)


def test_in_a_session_its_host_does_as_well(books: tuple[Store, keeping.Sessions]) -> None:
    store, sessions = books
    walk = begun(store)
    hosted(sessions, walk, "Maya", "Tomás")
    assert refused(*books, walk, "Tomás")
    keeping.discard(*books, walk, by="Ines")
    keeping.restore(*books, walk, by="Ines")
    keeping.save(*books, walk, "A slow leak", by="Ines", at=LATER)
    assert store.vista(walk).author == "Maya"


def test_who_hosts_another_session_does_not(books: tuple[Store, keeping.Sessions]) -> None:
    """Taking somebody's walk into a session of one's own makes it nobody else's to throw away."""
    store, sessions = books
    walk = begun(store)
    hosted(sessions, walk)
    hosted(sessions, walk, "Maya", began=timedelta(minutes=1))
    hosted(sessions, new_id(), "Maya")
    assert refused(*books, walk, "Ines")


def test_what_nobody_began_by_name_is_for_anybody_who_has_one(books: tuple[Store, keeping.Sessions]) -> None:
    """Such as what was gathered by a timer."""
    store, _ = books
    walk = begun(store, NOBODY_KNOWN)
    assert not keeping.may_keep(*books, walk, "")
    keeping.save(*books, walk, "At night", by="Ines", at=LATER)
    assert store.vista(walk).title == "At night"
