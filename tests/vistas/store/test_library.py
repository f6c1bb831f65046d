"""What the library finds, and that finding it stays cheap as vistas gather."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.vistas.store.test_store import NOW, notice, vista
from vistas.store import Search, Store, engine
from vistas.store.library import read_page
from vistas.vista import new_id
from vistas.vista.notice import NoticeKind

DATABASE = "v.db"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/{DATABASE}", tmp_path / "blobs")
    yield store
    store.close()


def plan(folder: Path, search: Search) -> list[str]:
    """How SQLite would go about the page's rows, in its own words."""
    opened = engine.open_engine(f"sqlite:///{folder}/{DATABASE}")
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        asked.append((statement, parameters))

    with opened.connect() as connection:
        event.listen(opened, "before_cursor_execute", remember)
        read_page(connection, search)
        event.remove(opened, "before_cursor_execute", remember)
        rows = next(each for each in asked if "FROM vistas" in each[0])
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {rows[0]}", rows[1]).all()
    opened.dispose()
    return [str(step[-1]) for step in steps]


@pytest.mark.parametrize("saved_only", [True, False])
def test_a_page_is_read_off_an_index_without_sorting(store: Store, tmp_path: Path, saved_only: bool) -> None:
    """Else the library would slow down with every vista in it."""
    (step,) = plan(tmp_path, Search(saved_only=saved_only))
    assert "USING INDEX vistas_by_time" in step


def test_a_later_page_begins_at_its_place_in_the_index(store: Store, tmp_path: Path) -> None:
    """It does not pass by all that came before."""
    (step,) = plan(tmp_path, Search(after=(1, new_id())))
    assert "vistas_by_time" in step
    assert "begun_at" in step


def test_a_routines_vistas_are_read_off_an_index(store: Store, tmp_path: Path) -> None:
    assert any("INDEX" in step and "SCAN" not in step for step in plan(tmp_path, Search(routine="landscape")))


def test_a_notice_is_found_by_what_it_says_now(store: Store) -> None:
    """What was rewritten or removed is found no more; what was brought back is."""
    written = notice("the leaky parser")
    whole = vista(saved_at=NOW, notices=(written,))
    store.put(whole)

    def finds(words: str) -> bool:
        return bool(store.library(Search(text=words)).vistas)

    assert finds("leaky")
    store.revise_notice(whole.id, written.id, by="Maya", text="the thumbs", kind=NoticeKind.NOTICED, at=NOW)
    assert (finds("leaky"), finds("thumbs")) == (False, True)
    store.remove_notice(whole.id, written.id, by="Maya", at=NOW)
    assert not finds("thumbs")
    store.restore_notice(whole.id, written.id, by="Maya", at=NOW)
    assert finds("thumbs")


def test_case_does_not_matter_in_any_alphabet(store: Store) -> None:
    store.put(vista(title="Über Nacht: ТИХО, TOMÁS", saved_at=NOW))
    for words in ("über", "ÜBER", "тихо", "tomás"):
        assert len(store.library(Search(text=words)).vistas) == 1, words


def test_words_find_people_too(store: Store) -> None:
    whole = vista(saved_at=NOW, notices=(notice(author="Ines Okafor"),))
    store.put(whole)
    store.arrive(whole.id, new_id(), "Jonas Berg", "s1", NOW)
    for words in ("maya", "okafor", "jonas"):
        assert len(store.library(Search(text=words)).vistas) == 1, words


def test_every_vista_is_on_one_page_though_many_began_together(store: Store) -> None:
    """Pages go by time and id: neither twins nor new arrivals make one appear twice or never."""
    put = {store.put(vista(begun_at=NOW - timedelta(days=number // 5), saved_at=NOW)) for number in range(12)}
    search, seen = Search(limit=5), []
    while True:
        page = store.library(search)
        seen += [each.id for each in page.vistas]
        store.put(vista(begun_at=NOW + timedelta(days=len(seen)), saved_at=NOW))
        if page.after is None:
            break
        search = replace(search, after=page.after)
    assert sorted(seen) == sorted(put)


def test_what_is_unanswered_is_looked_up_and_not_looked_through(store: Store, tmp_path: Path) -> None:
    """Notices and answers are found by index, one vista after the other."""
    steps = plan(tmp_path, Search(unanswered=True))
    assert "vistas_by_time" in steps[0]
    assert not [step for step in steps if step.startswith("SCAN")]
