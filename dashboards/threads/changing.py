"""Editing or removing a notice or an answer of one's own, and undoing the removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards.shared import process
from dashboards.state import Removed, session
from dashboards.ui import doubts
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import NoticeError
from vistas.vista.answer import ABOUT_NOW, Answer, AnswerKind
from vistas.vista.notice import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class _Ways:
    """How something written is changed; each takes the vista and its id, and who does so and when."""

    asks: str
    needs_words: str
    kinds: Sequence[StrEnum]
    revise: Callable[..., object]
    remove: Callable[..., object]
    restore: Callable[..., object]


def own(vista_id: UUID, written: Notice | Answer) -> None:
    """What only its author can do; `vista_id` is the vista that is open."""
    ways = _ways(written)
    with st.popover("Edit or remove", icon=":material/edit:", type="tertiary", key=f"own-{written.id}"):
        text = st.text_area(ways.asks, written.text, key=f"edit-{written.id}-{written.revision}", max_chars=4000)
        kind = st.pills(
            "Kind",
            ways.kinds,
            default=written.kind,
            required=True,
            format_func=lambda each: each.value,
            key=f"kind-{written.id}-{written.revision}",
        )
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if st.button("Save", type="primary", key=f"keep-{written.id}"):
                _revise(vista_id, written, ways, text.strip(), kind or written.kind)
            if st.button("Remove", type="tertiary", icon=":material/delete:", key=f"remove-{written.id}"):
                ways.remove(vista_id, written.id, **signed())
                session().removed = Removed(vista_id, partial(ways.restore, vista_id, written.id))
                st.rerun()


def undo(vista_id: UUID) -> None:
    """Right after something was removed, a way to have it back."""
    removed = session().removed
    if removed is None or removed.vista != vista_id:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo"):
        st.markdown(":gray[Removed.]", width="content")
        if st.button("Undo", type="tertiary", icon=":material/undo:", key="undo-remove"):
            removed.restore(**signed())
            session().removed = None
            st.rerun()


def kinds_like(kind: AnswerKind) -> tuple[AnswerKind, ...]:
    """Those that an answer of this kind can be changed into: what is said of a later look stays of one."""
    return tuple(each for each in AnswerKind if (each in ABOUT_NOW) == (kind in ABOUT_NOW))


def _ways(written: Notice | Answer) -> _Ways:
    store = process.workspace().store
    if isinstance(written, Notice):
        return _Ways(
            "What you noticed",
            "A notice needs a few words.",
            tuple(NoticeKind),
            store.revise_notice,
            store.remove_notice,
            store.restore_notice,
        )
    answers = store.answers
    return _Ways(
        "Your answer",
        "" if written.kind in ABOUT_NOW else "An answer needs a few words.",
        kinds_like(written.kind),
        answers.revise,
        answers.remove,
        answers.restore,
    )


def _revise(vista_id: UUID, written: Notice | Answer, ways: _Ways, text: str, kind: StrEnum) -> None:
    if not text and ways.needs_words:
        st.warning(f"{ways.needs_words} To delete it, use Remove.")
        return
    try:
        doubts.asking(text, lambda words: ways.revise(vista_id, written.id, text=words, kind=kind, **signed()))
    except NoticeError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()
