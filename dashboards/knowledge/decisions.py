"""The library of decision tables."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import decisions_evidence, decisions_view, live, process, viewer, words
from dashboards.plain import plain
from dashboards.state import EVIDENCE, JOURNAL, VERSION, id_in_url, now, parameter, place
from vistas.errors import JournalNotFound, PracticeError
from vistas.practice.decisions import Field
from vistas.practice.decisions_entries import KIND
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    """The table that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one(id_in_url(JOURNAL))
    else:
        _all()


def _one(journal: UUID | None) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button("All tables", icon=":material/arrow_back:", type="tertiary", on_click=_to, key="all-tables")
        viewer.change_name()
    head = _head(journal)
    if head is None:
        st.subheader("This table is not here.", anchor=False)
        st.markdown(":gray[The link may be cut short, or it is of somebody else's store.]")
        return
    if parameter(EVIDENCE):
        _open_evidence(head.id)
    decisions_view.draw(head.id, titled=True)
    live.watch("decisions", decisions_view.watched(head.id))


def _head(journal: UUID | None) -> Head | None:
    try:
        head = process.notebooks().decisions.head(journal) if journal else None
    except JournalNotFound:
        return None
    return head if head and head.kind == KIND else None


def _open_evidence(journal: UUID) -> None:
    """What the link `live` of a cue leads to."""
    wanted = id_in_url(EVIDENCE)
    link = process.notebooks().decisions.read(journal).link(wanted) if wanted else None
    place(evidence="")
    if link is None:
        st.warning("This evidence is not linked any more.", icon=":material/link_off:")
        return
    try:
        decisions_evidence.open_live(link)
    except PracticeError as problem:
        st.warning(plain(str(problem)), icon=":material/link_off:")


def _to(journal: UUID | None = None) -> None:
    place(**{JOURNAL: str(journal or ""), VERSION: ""})


def _all() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = st.text_input(
            "Words in it",
            placeholder="a cue, a service, a name",
            icon=":material/search:",
            width=420,
            key="find-decisions",
        )
        with st.popover("A new table", icon=":material/add:", type="tertiary", key="new-decisions"):
            _new()
    found = process.notebooks().decisions.find(text.strip())
    if not found:
        _nothing(text.strip())
        return
    grid = st.grid(3, min_column_width=300, gap="small")
    for head in found:
        with grid.cell():
            _card(head)


def _new() -> None:
    with st.form("new-decisions-form", border=False):
        title = st.text_input("Which night, which incident?", max_chars=200, key="new-decisions-title")
        if st.form_submit_button("Begin", type="primary") and title.strip():
            journal = process.notebooks().decisions.begin(title.strip(), by=viewer.name(), at=now())
            _to(journal)
            st.rerun()


def _nothing(text: str) -> None:
    if text:
        st.markdown("**No table has these words.** :gray[Try fewer.]")
        return
    st.markdown(
        "**No decision table yet.** :gray[Choose one real incident and somebody who was there; ask what was hard, "
        "which signs told, what goes wrong easily. The table brings the questions along.]"
    )


def _card(head: Head) -> None:
    table = process.notebooks().decisions.read(head.id)
    with st.container(border=True, key=f"card-{head.id}", height="stretch", gap="xsmall"):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title, width="stretch")
        with st.container(key=f"first-{head.id}", gap="xsmall"):
            for row in table.shown[:3]:
                if says := row.says(Field.DECISION):
                    st.text(cut(says, 90))
        st.space("stretch")
        rows = words.count(len(table.shown), "decision") if table.shown else "no decision yet"
        when = decisions_evidence.moment(head.changed_at)
        st.markdown(f":small[:gray[{rows} · {plain(head.begun_by)} began it · {when}]]")
        st.button(
            "Open",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=_to,
            args=(head.id,),
            key=f"open-{head.id}",
        )
