"""Answers to earlier notices: one click keeps one, and a line for a why may follow."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import session, widget
from dashboards.ui import doubts
from dashboards.writing import signed
from vistas.errors import NoticeError
from vistas.vista import new_id
from vistas.vista.answer import Answer, AnswerKind


def answer(vista_id: UUID, notice: UUID, kind: AnswerKind, given: Answer | None) -> None:
    """Keep it under one's name; in place of the one that was given in this vista already."""
    viewer.signing(partial(_keep, vista_id, notice, kind, given))


def _keep(vista_id: UUID, notice: UUID, kind: AnswerKind, given: Answer | None) -> None:
    me = signed()
    kept = _revised(vista_id, given, given.text, kind) if given else None
    if kept is None:
        written = Answer(id=new_id(), notice=notice, author=me["by"], kind=kind, written_at=me["at"])
        kept = process.workspace().store.answers.write(vista_id, written)
    session().explaining, session().removed = kept.id, None


def _revised(vista_id: UUID, given: Answer, text: str, kind: AnswerKind) -> Answer | None:
    """None where it is no longer there, or somebody else's."""
    try:
        return process.workspace().store.answers.revise(vista_id, given.id, text=text, kind=kind, **signed())
    except NoticeError:
        return None


def explain(vista_id: UUID, given: Answer, key: str) -> None:
    """Keep what was typed into the line of this key as the answer's why."""
    said = str(widget(key) or "").strip()
    if said == given.text:
        return
    doubts.asking(said, partial(_explained, vista_id, given))


def _explained(vista_id: UUID, given: Answer, text: str) -> None:
    _revised(vista_id, given, text, given.kind)
    session().explaining = None
