"""Taking all linked looks of a decision table again: in the background, kept as a vista of its own."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import process, progress_line, viewer, words
from dashboards.decisions_evidence import asked_today, known_vista, moment
from dashboards.gatherings import Gathering
from dashboards.places import Place
from dashboards.plain import plain
from dashboards.state import now
from vistas.practice.decisions import Recheck, Table
from vistas.practice.decisions_entries import Rechecked
from vistas.practice.looking_again import Again, look_again
from vistas.vista import Vista


def begin(journal: UUID, title: str, table: Table) -> Again:
    """Start taking every linked look; everybody sees it come in. PracticeError as `look_again` has it."""
    workspace = process.workspace()
    again = look_again(title, table.links(), asked_today)
    window = workspace.window(now(), again.routine.window)
    vista = process.gatherings().start(workspace, again.routine, window=window, author=viewer.name(), now=now())
    entry = Rechecked(vista=vista.id, stops=dict(again.stops))
    process.notebooks().decisions.write(journal, entry, by=viewer.name(), at=now())
    return again


def newest(table: Table) -> tuple[Recheck, Vista] | None:
    """The last re-check whose vista is here."""
    for recheck in reversed(table.rechecks):
        if vista := known_vista(recheck.vista):
            return recheck, vista
    return None


def draw(table: Table) -> None:
    """How the last one is getting on, or when it was and what it gave."""
    found = newest(table)
    if found is None:
        return
    recheck, vista = found
    gathering = process.gatherings().of(vista.id)
    if gathering is not None and not gathering.finished:
        progress_line.draw(vista, gathering)
        _until_it_has_come(gathering)
        return
    if vista.saved_at is None and vista.snapshots:
        process.workspace().store.save(vista.id, vista.routine.title, now())
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="looked-again"):
        st.markdown(f":small[:gray[{plain(_said(recheck, vista))}]]", width="content")
        st.page_link(
            Place.REPLAY.value,
            label="See it",
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params={"vista": str(vista.id)},
        )


def _said(recheck: Recheck, vista: Vista) -> str:
    answered = sum(1 for snapshot in vista.snapshots if snapshot.frame is not None)
    looks = words.count(len(vista.snapshots), "look")
    return f"{recheck.by} looked again {moment(recheck.at)}. {answered} of {looks} had something to show."


def _until_it_has_come(gathering: Gathering) -> None:
    @st.fragment(run_every=0.7)
    def tick() -> None:
        if gathering.finished:
            st.rerun()

    tick()
