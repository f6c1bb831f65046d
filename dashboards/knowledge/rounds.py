"""Question rounds of earlier sessions, and new ones outside a session."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import live, process, round_beginning, round_view, viewer, words
from dashboards.knowledge import shelf
from dashboards.plain import plain
from dashboards.state import JOURNAL, now, parameter, zone
from vistas.practice.rounds import Phase, Round
from vistas.store import Head


def draw() -> None:
    """The round that the URL names; without one, all of them."""
    if parameter(JOURNAL):
        _one()
    else:
        _all()


def _one() -> None:
    head = shelf.named_in_url(process.notebooks().rounds)
    if head is not None:
        live.watch("round", (head.id,))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shelf.back("All rounds", key="all-rounds")
        with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
            if head is not None:
                round_view.export(head.id)
            viewer.change_name()
    if head is None:
        shelf.not_here("round")
    else:
        round_view.draw(head.id)


def _open(journal: UUID) -> None:
    shelf.to(journal)
    st.rerun()


def _all() -> None:
    text = shelf.sought("a question, an answer, what was learned", key="find-rounds")
    found = process.notebooks().rounds.find(text)
    if text and not found:
        st.markdown("**No round has these words.** :gray[Try fewer. What was not revealed yet is not found.]")
    shelf.cards(found, _card)
    if not found and not text:
        st.markdown(
            "**No question round yet.** :gray[One question, everybody writes in silence, all answers are revealed "
            "at once. Ask one here, or put one onto a session's agenda.]"
        )
    with st.expander("Ask a question", icon=":material/forum:", type="compact", expanded=not found, key="ask-new"):
        round_beginning.choose("alone", "", _open)


def _card(head: Head) -> None:
    state = process.notebooks().rounds.read(head.id)
    with shelf.card(head, f"{tells(state)} · {words.when(head.changed_at, now(), zone())}"):
        if state.lessons and state.phase is Phase.REVEALED:
            with st.container(key=f"first-{head.id}"):
                st.text(state.lessons[-1].text, width="stretch")


def tells(state: Round) -> str:
    """How far a round has come, in a few words."""
    if state.phase is Phase.PREPARED:
        return "not begun yet"
    answers = words.count(len(state.answers), "answer")
    if state.phase is Phase.WRITING:
        return f"{answers} so far, not revealed yet"
    return f"{answers}, {plain(words.count(len(state.names), 'group'))}" if state.names else answers
