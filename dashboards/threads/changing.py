"""Editing or removing a notice or an answer of one's own, and undoing the removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import annotating
from dashboards.shared import process
from dashboards.state import Removed, session
from dashboards.ui import doubts
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import NoticeError, PostError
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
        too = _in_grafana_too(vista_id, written)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if st.button("Save", type="primary", key=f"keep-{written.id}"):
                _revise(vista_id, written, ways, text.strip(), kind or written.kind, in_grafana_too=too)
            if st.button("Remove", type="tertiary", icon=":material/delete:", key=f"remove-{written.id}"):
                _remove(vista_id, written, ways, in_grafana_too=too)


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


def _in_grafana_too(vista_id: UUID, written: Notice | Answer) -> bool:
    """Asked of a notice that stands there as an annotation: nothing leaves without a click."""
    if not isinstance(written, Notice) or not annotating.is_placed(vista_id, written.id):
        return False
    return st.toggle("In Grafana too", value=True, key=f"in-grafana-too-{written.id}-{written.revision}")


def _remove(vista_id: UUID, written: Notice | Answer, ways: _Ways, *, in_grafana_too: bool) -> None:
    """From Grafana first: what cannot be removed there stays here, too."""
    try:
        if in_grafana_too:
            annotating.take_away(vista_id, written.id)
    except PostError as problem:
        st.warning(plain(error_text(problem)))
        return
    ways.remove(vista_id, written.id, **signed())
    session().removed = Removed(vista_id, partial(ways.restore, vista_id, written.id))
    st.rerun()


def _revise(
    vista_id: UUID, written: Notice | Answer, ways: _Ways, text: str, kind: StrEnum, *, in_grafana_too: bool
) -> None:
    if not text and ways.needs_words:
        st.warning(f"{ways.needs_words} To delete it, use Remove.")
        return

    def revise(words: str) -> None:
        revised = ways.revise(vista_id, written.id, text=words, kind=kind, **signed())
        if in_grafana_too and isinstance(revised, Notice):
            _revise_in_grafana(vista_id, revised)

    try:
        doubts.asking(text, revise)
    except NoticeError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()


def _revise_in_grafana(vista_id: UUID, notice: Notice) -> None:
    """What fails there is said, and offered again beside the notice."""
    try:
        if not annotating.revise(vista_id, notice):
            st.toast("It was deleted in Grafana meanwhile.", icon=":material/info:")
    except PostError as problem:
        st.toast(f"Saved, but not in Grafana. {plain(error_text(problem))}", icon=":material/warning:")
