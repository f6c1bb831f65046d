"""What the browser sends when somebody wrote a notice: checked, kept once, and answered.

The browser keeps the words until it sees the answer. The newest answer of each component is remembered for the
session, so that words sent twice (the answer got lost) are kept once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

from dashboards.components import packaged
from dashboards.components.marks import Mark, Marked, OnMark
from dashboards.state import session
from dashboards.theme import TOKENS
from vistas.errors import VistasError
from vistas.notice import Anchor, NoticeKind, NoticeText, Stretch

_LATEST = 32_503_680_000_000
"""The year 3000 in epoch milliseconds: what lies beyond is no time a browser meant."""


class _Written(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: UUID
    kind: NoticeKind
    text: NoticeText
    anchor: Anchor


def mount(
    module: str,
    *,
    key: str,
    look: str,
    source: str,
    marks: Sequence[dict[str, Any]],
    on_mark: OnMark | None,
    data: dict[str, Any],
) -> None:
    """Put a component on the page on which one can write."""
    packaged.show(
        module,
        key=key,
        on={"mark": _taking(key, look, source, on_mark)},
        data={
            **data,
            "key": key,
            "marks": list(marks),
            "writable": on_mark is not None,
            "answer": _answer(key),
            "kinds": [kind.value for kind in NoticeKind],
            "tokens": {name: list(shades) for name, shades in TOKENS.items()},
        },
    )


def mark_data(mark: Mark) -> dict[str, Any]:
    """A notice as the browser draws it, without its place."""
    notice = mark.notice
    return {
        "id": str(notice.id),
        "number": mark.number,
        "kind": notice.kind.value,
        "text": notice.text,
        "author": notice.author,
        "people": mark.people,
    }


def stretch_marks(marks: Sequence[Mark], look: str, source: str) -> list[dict[str, Any]]:
    """The notices that hang on a stretch of this look."""
    return [
        {
            **mark_data(mark),
            "start": milliseconds(anchor.start),
            "end": milliseconds(anchor.end),
            "series": list(anchor.series),
        }
        for mark in marks
        if isinstance(anchor := mark.notice.anchor, Stretch) and (anchor.look, anchor.source) == (look, source)
    ]


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _answer(key: str) -> dict[str, str | None] | None:
    identity, says = session().noticed.get(key, ("", None))
    return {"id": identity, "says": says} if identity else None


def _taking(key: str, look: str, source: str, on_mark: OnMark | None) -> Callable[[], None]:
    def take() -> None:
        sent = st.session_state[key].get("mark")
        if on_mark is None or not isinstance(sent, dict):
            return
        identity = str(sent.get("id"))
        if session().noticed.get(key) != (identity, None):
            session().noticed[key] = (identity, keep(sent, look, source, on_mark))

    return take


def keep(sent: dict[str, Any], look: str, source: str, on_mark: OnMark) -> str | None:
    """Hand what the browser sent to `on_mark`; what went wrong in plain words, or None when it was kept."""
    try:
        written = _Written.model_validate({**sent, "anchor": _anchor(sent.get("anchor"), look, source)})
    except ValidationError:
        return "That could not be understood. Reload the page and try again; copy your words first."
    try:
        on_mark(Marked(written.id, written.kind, written.text, written.anchor))
    except VistasError as problem:
        return str(problem)
    return None


def _anchor(sent: object, look: str, source: str) -> object:
    if not isinstance(sent, dict):
        return sent
    times = {
        name: datetime.fromtimestamp(sent[name] / 1000, UTC)
        for name in ("start", "end")
        if isinstance(sent.get(name), int | float) and 0 <= sent[name] <= _LATEST
    }
    return {**sent, **times, "look": look, "source": source}
