"""Two people changed one routine: what each changed, in words, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from dashboards import viewer
from dashboards.files.choosing import folder
from dashboards.shared import process
from dashboards.state import Conflict
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.errors import RoutineError
from vistas.practice.routines import Routines
from vistas.routine import Routine
from vistas.routine.difference import Change, difference, sentence
from vistas.routine.merging import merged


def draw(conflict: Conflict, *, saved: Callable[[Routine], object], dropped: Callable[[], object]) -> None:
    """`saved` is called with what became of mine, `dropped` where theirs is kept."""
    routines = process.routines()
    theirs = _theirs(routines, conflict.mine.routine)
    clashes = merged(conflict.base, conflict.mine, theirs).clashes if theirs else ()
    with st.container(key="gap-trouble-conflict", gap="small"):
        st.markdown(f"**{plain(conflict.told)}.** Nothing was written over, and nothing of yours is lost.")
        _sides(conflict, theirs)
        if clashes:
            st.markdown(f"Both of you changed {plain(', '.join(clashes))}.")
        as_file = folder("conflict")
        with st.container(horizontal=True, gap="small"):
            if theirs and not clashes and st.button("Put mine on top", type="primary", key="conflict-on-top"):
                _try(lambda: _on_top(routines, conflict), saved)
            if st.button(
                "Save mine as a new file" if as_file else "Save mine as a new routine", key="conflict-new"
            ):
                _try(
                    lambda: routines.keep(conflict.mine, because=conflict.because, folder=as_file, **signed()),
                    saved,
                )
            if st.button("Keep theirs" if theirs else "Leave it", key="conflict-theirs"):
                dropped()
                st.rerun()


def _theirs(routines: Routines, slug: str) -> Routine | None:
    try:
        return routines.find(slug)
    except RoutineError:
        return None


def _sides(conflict: Conflict, theirs: Routine | None) -> None:
    grid = st.grid(2, min_column_width=300, gap=("small", 32))
    with grid.cell():
        st.markdown("**What they changed**")
        if theirs is None:
            st.markdown("The file was taken away.")
        else:
            st.html(_told(difference(conflict.base, theirs)))
    with grid.cell():
        st.markdown("**What you changed**")
        st.html(_told(difference(conflict.base, conflict.mine)))


def _told(changes: Iterable[Change]) -> str:
    lines = "".join(f"<li>{escape(sentence(each))}{_values(each)}</li>" for each in changes)
    return f'<ul class="mv-sides">{lines or "<li>Nothing of what is looked at.</li>"}</ul>'


def _values(change: Change) -> str:
    if not change.about or change.before == change.after:
        return ""
    was = f"<del>{escape(change.before)}</del>" if change.before else ""
    now = f"<ins>{escape(change.after)}</ins>" if change.after else ""
    return f"<p>{was} {now}</p>"


def _on_top(routines: Routines, conflict: Conflict) -> Routine:
    return routines.put_on_top(conflict.mine, changed_from=conflict.base, because=conflict.because, **signed())


def _try(act: Callable[[], Routine], saved: Callable[[Routine], object]) -> None:
    def keep() -> None:
        saved(act())

    try:
        viewer.signing(keep)
    except RoutineError as problem:
        st.warning(plain(str(problem)))
    else:
        st.rerun()
