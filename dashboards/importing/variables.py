"""What is chosen when a walk begins, and what it opens with."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.importing.stop_rows import write
from dashboards.state import widget
from dashboards.ui.plain import plain
from vistas.practice.imports import DefaultChosen, Import
from vistas.routine import Variable


def draw(journal: UUID, brought: Import) -> None:
    if not brought.used:
        return
    st.header("Chosen when a walk begins", anchor=False)
    grid = st.grid(3, min_column_width=240, gap="small")
    for variable in brought.used:
        with grid.cell():
            _one(journal, variable)


def _one(journal: UUID, variable: Variable) -> None:
    key = f"import-default-{variable.variable}-{'/'.join(variable.default)}"

    def choose() -> None:
        said = widget(key)
        values = said if isinstance(said, list) else [said] if said else []
        write(journal, DefaultChosen(variable=variable.variable, values=tuple(str(each)[:200] for each in values)))

    options = list(dict.fromkeys((*variable.values, *variable.default)))
    empty = "every one" if variable.every is not None else "asked for each time"
    label, told = plain(variable.name), _listed(variable)
    if variable.several:
        st.multiselect(
            label,
            options,
            list(variable.default),
            key=key,
            accept_new_options=True,
            placeholder=empty,
            on_change=choose,
            help=told,
        )
    else:
        st.selectbox(
            label,
            options,
            index=options.index(variable.default[0]) if variable.default else None,
            key=key,
            accept_new_options=True,
            placeholder=empty,
            on_change=choose,
            help=told,
        )


def _listed(variable: Variable) -> str:
    """Where the values come from that can be chosen."""
    if variable.label:
        of = f" of {plain(variable.of)}" if variable.of else ""
        return f"The walk lists the values of {plain(variable.label)}{of}. Here: what it opens with."
    return "What it opens with." if variable.values else "It is typed. Here: what it opens with."
