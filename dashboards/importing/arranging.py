"""What would come of a dashboard: its stops, chosen, cut, joined and ordered until they are a morning."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.importing import keeping, stop_rows, telling, variables
from dashboards.importing.stop_rows import write
from dashboards.shared import process
from dashboards.state import widget
from dashboards.ui import links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from vistas.errors import JournalNotFound
from vistas.importing import MOST_PROPOSED
from vistas.practice.imports import Import, PutAway, Retitled, Undone

_FOLDED = "{} of its {} stops are proposed: what the dashboard folds is left for later."
_LONG = (
    "This is more than a morning, so {} of its {} stops are proposed. What the dashboard folds is left for later; "
    "of the rest those come first that say what is normal, then those that say why."
)


def draw(journal: UUID) -> None:
    try:
        process.notebooks().imports.head(journal)
        brought = process.notebooks().imports.read(journal)
    except JournalNotFound:
        _gone()
        return
    if brought.routine is None or brought.telling is None:
        _gone()
        return
    with st.container(key="arranging", gap="small"):
        _head(journal, brought)
        stop_rows.walk(journal, brought)
        stop_rows.later(journal, brought)
        variables.draw(journal, brought)
        telling.draw(brought.telling)


def _gone() -> None:
    st.title("This is not here any more.", anchor=False)
    links.draw(Place.IMPORTING, "Bring a dashboard", ":material/upload_file:")


def _head(journal: UUID, brought: Import) -> None:
    st.title(plain(brought.title), anchor=False)
    st.markdown(_in_one_line(brought))
    if brought.later and not brought.before:
        every, proposed = len(brought.walk) + len(brought.later), words.spelled(len(brought.walk))
        is_long = len(brought.walk) == MOST_PROPOSED
        rule = _LONG.format(proposed.lower(), every) if is_long else _FOLDED.format(proposed, every)
        st.markdown(f":gray[{rule}]")
    chosen = keeping.choose(journal, brought)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="arranging-doors"):
        keeping.draw(journal, brought, chosen)
        with st.popover("Rename", type="tertiary", icon=":material/edit:"):
            key = f"import-title-{brought.title}"
            st.text_input(
                "What is it called?",
                brought.title,
                max_chars=200,
                key=key,
                on_change=lambda: write(journal, Retitled(title=str(widget(key)).strip() or brought.title)),
            )
        st.button(
            "Undo",
            type="tertiary",
            icon=":material/undo:",
            disabled=not brought.before,
            key="import-undo",
            on_click=write,
            args=(journal, Undone()),
        )
        if st.button("Put away", type="tertiary", icon=":material/inventory_2:", key="import-put-away"):
            write(journal, PutAway())
            go(Place.IMPORTING)


def _in_one_line(brought: Import) -> str:
    looks = sum(len(stop.looks) for stop in brought.walk)
    where = brought.telling.where if brought.telling else ""
    stops = words.count(len(brought.walk), "stop")
    return f"{stops}, {words.count(looks, 'look')} :gray[· from {plain(where)}]"
