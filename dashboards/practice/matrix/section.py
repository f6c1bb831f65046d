"""The library of dependency matrices."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import live, viewer
from dashboards.knowledge import Shelf, card
from dashboards.practice.matrix import observation, view
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import empty, words
from dashboards.ui.plain import plain
from vistas.practice.matrix.export import write_csv
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    _shelf().draw(_one, _all)


def _shelf() -> Shelf:
    return Shelf(process.notebooks().matrices, "matrix", "matrices")


def _one(head: Head) -> None:
    live.watch({live.PAGE: lambda: (head.id,)})
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(plain(head.title), anchor=False, width="content")
        _export(head)
    view.draw(head.id)


def _export(head: Head) -> None:
    name = words.file_name(head.title, "matrix")
    st.download_button(
        "Export (.csv)",
        partial(_csv, head.id, viewer.name()),
        f"{name}.csv",
        "text/csv",
        icon=":material/ios_share:",
        type="tertiary",
        on_click="ignore",
        key="matrix-csv",
    )


def _csv(journal: UUID, me: str) -> str:
    """Made when it is asked for; of what this person may see."""
    matrix = process.notebooks().matrices.read(journal).seen_by(me)
    return write_csv(matrix, observation.observed_in(matrix))


def _all() -> None:
    _shelf().library(
        "an element, a word of a notice",
        _card,
        none_yet=partial(
            empty.draw,
            empty.Picture.MATRICES,
            "A matrix shows what each of you believes needs what; where you differ, there is something to learn.",
            "No dependency matrix yet: list what a request passes through, and everyone marks what needs what.",
        ),
        beside=partial(_shelf().begin, "Whose critical path?"),
    )


def _card(head: Head) -> None:
    matrix = process.notebooks().matrices.read(head.id)
    listed = words.count(len(matrix.shown), "element")
    when = words.when_in_sentence(head.changed_at, now(), zone())
    with card(head, f"{listed} · started by {plain(head.begun_by)} · changed {when}"):
        st.text(cut(", ".join(matrix.names.values()), 120) or "No elements yet")
