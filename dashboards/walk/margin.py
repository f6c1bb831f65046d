"""The margin: what people noticed at this stop, and a line to write a notice about the whole stop.

Everything people wrote is shown as text, never as Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.annotating import annotate
from dashboards.components import Mark, Marked, keep_draft
from dashboards.library import TONES
from dashboards.mornings.earlier import missed_at, noticed_earlier, seen_on_others
from dashboards.shared import process
from dashboards.state import session
from dashboards.threads import answer_button, own, said_when, thread, undo, where
from dashboards.ui import doubts, words
from dashboards.writing import signed
from vistas.practice.walk.overlap import people_at
from vistas.vista import Vista, new_id
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice, NoticeKind, WholeStop


def write(vista_id: UUID, stop: str, marked: Marked) -> Notice:
    """Keep what somebody noticed; when this returns it is on the disk. PracticeError where nobody knows who."""
    me = signed()
    session().removed = None
    return process.workspace().store.write_notice(
        vista_id,
        Notice(
            id=marked.id,
            stop=stop,
            author=me["by"],
            kind=marked.kind,
            text=marked.text,
            anchor=marked.anchor,
            written_at=me["at"],
        ),
    )


def _say(vista_id: UUID, stop: str, marked: Marked, text: str) -> None:
    viewer.signing(lambda: write(vista_id, stop, replace(marked, text=text)))


def marks(notices: Sequence[Notice]) -> tuple[Mark, ...]:
    """The notices that hang on data, as they are drawn on it."""
    numbers, people = numbered(notices), people_at(notices)
    return tuple(Mark(numbers[each.id], each, people[each.id]) for each in notices if each.id in numbers)


def numbered(notices: Sequence[Notice]) -> Mapping[UUID, int]:
    """Notices that hang on data carry a number, in the order they were written."""
    placed = [notice for notice in notices if not isinstance(notice.anchor, WholeStop)]
    return {notice.id: number for number, notice in enumerate(placed, start=1)}


def draw(
    vista: Vista, stop: str, notices: Sequence[Notice], *, zone: ZoneInfo, hint: str, hidden: int = 0
) -> None:
    """The margin of one stop. `hidden` notices are there but not shown yet."""
    with st.container(key="margin", gap="medium"):
        st.header("In the margin", anchor=False)
        undo(vista.id)
        numbers = numbered(notices)
        answers = {notice.id: given for notice, given in vista.threads_at(stop)}
        if not notices and not hidden:
            st.markdown(":gray[Nothing noticed here yet. What strikes you? Even *normal for us* is worth a line.]")
        pages = st.grid("auto", min_column_width=300, gap="medium")
        for notice in notices:
            with pages.cell():
                _notice(vista, notice, answers.get(notice.id, ()), numbers.get(notice.id), zone)
        if hidden:
            st.markdown(
                f":gray[{words.count(hidden, 'notice')} by others, hidden until you have had a first look.]"
            )
        _composer(vista, stop, hint)
        if not hidden:
            noticed_earlier(vista, stop, zone)
            missed_at(vista, stop, zone)


def _notice(vista: Vista, notice: Notice, answers: Sequence[Answer], number: int | None, zone: ZoneInfo) -> None:
    drawn = "drawn" if number else "loose"
    with st.container(key=f"notice-{drawn}-{notice.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(notice.kind.value, color=TONES[notice.kind])
            place = where(notice.anchor, zone)
            if place:
                with st.container(key=f"where-{notice.id}", width="content"):
                    st.text(place)
        st.text(notice.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{notice.id}"):
            edited = ", edited" if notice.revision > 1 else ""
            st.text(f"{notice.signed}, {said_when(notice.written_at, zone)}{edited}")
            if notice.author == viewer.name() and not notice.from_file:
                own(vista.id, notice)
                annotate(vista, notice, zone)
            seen_on_others(vista, notice, zone)
            answer_button(notice)
        thread(vista.id, notice, answers, zone)


def _composer(vista: Vista, stop: str, hint: str) -> None:
    with st.container(key="composer", gap="xsmall"):
        kind = st.pills(
            "Kind of notice",
            list(NoticeKind),
            default=NoticeKind.NOTICED,
            required=True,
            format_func=lambda each: each.value,
            label_visibility="collapsed",
            key="composer-kind",
        )
        box = f"say-{vista.id}-{stop}"
        said = st.chat_input("What do you notice?", key=box, max_chars=4000)
        keep_draft(box)
        if said and str(said).strip():
            marked = Marked(new_id(), kind or NoticeKind.NOTICED, str(said).strip(), WholeStop())
            doubts.asking(marked.text, partial(_say, vista.id, stop, marked))
            st.rerun()
        st.markdown(f":small[:gray[{hint}]]")
