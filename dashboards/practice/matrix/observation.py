"""What a vista shows of who needs whom, beside a dependency matrix."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import writing
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place
from vistas.errors import VistaNotFound
from vistas.practice.landscape.dependencies import Dependency, LookReference, elements, observed
from vistas.practice.matrix import Matrix
from vistas.practice.matrix.entries import MatrixEntry, ObservedAttached, added
from vistas.practice.matrix.observed import NOTHING, Observed, match
from vistas.store import Search

VISTAS = 12
"""The newest vistas that are offered."""
TAKEN = 25
"""Elements that are taken from what was observed at once."""


def observed_in(matrix: Matrix) -> Observed:
    """What the attached vista shows, in the matrix' elements; nothing where it is not here any more."""
    return match(matrix, dependencies(matrix.observed)) if matrix.observed else NOTHING


def names(matrix: Matrix) -> tuple[str, ...]:
    return elements(dependencies(matrix.observed)) if matrix.observed else ()


def dependencies(vista: UUID) -> tuple[Dependency, ...]:
    store = process.workspace().store
    try:
        return _shown_by(vista, store.revision(vista))
    except VistaNotFound:
        return ()


def opens(vista: UUID | None, evidence: LookReference) -> str:
    """Where the vista's stop is seen as it was."""
    return links.near(Place.REPLAY, links.stop(vista, evidence.stop)) if vista else ""


def beside(journal: UUID, matrix: Matrix) -> None:
    """Choose the vista with which beliefs are compared; take elements from it."""
    door = st.popover(
        "Observed", icon=":material/radar:", type="tertiary", on_change="rerun", key="matrix-observed"
    )
    if not door.open:
        return
    with door:
        if matrix.blind:
            st.markdown(":gray[Observations are shown once the marks are revealed.]")
            return
        st.markdown(
            "What is wired up in the cluster, and what is called according to the ingress logs and the service "
            "graph. What was not seen may still be there."
        )
        _choose(journal, matrix)
        seen = [name for name in names(matrix) if name not in matrix.names.values()]
        if seen:
            several = words.count(min(len(seen), TAKEN), "element")
            if st.button(f"Add {several} from it", icon=":material/playlist_add:", key="matrix-take"):
                _write(journal, *added(seen[:TAKEN]))
                st.rerun()


def _choose(journal: UUID, matrix: Matrix) -> None:
    newest = process.workspace().store.library(Search(saved_only=False, limit=VISTAS)).vistas
    shown = {vista.id: vista for vista in newest if dependencies(vista.id)}
    if not shown:
        st.markdown(":gray[None of the latest vistas shows what needs what. Walk a routine that looks at it.]")
        return
    called = words.distinguished(
        (each.id, f"{each.name or each.routine_title} · {words.when(each.window.end, now(), zone())}")
        for each in shown.values()
    )
    chosen = st.selectbox(
        "Compare with",
        list(shown),
        index=list(shown).index(matrix.observed) if matrix.observed in shown else None,
        format_func=called.__getitem__,
        placeholder="choose a vista",
        key=f"matrix-vista-{journal}-{matrix.observed}",
    )
    if chosen != matrix.observed and chosen is not None:
        _write(journal, ObservedAttached(vista=chosen))
        st.rerun()
    if matrix.observed:
        st.button("Stop comparing", type="tertiary", on_click=_write, args=(journal, ObservedAttached(vista=None)))


def _write(journal: UUID, *entries: MatrixEntry) -> None:
    writing.write(process.notebooks().matrices, journal, *entries)


@st.cache_data(show_spinner=False, max_entries=40)
def _shown_by(vista: UUID, revision: int) -> tuple[Dependency, ...]:  # noqa: ARG001 - a vista that grew is read again
    return observed(process.workspace().store.vista(vista))
