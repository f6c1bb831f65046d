"""The answers of a thread: kind first, then what was said, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.threads.changing import own
from dashboards.threads.saying import said_when
from dashboards.ui.plain import plain
from vistas.vista.answer import Answer


def entries(vista_id: UUID, answers: Sequence[Answer], zone: ZoneInfo, *, writable: bool = True) -> None:
    """In the order given, which is that in which they were written. `writable` lets authors change their own."""
    for answer in answers:
        with st.container(key=f"answer-entry-{answer.id}", gap="xsmall"):
            st.markdown(_said(answer))
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{answer.id}"):
                edited = ", edited" if answer.revision > 1 else ""
                st.text(f"{answer.signed}, {said_when(answer.written_at, zone)}{edited}")
                if writable and answer.author == viewer.name() and not answer.from_file:
                    own(vista_id, answer)


def _said(answer: Answer) -> str:
    """Its lines as they were written."""
    lines = "  \n".join(plain(line) for line in answer.text.splitlines())
    return f"**{answer.kind.value}** {lines}".rstrip()
