"""The glossary as a page: every explained word, to find, to add to, to say better, to take out."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import samples
from dashboards.glossary import on_every_page
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui import empty
from dashboards.ui.plain import plain
from dashboards.writing import write
from vistas.practice.glossary import Glossary, Term
from vistas.practice.glossary.entries import Explained, Forgotten, begun, first_words
from vistas.vista import new_id


def draw() -> None:
    notebook = process.notebooks().glossary
    journal = begun(notebook, now())
    glossary = notebook.read(journal)
    st.markdown(
        ":gray[Words as we use them. They are underlined on every page; select any other word to explain it.]"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        sought = st.text_input("Find a word", key="find-word", placeholder="a word, or what it means")
        _add(glossary)
    found = glossary.find(sought)
    if not found:
        st.markdown(":gray[Nobody has explained that yet. You could be the first.]")
    if glossary.terms.keys() <= {word.id for word in first_words()}:
        empty.draw(
            empty.Picture.GLOSSARY,
            "The glossary says what your own words mean, to whoever reads along and would rather not ask.",
            "So far it has only what everybody says; explain one that only you use.",
        )
    grid = st.grid(2, min_column_width=380, gap=("medium", 56))
    for term in found:
        with grid.cell():
            _term(term, journal)


def _term(term: Term, journal: UUID) -> None:
    with st.container(key=f"term-{term.id}", gap=None):
        with st.container(key=f"name-{term.id}"):
            st.text(term.name)
        st.text(term.meaning)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{term.id}"):
            st.text(" · ".join(filter(None, (term.by, samples.mark(term.id, term.meaning)))))
            with st.popover("Edit", icon=":material/edit:", type="tertiary", key=f"own-{term.id}"):
                meaning = st.text_area(
                    plain(term.name), term.meaning, max_chars=1000, key=f"mean-{term.id}-{term.meaning}"
                )
                with st.container(horizontal=True, horizontal_alignment="distribute"):
                    if st.button("Save", type="primary", key=f"keep-{term.id}") and meaning.strip():
                        on_every_page.explain(Explained(id=term.id, name=term.name, meaning=meaning.strip()))
                        st.rerun()
                    if st.button("Remove", type="tertiary", icon=":material/delete:", key=f"forget-{term.id}"):
                        write(process.notebooks().glossary, journal, Forgotten(id=term.id))
                        st.rerun()


def _add(glossary: Glossary) -> None:
    number = len(glossary.terms)
    with st.popover("Explain a word", icon=":material/add:", key="add-word"):
        name = st.text_input("The word", max_chars=80, key=f"new-word-{number}")
        meaning = st.text_area(
            "What it means, for someone who has never heard it", max_chars=1000, key=f"new-meaning-{number}"
        )
        known = glossary.named(name)
        if known:
            st.text(f"At present: {known.meaning}")
        if st.button("Save", type="primary", key="keep-word") and name.strip() and meaning.strip():
            entry = Explained(id=known.id if known else new_id(), name=name.strip(), meaning=meaning.strip())
            on_every_page.explain(entry)
            st.rerun()
