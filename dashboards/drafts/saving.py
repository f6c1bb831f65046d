"""What becomes of a draft: it is tried as a walk, and saved as a routine, or as the next version of one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboards import files, viewer
from dashboards.drafts.desk import Desk
from dashboards.shared import process
from dashboards.state import DRAFT, Conflict, session
from dashboards.ui import doubts, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.writing import begin_walk, signed
from vistas.errors import RoutineError, RoutineMoved
from vistas.gathering import morning
from vistas.practice.drafts import DraftSaved, as_routine
from vistas.routine import Routine

UNTITLED: Final = "A routine that is being recorded"
NEXT, OWN = "the next version of it", "a routine of my own, made from it"
OWN_FILE: Final = "a routine of my own, made from it, as a new file"


def draw(desk: Desk) -> None:
    if st.button("Try as a walk", icon=":material/footprint:", key="record-walk"):
        viewer.signing(lambda: _walk(desk))
    saved = desk.draft.is_saved
    if st.button("Saved" if saved else "Save…", key="record-save", disabled=saved):
        _ask(desk)


def told(desk: Desk) -> None:
    """What it was saved as last, with the way to walk it; or what kept it from being saved."""
    conflict, saved = session().conflict, desk.draft.saved
    if conflict and conflict.of == desk.key:
        files.draw_conflict(conflict, saved=lambda routine: _note(desk, routine), dropped=_drop)
        return
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
    if desk.draft.base:
        files.draw_file(desk.draft.base)


def _note(desk: Desk, saved: Routine) -> None:
    _drop()
    desk.write(DraftSaved(routine=saved))


def _drop() -> None:
    session().conflict = None


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
    becomes = NEXT
    folder = None
    with st.form("record-saves", border=False):
        if base:
            said = f"{plain(base.title)}, version {base.version}, has {words.count(len(base.stops), 'stop')}. "
            st.markdown(f":gray[Recorded from: {said}]")
            ways = [NEXT, OWN, *([OWN_FILE] if files.first_folder() else [])]
            becomes = st.radio("This becomes", ways, key="record-becomes")
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
        if base is None:
            folder = files.folder("record")
        elif becomes == OWN_FILE:
            folder = files.first_folder()
        saves = st.form_submit_button("Save", type="primary", key="record-save-so")
    if not saves:
        return
    if not title or (base and not because):
        st.warning("Give it a title first." if not title else "Say in a line what changed, and why.")
        return
    _save_once_sure(desk, title, because, own=becomes != NEXT, folder=folder)


def _save_once_sure(desk: Desk, title: str, because: str, *, own: bool, folder: Path | None) -> None:
    """Asks before words are kept that look like a secret."""

    def keep(said: str) -> None:
        viewer.signing(lambda: _save(desk, title, said, own=own, folder=folder))

    try:
        if doubts.doubt(because):
            doubts.asking(because, keep)
        else:
            keep(because)
    except RoutineError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()


def _save(desk: Desk, title: str, because: str, *, own: bool, folder: Path | None) -> None:
    routines, base, me = process.routines(), desk.draft.base, signed()
    routine = made(desk, title)
    if base is None:
        _note(desk, routines.keep(routine, because=because, folder=folder, **me))
        return
    whole = made_whole(base)
    if own:
        forked = routines.fork(whole, title=title, folder=folder, **me)
        changed = forked.model_copy(update={"stops": routine.stops})
        same = changed.stops == forked.stops
        saved = forked if same else routines.save(changed, because=because, changed_from=forked, **me)
        _note(desk, saved)
        return
    try:
        _note(desk, routines.save(routine, because=because, changed_from=whole, **me))
    except RoutineMoved as moved:
        session().conflict = Conflict(desk.key, whole, routine, because, error_text(moved))


def made_whole(routine: Routine) -> Routine:
    """With what was masked when it was kept with the draft as it still is here."""
    workspace = process.workspace()
    return morning.whole_again(workspace, routine, workspace.redactor.begin().text)
