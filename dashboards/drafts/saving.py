"""What becomes of a draft: it is tried as a walk, and saved as a routine, or as the next version of one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboards import viewer
from dashboards.drafts.desk import Desk
from dashboards.shared import process
from dashboards.state import DRAFT
from dashboards.ui import doubts, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.writing import begin_walk, signed
from vistas.errors import RoutineError
from vistas.gathering import morning
from vistas.practice.drafts import DraftSaved, as_routine
from vistas.routine import Routine

UNTITLED: Final = "A routine that is being recorded"
NEXT, OWN = "the next version of it", "a routine of my own, made from it"


def draw(desk: Desk) -> None:
    if st.button("Try as a walk", icon=":material/footprint:", key="record-walk"):
        viewer.signing(lambda: _walk(desk))
    saved = desk.draft.is_saved
    if st.button("Saved" if saved else "Save…", key="record-save", disabled=saved):
        _ask(desk)


def told(desk: Desk) -> None:
    """What it was saved as last, with the way to walk it."""
    saved = desk.draft.saved
    if saved is None or not desk.draft.is_saved:
        return
    with st.container(key="record-saved", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(
            f":green[:material/check:] Saved: **{plain(desk.draft.title)}**, version {saved.version}. "
            "It stands with the other routines now.",
            width="content",
        )
        if st.button("Walk it", icon=":material/arrow_forward:", icon_position="right", key="record-walks"):
            viewer.signing(lambda: _walk(desk))


def _walk(desk: Desk) -> None:
    """Begins a real walk, which leads back here."""
    try:
        routine = made(desk, desk.draft.title or UNTITLED).choosing({})
    except ValueError as problem:
        st.warning(plain(str(problem)))
        return
    go(Place.WALK, begin_walk(routine).id, **({DRAFT: str(desk.journal)} if desk.journal else {}))


def made(desk: Desk, title: str) -> Routine:
    """The routine that the draft is now, with what was masked of it as its own routine still has it here."""
    taken = [each.routine for each in process.workspace().routines()]
    return made_whole(as_routine(desk.draft, title, taken))


@st.dialog("Save this routine", width="medium")
def _ask(desk: Desk) -> None:
    base = desk.draft.base
    own = False
    with st.form("record-saves", border=False):
        if base:
            said = f"{plain(base.title)}, version {base.version}, has {words.count(len(base.stops), 'stop')}. "
            st.markdown(f":gray[Recorded from: {said}]")
            own = st.radio("This becomes", [NEXT, OWN], key="record-becomes") == OWN
        title = st.text_input(
            "Title",
            desk.draft.title,
            max_chars=200,
            placeholder="Checkout, from the visitor's side",
            key="record-title-is",
        ).strip()
        because = st.text_area(
            "What changed, and why?" if base else "What is it for?",
            max_chars=2000,
            height=96,
            placeholder="For those who walk it, and for yourself in a year.",
            key="record-because",
        ).strip()
        saves = st.form_submit_button("Save", type="primary", key="record-save-so")
    if not saves:
        return
    if not title or (base and not because):
        st.warning("Give it a title first." if not title else "Say in a line what changed, and why.")
        return
    _save_once_sure(desk, title, because, own=own)


def _save_once_sure(desk: Desk, title: str, because: str, *, own: bool) -> None:
    """Asks before words are kept that look like a secret."""

    def keep(said: str) -> None:
        viewer.signing(lambda: _save(desk, title, said, own=own))

    try:
        if doubts.doubt(because):
            doubts.asking(because, keep)
        else:
            keep(because)
    except RoutineError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()


def _save(desk: Desk, title: str, because: str, *, own: bool) -> None:
    routines, base, me = process.routines(), desk.draft.base, signed()
    routine = made(desk, title)
    if base is None:
        saved = routines.keep(routine, because=because, **me)
    elif own:
        forked = routines.fork(made_whole(base), title=title, **me)
        changed = forked.model_copy(update={"stops": routine.stops})
        saved = forked if changed.stops == forked.stops else routines.save(changed, because=because, **me)
    else:
        saved = routines.save(routine, because=because, **me)
    desk.write(DraftSaved(routine=saved))


def made_whole(routine: Routine) -> Routine:
    """With what was masked when it was kept with the draft as it still is here."""
    workspace = process.workspace()
    return morning.whole_again(workspace, routine, workspace.redactor.begin().text)
