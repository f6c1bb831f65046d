"""The library of dependency matrices."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import live, matrix_observation, matrix_view, process, viewer, words
from dashboards.knowledge import shelf
from dashboards.plain import plain
from dashboards.state import JOURNAL, now, parameter, zone
from vistas.practice.matrix_export import write_csv
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    """The matrix that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one()
    else:
        _all()


def _one() -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shelf.back("All matrices", key="all-matrices")
        viewer.change_name()
    head = shelf.named_in_url(process.notebooks().matrices)
    if head is None:
        shelf.not_here("matrix")
        return
    live.watch("matrix", (head.id,))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(plain(head.title), anchor=False, width="content")
        _export(head)
    matrix_view.draw(head.id)


def _export(head: Head) -> None:
    name = words.file_name(head.title, "matrix")
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


def _all() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = shelf.sought("an element, a word of a notice", key="find-matrices")
        with st.popover("A new matrix", icon=":material/add:", type="tertiary", key="new-matrix"):
            _new()
    found = process.notebooks().matrices.find(text)
    if found:
        shelf.cards(found, _card)
    else:
        _nothing(text)


def _new() -> None:
    with st.form("new-matrix-form", border=False):
        title = st.text_input("Whose critical path?", max_chars=200, key="new-matrix-title")
        if st.form_submit_button("Begin", type="primary") and title.strip():
            shelf.to(process.notebooks().matrices.begin(title.strip(), by=viewer.name(), at=now()))
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
    listed = words.count(len(matrix.shown), "element")
    when = words.when(head.changed_at, now(), zone())
    with shelf.card(head, f"{listed} · {plain(head.begun_by)} began it · changed {when}"):
        st.text(cut(", ".join(matrix.names.values()), 120) or "No elements yet")
