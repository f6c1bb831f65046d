"""Wheels of earlier sessions, to be looked at again, and spun outside a session, too."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import live, process, wheel_view, words
from dashboards.places import Place
from dashboards.plain import plain
from dashboards.state import JOURNAL, id_in_url, now, place, zone
from vistas.errors import JournalNotFound


def draw() -> None:
    chosen = id_in_url(JOURNAL)
    if chosen is None:
        _list()
        return
    try:
        head = process.notebooks().wheels.head(chosen)
    except JournalNotFound:
        st.markdown("**This wheel is not here.** :gray[Perhaps it is in somebody else's store.]")
        _list()
        return
    _one(chosen, head.title)


def _one(journal: UUID, title: str) -> None:
    live.watch("wheel", (journal,))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(plain(title), anchor=False, width="content")
        st.page_link(
            Place.KNOWLEDGE.value, label="All wheels", icon=":material/arrow_back:", query_params={"of": "Wheels"}
        )
    wheel_view.draw(journal, back={JOURNAL: str(journal)})


def _list() -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        text = st.text_input(
            "Search",
            key="wheel-words",
            icon=":material/search:",
            placeholder="a part, a question, a word of an answer",
            label_visibility="collapsed",
        )
        if st.button("A new wheel", icon=":material/add:", key="wheel-new"):
            place(journal=str(wheel_view.begin(f"Wheel of {now().astimezone(zone()):%A, %d %B}")))
            st.rerun()
    found = process.notebooks().wheels.find(text.strip())
    if not found:
        st.markdown("**No wheel here yet.** :gray[Begin one: it is filled from your landscape.]")
    for head in found:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"wheel-head-{head.id}"):
            st.page_link(
                Place.KNOWLEDGE.value,
                label=plain(head.title),
                icon=":material/donut_large:",
                query_params={"of": "Wheels", JOURNAL: str(head.id)},
            )
            state = process.notebooks().wheels.read(head.id)
            answers = sum(len(turn.answers) for turn in state.turns)
            st.markdown(
                f":small[:gray[{words.count(len(state.turns), 'spin')}, {words.count(answers, 'answer')} · "
                f"{words.when(head.changed_at, now(), zone())}]]",
                width="content",
            )
