"""Question rounds of earlier sessions, and new ones outside a session."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards import live
from dashboards.knowledge import Shelf, card, go
from dashboards.practice.rounds import beginning, view
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import empty, words
from dashboards.ui.plain import plain
from vistas.practice.rounds import Phase, Round
from vistas.store import Head


def draw() -> None:
    _shelf().draw(_one, _all, beside=lambda head: view.export(head.id))


def _shelf() -> Shelf:
    return Shelf(process.notebooks().rounds, "round", "rounds")


def _one(head: Head) -> None:
    live.watch({live.PAGE: lambda: (head.id,)})
    view.draw(head.id)


def _all() -> None:
    found = _shelf().library(
        "a question, an answer, what was learned",
        _card,
        none_yet=partial(
            empty.draw,
            empty.Picture.ROUNDS,
            "A round asks everybody the same question, so that the quiet answers are read beside the loud ones.",
            "No question round yet: everybody writes in silence, and all answers are revealed at once.",
        ),
        none_found="Try fewer words. Answers are not searched until they are revealed.",
    )
    with st.expander("Ask a question", icon=":material/forum:", type="compact", expanded=not found, key="ask-new"):
        beginning.choose("alone", "", go)


def _card(head: Head) -> None:
    state = process.notebooks().rounds.read(head.id)
    with card(head, f"{progress(state)} · {words.when(head.changed_at, now(), zone())}"):
        if state.lessons and state.phase is Phase.REVEALED:
            with st.container(key=f"first-{head.id}"):
                st.text(state.lessons[-1].text, width="stretch")


def progress(state: Round) -> str:
    """How far a round has come, in a few words."""
    if state.phase is Phase.PREPARED:
        return "not started yet"
    answers = words.count(len(state.answers), "answer")
    if state.phase is Phase.WRITING:
        return f"{answers} so far, not revealed yet"
    return f"{answers}, {plain(words.count(len(state.names), 'group'))}" if state.names else answers
