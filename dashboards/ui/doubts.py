"""Asks before saving words that look as if they held a secret; they are never masked silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboards.state import Doubt, session
from dashboards.ui.plain import plain
from vistas.errors import VistasError
from vistas.redaction import looks_secret

Act = Callable[[str], object]


class DoubtQuestion(str):
    """What is asked before words are kept, in place of what went wrong with them."""

    __slots__ = ()


def doubt(text: str) -> DoubtQuestion | None:
    """What to ask about a text; None where there is nothing to ask."""
    kind = looks_secret(text)
    return DoubtQuestion(f"This looks like {_with_article(kind)}. Save it anyway?") if kind else None


def asking(text: str, act: Act) -> None:
    """Keep a text by `act`: at once, or once somebody has said that it may be kept, or put it in other words."""
    if doubt(text):
        session().doubt = Doubt(text, act)
    else:
        act(text)


def ask() -> bool:
    """While words wait for an answer, ask; tells whether any do."""
    if waits():
        _ask()
    return waits()


def waits() -> bool:
    """Whether any words wait for an answer."""
    return session().doubt is not None


def _dismiss() -> None:
    session().doubt = None


@st.dialog("Before this is saved", on_dismiss=_dismiss)
def _ask() -> None:
    waiting = session().doubt
    if waiting is None:
        return
    st.markdown(plain(doubt(waiting.text) or "Save it anyway?") if not waiting.edits else "Edit your text:")
    if waiting.edits:
        said = st.text_area("Your text", waiting.text, key="doubt-words", max_chars=4000).strip()
        if st.button("Save", key="doubt-so") and said:
            _settle(lambda: asking(said, waiting.act))
        return
    with st.container(key="doubt-says"):
        st.text(waiting.text)
    with st.container(horizontal=True, gap="small"):
        if st.button("Save anyway", key="doubt-keep"):
            _settle(lambda: waiting.act(waiting.text))
        if st.button("Edit", key="doubt-edit"):
            session().doubt = replace(waiting, edits=True)
            st.rerun()


def _settle(act: Callable[[], object]) -> None:
    _dismiss()
    try:
        act()
    except VistasError as problem:
        st.warning(plain(str(problem)))
    else:
        st.rerun()


def _with_article(kind: str) -> str:
    if kind in {"authorization", "jwt"}:
        return "a credential"
    return f"a{'n' if kind[0] in 'aeio' else ''} {'password' if kind == 'url password' else kind}"
