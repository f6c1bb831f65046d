"""The library of decision tables."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import decisions_evidence, decisions_view, live, process, viewer, words
from dashboards.knowledge import shelf
from dashboards.plain import plain
from dashboards.state import EVIDENCE, JOURNAL, id_in_url, now, parameter, place
from vistas.errors import PracticeError
from vistas.practice.decisions import Field
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    """The table that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one()
    else:
        _all()


def _one() -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shelf.back("All tables", key="all-tables")
        viewer.change_name()
    head = shelf.named_in_url(process.notebooks().decisions)
    if head is None:
        shelf.not_here("table")
        return
    if parameter(EVIDENCE):
        _open_evidence(head.id)
    decisions_view.draw(head.id, titled=True)
    live.watch("decisions", decisions_view.watched(head.id))


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


def _all() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = shelf.sought("a cue, a service, a name", key="find-decisions")
        with st.popover("A new table", icon=":material/add:", type="tertiary", key="new-decisions"):
            _new()
    found = process.notebooks().decisions.find(text)
    if found:
        shelf.cards(found, _card)
    else:
        _nothing(text)


def _new() -> None:
    with st.form("new-decisions-form", border=False):
        title = st.text_input("Which night, which incident?", max_chars=200, key="new-decisions-title")
        if st.form_submit_button("Begin", type="primary") and title.strip():
            journal = process.notebooks().decisions.begin(title.strip(), by=viewer.name(), at=now())
            shelf.to(journal)
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
    rows = words.count(len(table.shown), "decision") if table.shown else "no decision yet"
    when = decisions_evidence.moment(head.changed_at)
    with (
        shelf.card(head, f"{rows} · {plain(head.begun_by)} began it · {when}"),
        st.container(key=f"first-{head.id}", gap="xsmall"),
    ):
        for row in table.shown[:3]:
            if says := row.says(Field.DECISION):
                st.text(cut(says, 90))
