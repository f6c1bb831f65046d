"""Earlier notices in the margin: as they were written, what the data of now says of them, and the answers to them.

Everything people and tools wrote is shown as text, never as Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboards import viewer
from dashboards.library import TONES
from dashboards.mornings.eyes import answering
from dashboards.mornings.eyes.day import Day, of_now, of_then
from dashboards.mornings.eyes.marks import found_again, numbers_at
from dashboards.mornings.eyes.way import is_given_in, noticed_then, places
from dashboards.shared import process
from dashboards.state import now, session, zone
from dashboards.threads import answer_button, said_when, thread, where
from dashboards.ui.plain import plain
from vistas.vista import Eyes, Vista
from vistas.vista.answer import ABOUT_NOW, Answer, AnswerKind
from vistas.vista.notice import Notice, WholeStop

KINDS: Final = (AnswerKind.STILL_SO, AnswerKind.NO_LONGER, AnswerKind.DIFFERENT)


def draw(vista: Vista, stop: str, *, own_only: bool = False) -> None:
    """Nothing for a vista that follows nobody. `own_only` keeps back what others answered."""
    if vista.eyes is None:
        return
    day, then = of_now(vista, now(), zone()), of_then(vista.eyes, now(), zone())
    threads, numbers = noticed_then(vista, stop), numbers_at(vista, stop)
    with st.container(key="then", gap="medium"):
        st.header(f"Noticed {then.within}", anchor=False)
        _left_out(vista.eyes, then, visited=places(vista)[stop].visited)
        if not threads:
            st.markdown(f":gray[Nothing was noticed here {then.within}.]")
        pages = st.grid("auto", min_column_width=300, gap="medium")
        for notice, answers in threads:
            with pages.cell():
                shown = [each for each in answers if not own_only or each.author == viewer.name()]
                _notice(vista, notice, shown, day, numbered=notice.id in numbers)


def _left_out(eyes: Eyes, then: Day, *, visited: bool) -> None:
    if not visited:
        st.markdown(f":gray[{plain(eyes.walker)} did not visit this stop {then.within}.]")


def _notice(vista: Vista, notice: Notice, answers: Sequence[Answer], day: Day, *, numbered: bool) -> None:
    drawn = "drawn" if numbered else "loose"
    with st.container(key=f"then-{drawn}-{notice.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(notice.kind.value, color=TONES[notice.kind])
            if place := where(notice.anchor, zone()):
                with st.container(key=f"where-then-{notice.id}", width="content"):
                    st.text(place)
        st.text(notice.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-then-{notice.id}"):
            st.text(f"{notice.signed}, {said_when(notice.written_at, zone())}")
            answer_button(notice)
        _today(vista, notice, day)
        thread(vista.id, notice, answers, zone())
        given = next((each for each in reversed(answers) if _is_mine(each, vista)), None)
        if given and session().explaining == given.id:
            _why(vista, given)
        _replies(vista, notice, given)


def _today(vista: Vista, notice: Notice, day: Day) -> None:
    """One sentence on what became of it, and in small print how it was found."""
    label = day.alone if day.alone == "Today" else "Looked up again"
    if _is_awaited(vista, notice):
        st.markdown(f"**{label}:** :gray[being gathered …]")
        return
    found = found_again(vista, notice)
    if found is None:
        return
    with st.container(key=f"now-{notice.id}", gap=None):
        st.markdown(f"**{label}:** {plain(found.sentence)}.")
        for remark in found.remarks:
            st.markdown(f":small[:gray[{plain(remark)}]]")


def _is_awaited(vista: Vista, notice: Notice) -> bool:
    """Whether the look that it hangs on may still answer."""
    if isinstance(notice.anchor, WholeStop):
        return False
    gathering = process.gatherings().of(vista.id)
    if gathering is None or gathering.finished:
        return False
    return all((each.stop, each.look) != (notice.stop, notice.anchor.look) for each in vista.snapshots)


def _why(vista: Vista, answer: Answer) -> None:
    key = f"why-{answer.id}-{answer.revision}"
    st.text_input(
        "Why? You may leave it out.",
        answer.text,
        key=key,
        max_chars=4000,
        placeholder="Why? You may leave it out.",
        label_visibility="collapsed",
        on_change=answering.explain,
        args=(vista.id, answer, key),
    )


def _replies(vista: Vista, notice: Notice, given: Answer | None) -> None:
    """One click keeps an answer; another one later puts it in the place of the one given in this vista."""
    chosen = KINDS.index(given.kind) if given else "none"
    with st.container(horizontal=True, gap="xsmall", key=f"replies-{chosen}-{notice.id}"):
        for number, kind in enumerate(KINDS):
            st.button(
                kind.value,
                key=f"reply-{number}-{notice.id}",
                on_click=answering.answer,
                args=(vista.id, notice.id, kind, given),
            )


def _is_mine(answer: Answer, vista: Vista) -> bool:
    mine = answer.author == viewer.name() and not answer.from_file
    return mine and answer.kind in ABOUT_NOW and is_given_in(answer, vista.id)
