"""Keeping what was arranged as a routine, and walking it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import streamlit as st

from dashboards import files, variables, viewer, writing
from dashboards.shared import process
from dashboards.state import session
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from vistas.errors import RoutineError
from vistas.practice.imports import Import, RoutineKept, as_routine
from vistas.practice.routines import Origin
from vistas.routine import Chosen, Routine


def choose(journal: UUID, brought: Import) -> Chosen:
    """What a walk of it begins with, once it is kept."""
    routine = _kept(brought)
    return variables.draw(routine, key=f"import-{journal}") if routine else {}


def _kept(brought: Import) -> Routine | None:
    """The routine that it is; None where it was changed since it was kept, or is not there any more."""
    if not brought.is_kept or not brought.kept:
        return None
    try:
        return process.routines().find(brought.kept.routine)
    except RoutineError:
        return None


def draw(journal: UUID, brought: Import, chosen: Chosen) -> None:
    """The one thing to do; nothing but why not, where there is nothing to walk."""
    try:
        routine = as_routine(brought, ())
    except ValueError as problem:
        st.markdown(f":gray[{plain(str(problem))}]", width="content")
        return
    if (kept := _kept(brought)) and brought.kept:
        if st.button(
            "Walk it", type="primary", icon=":material/arrow_forward:", icon_position="right", key="import-walk"
        ):
            _walk(kept, chosen, f"import-{journal}")
        st.markdown(f":gray[Kept as version {brought.kept.version}.]", width="content")
        return
    keeps = st.button("Keep it", type="primary", icon=":material/check:", key="import-keep")
    folder = None if brought.kept else files.folder("import")
    if keeps:
        viewer.signing(lambda: _keep(journal, brought, routine, folder))
    if trouble := session().import_refused:
        st.text(trouble)


def _keep(journal: UUID, brought: Import, routine: Routine, folder: Path | None) -> None:
    """As a new routine; as the next version of it where it was kept before."""
    session().import_refused = ""
    try:
        kept = _next_version(brought, routine) if brought.kept else _first_version(brought, routine, folder)
    except RoutineError as problem:
        session().import_refused = error_text(problem)
    else:
        entry = RoutineKept(routine=kept.routine, version=kept.version)
        writing.write(process.notebooks().imports, journal, entry)
    st.rerun()


def _first_version(brought: Import, routine: Routine, folder: Path | None) -> Routine:
    because = f"Brought from {brought.telling.where}." if brought.telling else ""
    return process.routines().keep(
        routine, because=because, origin=Origin.IMPORTED, folder=folder, **writing.signed()
    )


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


def _walk(routine: Routine, chosen: Chosen, key: str) -> None:
    if variables.is_ready(routine, chosen, key=key):
        viewer.signing(lambda: go(Place.WALK, writing.begin_walk(routine, chosen=chosen).id))
