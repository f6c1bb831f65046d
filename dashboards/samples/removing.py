"""A line at the foot of pages that show samples: what they are, and how they go and come back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import session
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.practice.samples import sampled


def draw(*, mornings: bool) -> None:
    """Nothing where there are none: of an older store the mornings alone, which a page may not show."""
    here = process.samples().here()
    if session().samples_removed:
        _undo()
    elif here if mornings else here & {journal.id for journal in sampled().journals}:
        _offer(here)


def _offer(here: Collection[UUID]) -> None:
    st.space("small")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="samples"):
        st.markdown(":small[:gray[What is marked *sample* came with Morning Vistas.]]", width="content")
        with st.popover("Remove the samples", icon=":material/delete_sweep:", type="tertiary", key="samples-door"):
            st.markdown("This takes away\n\n" + "\n".join(f"- {each}" for each in _what(here)))
            st.markdown("and what anyone has written in them since. Your own walks and sessions stay.")
            st.button("Remove", type="primary", key="samples-remove", on_click=_remove)


def _what(here: Collection[UUID]) -> Iterator[str]:
    if mornings := [each for each in sampled().recordings.values() if each in here]:
        yield "the recorded mornings of Lantern Books" if len(mornings) > 1 else "a recorded morning"
    for journal in sampled().journals:
        if journal.id in here and journal.kind == "session":
            yield f"the session “{plain(journal.title)}”, with its decision table, matrix, round and wheel"
    if any(journal.id in here for journal in sampled().journals):
        yield "its lines on the map of expertise, and its words in the glossary"


def _remove() -> None:
    viewer.signing(_away)


def _away() -> None:
    process.samples().remove(**signed())
    session().samples_removed = True


def _undo() -> None:
    st.space("small")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="samples"):
        st.markdown(":gray[The samples were removed.]", width="content")
        st.button("Undo", type="tertiary", icon=":material/undo:", key="samples-undo", on_click=_back)


def _back() -> None:
    process.samples().restore()
    session().samples_removed = False
