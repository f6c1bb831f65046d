"""The thread under a notice: its answers, and a line to answer it.

Which notice is being answered stands in the URL, so that the line, with what was typed into it, is there again
after a reload.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.components import keep_draft
from dashboards.shared import process
from dashboards.state import ANSWERING, id_in_url, place, session
from dashboards.threads.entries import entries
from dashboards.ui import doubts
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import NoticeError
from vistas.vista import new_id
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Notice, NoticeKind

KINDS = tuple(AnswerKind(kind.value) for kind in NoticeKind)
"""Answers in a thread have the kinds that notices have."""


def answer_button(notice: Notice) -> None:
    """Opens and closes the line under a notice."""
    st.button(
        "Answer",
        icon=":material/reply:",
        type="tertiary",
        key=f"to-answer-{notice.id}",
        on_click=_open_or_close,
        args=(notice.id,),
    )


def thread(vista_id: UUID, notice: Notice, answers: Sequence[Answer], zone: ZoneInfo) -> None:
    """`vista_id` is the vista that is open; `answers` are those to the notice, oldest first."""
    answering = id_in_url(ANSWERING) == notice.id
    if not answers and not answering:
        return
    with st.container(key=f"thread-{notice.id}", gap="small"):
        entries(vista_id, answers, zone)
        if answering:
            _line(vista_id, notice)


def _open_or_close(notice: UUID) -> None:
    place(**{ANSWERING: "" if id_in_url(ANSWERING) == notice else str(notice)})


def _line(vista_id: UUID, notice: Notice) -> None:
    with st.container(key=f"answering-{notice.id}", gap="xsmall"):
        kind = st.pills(
            "Kind of answer",
            KINDS,
            default=AnswerKind.NOTICED,
            required=True,
            format_func=lambda each: each.value,
            label_visibility="collapsed",
            key=f"answer-kind-{notice.id}",
        )
        box = f"answer-{notice.id}"
        said = st.chat_input("Your answer", key=box, max_chars=4000)
        keep_draft(box)
        if said and str(said).strip():
            _send(vista_id, notice, kind or AnswerKind.NOTICED, str(said).strip())


def _send(vista_id: UUID, notice: Notice, kind: AnswerKind, text: str) -> None:
    try:
        doubts.asking(text, partial(_sign, vista_id, notice, kind))
    except NoticeError as problem:
        st.warning(plain(error_text(problem)))
        st.text(text)
        return
    place(**{ANSWERING: ""})
    st.rerun()


def _sign(vista_id: UUID, notice: Notice, kind: AnswerKind, text: str) -> None:
    viewer.signing(partial(_write, vista_id, notice, kind, text))


def _write(vista_id: UUID, notice: Notice, kind: AnswerKind, text: str) -> None:
    me = signed()
    session().removed = None
    process.workspace().store.answers.write(
        vista_id,
        Answer(id=new_id(), notice=notice.id, author=me["by"], kind=kind, text=text, written_at=me["at"]),
    )
