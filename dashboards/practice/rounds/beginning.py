"""How a question round begins: a question of one's own or one from the shelf, then whether names are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

import streamlit as st

from dashboards import viewer, writing
from dashboards.shared import process
from dashboards.state import widget
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.practice.rounds import Round
from vistas.practice.rounds.entries import NamesChosen, QuestionAsked, RoundEntry, WritingBegan
from vistas.practice.rounds.questions import SHELVES, Starter

LONGEST: Final = 200
WITH_NAMES, WITHOUT_NAMES = "With names", "Anonymous"
TELLS: Final = {
    WITH_NAMES: "Once revealed, each answer shows who wrote it.",
    WITHOUT_NAMES: "Nobody knows who wrote what: it is not stored anywhere.",
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
        if st.button("Ask", type="primary", icon=":material/forum:", key=f"ask-it-{name}") and question.strip():
            begin(question, on_begun)
    st.markdown(":gray[Or pick one of these. You can reword it before the writing starts.]")
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
                st.text(starter.question)
            st.markdown(f":small[:gray[{plain(starter.why)}]]")
        if st.button("Ask this", type="tertiary", icon=":material/arrow_forward:", key=f"take-starter-{name}"):
            begin(starter.question, on_begun)


def begin(question: str, on_begun: OnBegun) -> None:
    """A round of this question, nothing of which is settled yet."""
    asked, rounds = QuestionAsked(question=question), process.notebooks().rounds
    viewer.signing(lambda: on_begun(rounds.begin(asked.question, asked, **signed())))


def prepare(journal: UUID, state: Round, *, leads: bool) -> None:
    """Before the writing: whoever leads settles the question and whether names are kept; others see it."""
    if leads:
        _settle(journal, state)
        return
    chosen = WITHOUT_NAMES if state.anonymous else WITH_NAMES
    st.markdown("The writing has not started yet. The host decides whether answers carry names. At the moment:")
    st.markdown(f"**{chosen}.** {TELLS[chosen]}")


def _settle(journal: UUID, state: Round) -> None:
    _reword(journal, state)
    key = f"round-names-{journal}-{state.anonymous}"
    choices = (WITH_NAMES, WITHOUT_NAMES)
    st.radio(
        "Should answers carry names?",
        choices,
        index=int(state.anonymous),
        captions=[TELLS[each] for each in choices],
        key=key,
        on_change=lambda: write(journal, NamesChosen(anonymous=widget(key) == WITHOUT_NAMES)),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Start writing",
            type="primary",
            icon=":material/edit_note:",
            on_click=write,
            args=(journal, WritingBegan()),
            key="round-write",
        )
        st.markdown(
            ":small[:gray[After that, the question and this choice can no longer be changed.]]", width="content"
        )


def _reword(journal: UUID, state: Round) -> None:
    with (
        st.popover("Edit the question", icon=":material/edit:", type="tertiary", key="round-better"),
        st.form("round-better-form", border=False),
    ):
        question = st.text_input(
            "Question", value=state.question, max_chars=LONGEST, key=f"better-{journal}-{state.question}"
        )
        if st.form_submit_button("Save") and question.strip():
            write(journal, QuestionAsked(question=question))
            process.notebooks().rounds.rename(journal, question.strip())
            st.rerun()


def write(journal: UUID, *entries: RoundEntry) -> None:
    writing.write(process.notebooks().rounds, journal, *entries)
