"""Keeping what was arranged as a routine, and walking it."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import viewer, writing
from dashboards.shared import process
from dashboards.state import session
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from vistas.errors import RoutineError
from vistas.practice.imports import Import, RoutineKept, as_routine
from vistas.practice.routines import Origin
from vistas.redaction import doors
from vistas.routine import Routine


def draw(journal: UUID, brought: Import) -> None:
    """The one thing to do; nothing but why not, where there is nothing to walk."""
    try:
        routine = as_routine(brought, ())
    except ValueError as problem:
        st.markdown(f":gray[{plain(str(problem))}]", width="content")
        return
    if brought.is_kept and brought.kept:
        if st.button(
            "Walk it", type="primary", icon=":material/arrow_forward:", icon_position="right", key="import-walk"
        ):
            _walk(brought.kept.routine)
        st.markdown(f":gray[Kept as version {brought.kept.version}.]", width="content")
        _refused()
        return
    if st.button("Keep it", type="primary", icon=":material/check:", key="import-keep"):
        viewer.signing(lambda: _keep(journal, brought, routine))
    _refused()


def _refused() -> None:
    if trouble := session().import_refused:
        st.text(trouble)


def _keep(journal: UUID, brought: Import, routine: Routine) -> None:
    """As a new routine; as the next version of it where it was kept before."""
    session().import_refused = ""
    try:
        kept = _next_version(brought, routine) if brought.kept else _first_version(brought, routine)
    except RoutineError as problem:
        session().import_refused = error_text(problem)
    else:
        entry = RoutineKept(routine=kept.routine, version=kept.version)
        writing.write(process.notebooks().imports, journal, entry)
    st.rerun()


def _first_version(brought: Import, routine: Routine) -> Routine:
    because = f"Brought from {brought.telling.where}." if brought.telling else ""
    return process.routines().keep(routine, because=because, origin=Origin.IMPORTED, **writing.signed())


def _next_version(brought: Import, routine: Routine) -> Routine:
    if brought.kept is None:
        raise ValueError("it was not kept before")
    named = {"routine": brought.kept.routine, "version": brought.kept.version}
    return process.routines().save(
        routine.model_copy(update=named),
        because="Arranged anew.",
        origin=Origin.IMPORTED,
        **writing.signed(),
    )


def _walk(slug: str) -> None:
    """With what its variables open with; where one of them opens with nothing, it says so."""
    session().import_refused = ""
    try:
        routine = process.routines().find(slug)
        routine.choosing({})
    except (RoutineError, ValueError) as problem:
        session().import_refused = doors.masked(f"{problem}. Choose below what it opens with.")
        st.rerun()
    viewer.signing(lambda: go(Place.WALK, writing.begin_walk(routine).id))
