"""The library of dependency matrices."""

from __future__ import annotations

import re
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import live, matrix_observation, matrix_view, process, viewer, words
from dashboards.plain import plain
from dashboards.state import JOURNAL, id_in_url, now, parameter, place, zone
from vistas.errors import JournalNotFound
from vistas.practice.matrix_entries import KIND
from vistas.practice.matrix_export import write_csv
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    """The matrix that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one(id_in_url(JOURNAL))
    else:
        _all()


def _one(journal: UUID | None) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button("All matrices", icon=":material/arrow_back:", type="tertiary", on_click=_to, key="all-matrices")
        viewer.change_name()
    head = _head(journal)
    if head is None:
        st.subheader("This matrix is not here.", anchor=False)
        st.markdown(":gray[The link may be cut short, or it is of somebody else's store.]")
        return
    live.watch("matrix", (head.id,))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(plain(head.title), anchor=False, width="content")
        _export(head)
    matrix_view.draw(head.id)


def _head(journal: UUID | None) -> Head | None:
    try:
        head = process.notebooks().matrices.head(journal) if journal else None
    except JournalNotFound:
        return None
    return head if head and head.kind == KIND else None


def _export(head: Head) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", head.title.lower()).strip("-")[:60] or "matrix"
    st.download_button(
        "Take it along (.csv)",
        partial(_csv, head.id, viewer.name()),
        f"{name}.csv",
        "text/csv",
        icon=":material/ios_share:",
        type="tertiary",
        on_click="ignore",
        key="matrix-csv",
    )


def _csv(journal: UUID, me: str) -> str:
    """Made when it is asked for; of what this person may see."""
    matrix = process.notebooks().matrices.read(journal).seen_by(me)
    return "\ufeff" + write_csv(matrix, matrix_observation.observed_in(matrix))


def _to(journal: UUID | None = None) -> None:
    place(**{JOURNAL: str(journal or "")})


def _all() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = st.text_input(
            "Words in it",
            placeholder="an element, a word of a notice",
            icon=":material/search:",
            width=420,
            key="find-matrices",
        )
        with st.popover("A new matrix", icon=":material/add:", type="tertiary", key="new-matrix"):
            _new()
    found = process.notebooks().matrices.find(text.strip())
    if not found:
        _nothing(text.strip())
        return
    grid = st.grid(3, min_column_width=300, gap="small")
    for head in found:
        with grid.cell():
            _card(head)


def _new() -> None:
    with st.form("new-matrix-form", border=False):
        title = st.text_input("Whose critical path?", max_chars=200, key="new-matrix-title")
        if st.form_submit_button("Begin", type="primary") and title.strip():
            _to(process.notebooks().matrices.begin(title.strip(), by=viewer.name(), at=now()))
            st.rerun()


def _nothing(text: str) -> None:
    if text:
        st.markdown("**No matrix has these words.** :gray[Try fewer.]")
        return
    st.markdown(
        "**No dependency matrix yet.** :gray[List what a request meets on its way. Each marks what needs what, "
        "and how hard; where you see it differently, there is something to learn.]"
    )


def _card(head: Head) -> None:
    matrix = process.notebooks().matrices.read(head.id)
    with st.container(border=True, key=f"card-{head.id}", height="stretch", gap="xsmall"):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title, width="stretch")
        st.text(cut(", ".join(matrix.names.values()), 120) or "No elements yet")
        st.space("stretch")
        listed = words.count(len(matrix.shown), "element")
        when = words.when(head.changed_at, now(), zone())
        st.markdown(f":small[:gray[{listed} · {plain(head.begun_by)} began it · changed {when}]]")
        st.button(
            "Open",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=_to,
            args=(head.id,),
            key=f"open-{head.id}",
        )
