"""A notice's own history: what became of it on the other mornings of its routine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.shared import process
from dashboards.state import now, session
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.mornings.followup import Sighting, follow_through
from vistas.store import Search
from vistas.vista import Vista
from vistas.vista.notice import Notice, WholeStop

AT_MOST = 10
"""Mornings that are looked through, the newest."""


def seen_on_others(vista: Vista, notice: Notice, zone: ZoneInfo) -> None:
    """A door beside a notice that hangs on data; the mornings are read when it is opened, once a session."""
    if isinstance(notice.anchor, WholeStop):
        return

    @st.fragment
    def draw() -> None:
        box = st.popover(
            "On other mornings",
            icon=":material/history:",
            type="tertiary",
            key=f"history-{notice.id}",
            on_change="rerun",
        )
        if box.open:
            with box:
                _tell(notice, _history(vista, notice, zone), zone)

    draw()


def _history(vista: Vista, notice: Notice, zone: ZoneInfo) -> Sequence[Sighting]:
    known = session().histories
    if notice.id not in known:
        others = _others(vista)
        bar = st.progress(0.0, "Reading other mornings …")
        found: list[Sighting] = []
        for sighting in follow_through(notice, vista, _read(others), zone=zone):
            found.append(sighting)
            bar.progress(len(found) / len(others), "Reading other mornings …")
        bar.empty()
        known[notice.id] = tuple(found)
    return known[notice.id]


def _others(vista: Vista) -> list[UUID]:
    search = Search(routine=vista.routine.routine, limit=AT_MOST + 1)
    page = process.workspace().store.library(search)
    return [each.id for each in page.vistas if each.id != vista.id][:AT_MOST]


def _read(vistas: Sequence[UUID]) -> Iterator[Vista]:
    store = process.workspace().store
    return (store.vista(each) for each in vistas)


def _tell(notice: Notice, history: Sequence[Sighting], zone: ZoneInfo) -> None:
    if not history:
        st.markdown("No other morning of this routine is saved yet.")
        return
    seen = sum(each.found.outcome.is_found for each in history)
    mornings = words.count(len(history), "other morning")
    st.markdown(f"**Found on {seen} of {mornings}**" if seen else f"**Not found on {mornings}**")
    for each in history:
        with st.container(key=f"sighting-{notice.id}-{each.vista}", gap=None):
            links.draw(
                Place.REPLAY,
                plain(words.when(each.begun_at, now(), zone)),
                parameters=links.stop(each.vista, each.found.stop),
            )
            st.text(each.found.sentence)
