"""Tries a look on the real thing: asks its source, keeps what it said for as long as this browser looks at it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.drafts.desk import Desk
from dashboards.shared import process
from dashboards.state import now, session
from dashboards.ui.plain import plain
from vistas.gathering.gather import take_one
from vistas.practice.drafts import LookTried
from vistas.routine import Look
from vistas.snapshot import Snapshot
from vistas.source import Deadline
from vistas.vista import new_id

PATIENCE = timedelta(seconds=45)
SPAN = timedelta(hours=12)
REMEMBERED = 30
STOP = "draft"
"""The name under which what is tried is taken: it is in no stop yet."""


def tries(desk: Desk, look: Look) -> None:
    """Look, once it is known who does; what is asked again is the same try."""
    before = desk.draft.looking_at
    again = before is not None and before.look.question == look.question and before.look.source == look.source
    viewer.signing(lambda: _look(desk, before.id if before and again else new_id(), look))


def adjusts(desk: Desk, look: Look) -> None:
    """The look one is at, in another way: it is asked again only where that asks something else."""
    before = desk.draft.looking_at
    if before is None or before.look == look:
        return
    if before.look.question != look.question:
        session().draft_tried.pop(before.id, None)
    desk.write(LookTried(id=before.id, look=look))


def _look(desk: Desk, tried: UUID, look: Look) -> None:
    _remember(tried, ask(desk, look))
    desk.write(LookTried(id=tried, look=look))


def answer(desk: Desk, tried: UUID, look: Look) -> tuple[Snapshot, ...]:
    """What the look gave when it was tried; asked once more where this browser does not know."""
    if tried not in session().draft_tried:
        _remember(tried, ask(desk, look))
    return session().draft_tried[tried]


def ask(desk: Desk, look: Look) -> tuple[Snapshot, ...]:
    workspace = process.workspace()
    base = desk.draft.base
    asked = _as_walked(desk, look)
    patience = min(PATIENCE, workspace.settings.gather.deadline)
    with st.spinner(f"Asking {plain(look.source)} …", show_time=True):
        return take_one(
            STOP,
            asked,
            workspace.sources,
            workspace.window(now(), base.window if base else SPAN),
            deadline=Deadline(patience),
            redactor=workspace.redactor,
        )


def _as_walked(desk: Desk, look: Look) -> Look:
    """With what variables of the routine stand for at first; as it is where they stand for nothing yet."""
    base = desk.draft.base
    if base is None or not base.variables:
        return look
    alone = base.stops[0].model_copy(update={"looks": (look,)})
    try:
        return base.model_copy(update={"stops": (alone,)}).choosing({}).stops[0].looks[0]
    except ValueError:
        return look


def _remember(tried: UUID, snapshots: tuple[Snapshot, ...]) -> None:
    known = session().draft_tried
    known[tried] = snapshots
    for old in list(known)[:-REMEMBERED]:
        del known[old]
