"""The library of decision tables."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import live
from dashboards.knowledge import Shelf, card
from dashboards.practice.decisions import evidence, view
from dashboards.shared import process
from dashboards.state import EVIDENCE, id_in_url, parameter, place
from dashboards.ui import empty, words
from dashboards.ui.plain import error_text, plain
from vistas.errors import PracticeError
from vistas.practice.decisions import Field
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    _shelf().draw(_one, _all)


def _shelf() -> Shelf:
    return Shelf(process.notebooks().decisions, "table", "tables")


def _one(head: Head) -> None:
    if parameter(EVIDENCE):
        _open_evidence(head.id)
    live.watch({live.PAGE: lambda: view.watched(head.id)})
    view.draw(head.id, titled=True)


def _open_evidence(journal: UUID) -> None:
    """What the link `live` of a cue leads to."""
    wanted = id_in_url(EVIDENCE)
    link = process.notebooks().decisions.read(journal).link(wanted) if wanted else None
    place(evidence="")
    if link is None:
        st.warning("This evidence is no longer linked.", icon=":material/link_off:")
        return
    try:
        evidence.open_live(link)
    except PracticeError as problem:
        st.warning(plain(error_text(problem)), icon=":material/link_off:")


def _all() -> None:
    _shelf().library(
        "a cue, a service, a name",
        _card,
        none_yet=partial(
            empty.draw,
            empty.Picture.DECISIONS,
            "A decision table keeps how somebody decided on a hard night, for whoever has the next one.",
            "No decision table yet: choose a real incident and someone who was there. The questions come with it.",
        ),
        beside=partial(_shelf().begin, "Which night, or which incident?"),
    )


def _card(head: Head) -> None:
    table = process.notebooks().decisions.read(head.id)
    rows = words.count(len(table.shown), "decision") if table.shown else "no decisions yet"
    when = evidence.moment(head.changed_at)
    with (
        card(head, f"{rows} · started by {plain(head.begun_by)} · {when}"),
        st.container(key=f"first-{head.id}", gap="xsmall"),
    ):
        for row in table.shown[:3]:
            if says := row.text(Field.DECISION):
                st.text(cut(says, 90))
