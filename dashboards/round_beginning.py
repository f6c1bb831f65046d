"""How a question round begins: a question of one's own or one from the shelf, then whether names are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

import streamlit as st

from dashboards import process, viewer
from dashboards.plain import plain
from dashboards.state import now
from vistas.practice.questions import SHELVES, Starter
from vistas.practice.rounds import Round
from vistas.practice.rounds_entries import Asked, NamesChosen, RoundEntry, WritingBegan

LONGEST: Final = 200
WITH_NAMES, WITHOUT_NAMES = "With names", "Anonymous"
TELLS: Final = {
    WITH_NAMES: "Once revealed, a name stands below each answer.",
    WITHOUT_NAMES: "Nobody, not even the store, knows who wrote what.",
}

OnBegun = Callable[[UUID], None]


def choose(name: str, suggested: str, on_begun: OnBegun) -> None:
    """Write a question or take one from the shelf; `on_begun` is called with the round of it.

    `name` tells the widgets from those of another place.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"ask-{name}"):
        question = st.text_input(
            "Your question", value=suggested, max_chars=LONGEST, width=640, key=f"question-{name}"
        )
        if st.button("Ask it", type="primary", icon=":material/forum:", key=f"ask-it-{name}") and question.strip():
            on_begun(begin(question))
    st.markdown(":gray[Or take one of these. It can be put in your own words before the writing begins.]")
    titles = [shelf.title for shelf in SHELVES]
    chosen = st.segmented_control(
        "Questions",
        titles,
        default=titles[0],
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        key=f"shelf-{name}",
    )
    shelf = next(each for each in SHELVES if each.title == chosen)
    with st.container(key=f"starters-{name}", gap=None):
        for number, starter in enumerate(shelf.starters):
            _starter(f"{name}-{titles.index(shelf.title)}-{number}", starter, on_begun)


def _starter(name: str, starter: Starter, on_begun: OnBegun) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"starter-{name}"
    ):
        with st.container(gap=None, width="stretch"):
            with st.container(key=f"starter-asks-{name}"):
                st.text(starter.asks)
            st.markdown(f":small[:gray[{plain(starter.why)}]]")
        if st.button("Ask this", type="tertiary", icon=":material/arrow_forward:", key=f"take-starter-{name}"):
            on_begun(begin(starter.asks))


def begin(question: str) -> UUID:
    """A round of this question, nothing of which is settled yet."""
    asked = Asked(question=question)
    return process.notebooks().rounds.begin(asked.question, asked, by=viewer.name(), at=now())


def prepare(journal: UUID, state: Round, *, leads: bool) -> None:
    """Before the writing: whoever leads settles the question and whether names are kept; others see it."""
    if leads:
        _settle(journal, state)
        return
    chosen = WITHOUT_NAMES if state.anonymous else WITH_NAMES
    st.markdown("The writing has not begun. Whoever hosts decides whether names are kept; as it stands now:")
    st.markdown(f"**{chosen}.** {TELLS[chosen]}")


def _settle(journal: UUID, state: Round) -> None:
    _better_words(journal, state)
    key = f"round-names-{journal}-{state.anonymous}"
    choices = (WITH_NAMES, WITHOUT_NAMES)
    st.radio(
        "Are names kept?",
        choices,
        index=int(state.anonymous),
        captions=[TELLS[each] for each in choices],
        key=key,
        on_change=lambda: write(journal, NamesChosen(anonymous=st.session_state[key] == WITHOUT_NAMES)),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Begin the writing",
            type="primary",
            icon=":material/edit_note:",
            on_click=write,
            args=(journal, WritingBegan()),
            key="round-write",
        )
        st.markdown(":small[:gray[From then on the question and this choice stay as they are.]]", width="content")


def _better_words(journal: UUID, state: Round) -> None:
    with (
        st.popover("Say the question better", icon=":material/edit:", type="tertiary", key="round-better"),
        st.form("round-better-form", border=False),
    ):
        question = st.text_input(
            "The question", value=state.question, max_chars=LONGEST, key=f"better-{journal}-{state.question}"
        )
        if st.form_submit_button("Ask it so") and question.strip():
            write(journal, Asked(question=question))
            process.notebooks().rounds.rename(journal, question.strip())
            st.rerun()


def write(journal: UUID, *entries: RoundEntry) -> None:
    process.notebooks().rounds.write(journal, *entries, by=viewer.name(), at=now())
