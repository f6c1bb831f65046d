"""The library of decision tables."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import decisions_evidence, decisions_view, live, process, words
from dashboards.knowledge.shelf import Shelf, card
from dashboards.plain import plain
from dashboards.state import EVIDENCE, id_in_url, parameter, place
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
    live.watch("decisions", decisions_view.watched(head.id))
    decisions_view.draw(head.id, titled=True)


def _open_evidence(journal: UUID) -> None:
    """What the link `live` of a cue leads to."""
    wanted = id_in_url(EVIDENCE)
    link = process.notebooks().decisions.read(journal).link(wanted) if wanted else None
    place(evidence="")
    if link is None:
        st.warning("This evidence is not linked any more.", icon=":material/link_off:")
        return
    try:
        decisions_evidence.open_live(link)
    except PracticeError as problem:
        st.warning(plain(str(problem)), icon=":material/link_off:")


def _all() -> None:
    _shelf().library(
        "a cue, a service, a name",
        _card,
        none_yet="**No decision table yet.** :gray[Choose one real incident and somebody who was there; ask what "
        "was hard, which signs told, what goes wrong easily. The table brings the questions along.]",
        beside=partial(_shelf().begin, "Which night, which incident?"),
    )


def _card(head: Head) -> None:
    table = process.notebooks().decisions.read(head.id)
    rows = words.count(len(table.shown), "decision") if table.shown else "no decision yet"
    when = decisions_evidence.moment(head.changed_at)
    with (
        card(head, f"{rows} · {plain(head.begun_by)} began it · {when}"),
        st.container(key=f"first-{head.id}", gap="xsmall"),
    ):
        for row in table.shown[:3]:
            if says := row.says(Field.DECISION):
                st.text(cut(says, 90))
