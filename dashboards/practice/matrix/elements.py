"""The elements of a dependency matrix: named freely, suggested from what is there, in the order one likes."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import writing
from dashboards.expertise import parts as parts_in_view
from dashboards.practice.matrix import observation
from dashboards.shared import process
from vistas.practice.landscape import PartKind
from vistas.practice.matrix import MOST_ELEMENTS, Matrix
from vistas.practice.matrix.entries import ElementRemoved, ElementRenamed, MatrixEntry, Ordered, added
from vistas.practice.matrix.sequencing import Sequence

SUGGESTED = (PartKind.HOST, PartKind.WORKLOAD, PartKind.NODE)


def first_elements(journal: UUID, matrix: Matrix) -> None:
    """What a matrix begins with."""
    st.markdown(
        "**What is on the critical path?** :gray[Name the doors, services, queues, databases and other "
        "people's systems that a request passes through. Eight to fifteen make a good hour.]"
    )
    _add(journal, matrix)
    observation.beside(journal, matrix)


def elements(journal: UUID, matrix: Matrix, found: Sequence[UUID]) -> None:
    with st.popover("Elements", icon=":material/playlist_add:", type="tertiary", key="matrix-elements"):
        _add(journal, matrix)
        st.divider()
        _change(journal, matrix)
        st.button(
            "Keep this sequence",
            icon=":material/sort:",
            type="tertiary",
            disabled=matrix.blind or tuple(matrix.names) == found.order,
            help="What is needed comes first; everyone who opens the matrix sees this order.",
            on_click=_write,
            args=(journal, Ordered(elements=found.order)),
            key="matrix-keep-order",
        )


def _add(journal: UUID, matrix: Matrix) -> None:
    with st.form("matrix-add", clear_on_submit=True, border=False):
        chosen = st.multiselect(
            "Elements to add",
            _suggestions(matrix),
            accept_new_options=True,
            placeholder="type or choose a name",
            max_selections=MOST_ELEMENTS,
            key=f"matrix-names-{journal}",
        )
        if st.form_submit_button("Add", type="primary") and chosen:
            _write(journal, *added(chosen))
            st.rerun()


def _suggestions(matrix: Matrix) -> list[str]:
    """What is observed first, then what today's landscape shows; not what is listed already."""
    seen = observation.names(matrix)
    parts = [part.name for sort in SUGGESTED for part in parts_in_view() if part.sort is sort]
    listed = {name.casefold() for name in matrix.names.values()}
    return [name for name in dict.fromkeys((*seen, *parts)) if name.casefold() not in listed]


def _change(journal: UUID, matrix: Matrix) -> None:
    names = matrix.names
    chosen = st.selectbox(
        "Edit an element",
        list(names),
        index=None,
        format_func=lambda each: names.get(each, ""),
        placeholder="choose an element",
        key=f"matrix-chosen-{journal}",
    )
    if chosen is None or chosen not in names:
        return
    with st.form(f"matrix-rename-{chosen}", border=False):
        name = st.text_input("Name", value=names[chosen], max_chars=80, key=f"matrix-name-{chosen}")
        if st.form_submit_button("Rename") and name.strip():
            _write(journal, ElementRenamed(id=chosen, name=name))
            st.rerun()
    with st.container(horizontal=True, gap="small"):
        for label, icon, steps in (("Up", "arrow_upward", -1), ("Down", "arrow_downward", 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                type="tertiary",
                on_click=_write,
                args=(journal, Ordered(elements=moved(tuple(names), chosen, steps))),
                key=f"matrix-{label}-{chosen}",
            )
        st.button(
            "Remove",
            icon=":material/close:",
            type="tertiary",
            help="Its marks are kept: add it again under the same name and they come back.",
            on_click=_write,
            args=(journal, ElementRemoved(id=chosen)),
            key=f"matrix-off-{chosen}",
        )


def moved(order: tuple[UUID, ...], which: UUID, steps: int) -> tuple[UUID, ...]:
    """`which` that many places further on, as far as there are any."""
    others = [each for each in order if each != which]
    place = min(max(order.index(which) + steps, 0), len(others))
    return (*others[:place], which, *others[place:])


def _write(journal: UUID, *entries: MatrixEntry) -> None:
    writing.write(process.notebooks().matrices, journal, *entries)
