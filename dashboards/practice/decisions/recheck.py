"""Taking all linked looks of a decision table again: in the background, kept as a vista of its own."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.practice.decisions.evidence import asked_today, known_vista, moment
from dashboards.shared import process
from dashboards.state import VISTA, now
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from dashboards.ui.ticking import draw_anew_once
from dashboards.walk import draw_progress
from dashboards.writing import begin_walk, signed
from vistas.practice.decisions import DecisionTable, Recheck
from vistas.practice.decisions.entries import Rechecked
from vistas.practice.decisions.recheck import Again, look_again
from vistas.vista import Vista


def begin(journal: UUID, title: str, table: DecisionTable) -> Again:
    """Start taking every linked look; everybody sees it come in. PracticeError as `look_again` has it."""
    viewer.signature()
    again = look_again(title, table.links(), asked_today)
    vista = begin_walk(again.routine)
    entry = Rechecked(vista=vista.id, stops=dict(again.stops))
    process.notebooks().decisions.write(journal, entry, **signed())
    return again


def newest(table: DecisionTable) -> tuple[Recheck, Vista] | None:
    """The last re-check whose vista is here."""
    for recheck in reversed(table.rechecks):
        if vista := known_vista(recheck.vista):
            return recheck, vista
    return None


def draw(table: DecisionTable) -> None:
    """How the last one is getting on, or when it was and what it gave."""
    found = newest(table)
    if found is None:
        return
    recheck, vista = found
    gathering = process.gatherings().of(vista.id)
    if gathering is not None and not gathering.finished:
        draw_progress(vista, gathering)
        draw_anew_once(lambda: gathering.finished, every=0.7)
        return
    if vista.saved_at is None and vista.snapshots:
        process.workspace().store.save(vista.id, vista.routine.name, now(), by=vista.author)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="looked-again"):
        st.markdown(f":small[:gray[{plain(_summary(recheck, vista))}]]", width="content")
        links.draw(Place.REPLAY, "View", ":material/arrow_forward:", {VISTA: vista.id}, icon_position="right")


def _summary(recheck: Recheck, vista: Vista) -> str:
    answered = sum(1 for snapshot in vista.snapshots if snapshot.frame is not None)
    looks = words.count(len(vista.snapshots), "look")
    return f"{recheck.by} looked again {moment(recheck.at)}. {answered} of {looks} returned data."
