"""A glossary that anybody can add to, and that knows each word once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from vistas.practice.glossary import Glossary
from vistas.practice.glossary.entries import FIRST_WORDS, Explained, Forgotten, begun, notebook
from vistas.practice.notebook import Stamp
from vistas.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA, BEA = Stamp(1, NOW, "Ada"), Stamp(2, NOW, "Bea")
ONE, OTHER = UUID(int=1), UUID(int=2)


def test_a_store_has_one_glossary_with_first_words(store: Store) -> None:
    glossary = notebook(store.journals)
    assert begun(glossary, NOW) == begun(glossary, NOW)
    assert {term.name for term in glossary.read(begun(glossary, NOW)).ordered} == set(FIRST_WORDS)


def test_a_word_explained_by_two_at_once_is_one_word() -> None:
    state = Explained(id=ONE, name="Parser", meaning="reads orders").apply(Glossary(), ADA)
    state = Explained(id=OTHER, name="parser", meaning="orders and bills").apply(state, BEA)
    assert [(term.id, term.meaning, term.by) for term in state.ordered] == [(OTHER, "orders and bills", "Bea")]


def test_words_stand_as_in_a_dictionary_and_are_found_by_what_they_mean() -> None:
    state = Glossary()
    for number, (name, meaning) in enumerate([("pod", "a copy"), ("API", "a door"), ("Node", "a machine")]):
        state = Explained(id=UUID(int=number), name=name, meaning=meaning).apply(state, ADA)
    assert [term.name for term in state.ordered] == ["API", "Node", "pod"]
    assert [term.name for term in state.find(" DOOR ")] == ["API"]
    assert state.named("node") == state.terms[UUID(int=2)]


def test_a_forgotten_word_is_gone_and_can_come_back() -> None:
    told = Explained(id=ONE, name="pod", meaning="a copy")
    state = Forgotten(id=ONE).apply(told.apply(Glossary(), ADA), BEA)
    assert state.ordered == ()
    assert [term.name for term in told.apply(state, BEA).ordered] == ["pod"]
