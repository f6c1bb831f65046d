"""Question rounds of earlier sessions, and new ones outside a session."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import live, process, round_beginning, round_view, viewer, words
from dashboards.plain import plain
from dashboards.state import JOURNAL, id_in_url, now, parameter, place, zone
from vistas.errors import JournalNotFound
from vistas.practice.rounds import Phase, Round
from vistas.practice.rounds_entries import KIND
from vistas.store import Head


def draw() -> None:
    """The round that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one(id_in_url(JOURNAL))
    else:
        _all()


def _one(journal: UUID | None) -> None:
    head = _head(journal)
    if head is not None:
        live.watch("round", (head.id,))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button("All rounds", icon=":material/arrow_back:", type="tertiary", on_click=_to, key="all-rounds")
        with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
            if head is not None:
                round_view.export(head.id)
            viewer.change_name()
    if head is None:
        st.subheader("This round is not here.", anchor=False)
        st.markdown(":gray[The link may be cut short, or it is of somebody else's store.]")
        return
    round_view.draw(head.id)


def _head(journal: UUID | None) -> Head | None:
    try:
        head = process.notebooks().rounds.head(journal) if journal else None
    except JournalNotFound:
        return None
    return head if head and head.kind == KIND else None


def _to(journal: UUID | None = None) -> None:
    place(**{JOURNAL: str(journal or "")})


def _open(journal: UUID) -> None:
    _to(journal)
    st.rerun()


def _all() -> None:
    text = st.text_input(
        "Words in it",
        placeholder="a question, an answer, what was learned",
        icon=":material/search:",
        width=420,
        key="find-rounds",
    ).strip()
    found = process.notebooks().rounds.find(text)
    if text and not found:
        st.markdown("**No round has these words.** :gray[Try fewer. What was not revealed yet is not found.]")
    grid = st.grid(3, min_column_width=300, gap="small")
    for head in found:
        with grid.cell():
            _card(head)
    if not found and not text:
        st.markdown(
            "**No question round yet.** :gray[One question, everybody writes in silence, all answers are revealed "
            "at once. Ask one here, or put one onto a session's agenda.]"
        )
    with st.expander("Ask a question", icon=":material/forum:", type="compact", expanded=not found, key="ask-new"):
        round_beginning.choose("alone", "", _open)


def _card(head: Head) -> None:
    state = process.notebooks().rounds.read(head.id)
    with st.container(border=True, key=f"card-{head.id}", height="stretch", gap="xsmall"):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title, width="stretch")
        st.markdown(f":small[:gray[{tells(state)} · {words.when(head.changed_at, now(), zone())}]]")
        if state.lessons and state.phase is Phase.REVEALED:
            with st.container(key=f"first-{head.id}"):
                st.text(state.lessons[-1].text, width="stretch")
        st.space("stretch")
        st.button(
            "Open",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=_to,
            args=(head.id,),
            key=f"open-{head.id}",
        )


def tells(state: Round) -> str:
    """How far a round has come, in a few words."""
    if state.phase is Phase.PREPARED:
        return "not begun yet"
    answers = words.count(len(state.answers), "answer")
    if state.phase is Phase.WRITING:
        return f"{answers} so far, not revealed yet"
    return f"{answers}, {plain(words.count(len(state.names), 'group'))}" if state.names else answers
