"""One stop: its question, its looks drawn, and in plain words what they are. The same for a walk and a replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.components import Mark
from dashboards.mornings import stale
from dashboards.mornings.comparison import choose_what_is_beside, draw_beside
from dashboards.shared.gatherings import Gathering
from dashboards.state import ABOUT_STOP
from dashboards.ui import words
from dashboards.ui.plain import plain, prose
from dashboards.walk import absent, looks
from vistas.routine import Look, Stop
from vistas.vista import Vista
from vistas.vista.notice import Notice
from vistas.vista.presence import presence_at

WORDS = {
    "In plain words": ":material/wb_sunny:",
    "Why I look here": ":material/visibility:",
    "What normal looks like": ":material/landscape:",
}


def draw(
    vista: Vista,
    stop: Stop,
    notices: Sequence[Notice],
    *,
    zone: ZoneInfo,
    gathering: Gathering | None,
    writable: bool,
    earlier: Sequence[Mark] = (),
    before: Callable[[Look], None] = lambda _: None,
) -> None:
    """`writable` is whether gaps may be asked again; notices may always be added.

    `earlier` are marks of an earlier vista's notices; `before` draws above a look.
    """
    presence = presence_at(vista, stop.stop, stale.lost_by(vista))
    _question(vista, stop, zone)
    if presence.is_empty:
        absent.draw(vista, presence, writable=writable)
    _in_plain_words(stop)
    beside = None if presence.is_empty else choose_what_is_beside(vista, stop.stop)
    for look in vista.looks_at(stop.stop):
        snapshots = [snapshot for snapshot in vista.at(stop.stop) if snapshot.look == look.look]
        before(look)
        if not snapshots:
            _waiting(look, gathering)
        for snapshot in snapshots:
            if presence.folds(snapshot):
                continue
            several = len(snapshots) > 1
            looks.draw(
                vista, look, snapshot, notices, zone=zone, writable=writable, several=several, earlier=earlier
            )
            draw_beside(beside, vista, look, snapshot)
    if not presence.is_empty:
        absent.draw(vista, presence, writable=writable)


def _question(vista: Vista, stop: Stop, zone: ZoneInfo) -> None:
    place = [each.stop for each in vista.routine.stops].index(stop.stop) + 1
    recording = " · a recording" if vista.origin == "recording" else ""
    with st.container(gap="xsmall", key="question"):
        of = len(vista.routine.stops)
        st.markdown(f":small[:gray[Stop {place} of {of} · {words.window(vista.window, zone)}{recording}]]")
        st.title(plain(stop.question), anchor=False)


def _waiting(look: Look, gathering: Gathering | None) -> None:
    with st.container(gap="xsmall", key=f"look-{look.look}"):
        st.markdown(f"**{plain(look.title)}**")
        if gathering is None or gathering.finished:
            st.markdown(":gray[The gathering was interrupted before this look answered.]")
        else:
            st.markdown(f":small[:gray[Asking {plain(look.source)} …]]")
            st.skeleton(height=120)


def _in_plain_words(stop: Stop) -> None:
    """One of three short texts about the stop; which one stays chosen from stop to stop."""
    texts = {"In plain words": stop.plainly, "Why I look here": stop.why, "What normal looks like": stop.normal}
    with st.container(key="words", gap="xsmall"):
        chosen = st.pills(
            "About this stop",
            list(texts),
            default="In plain words" if viewer.is_new() else None,
            format_func=lambda name: f"{WORDS[name]} {name}",
            label_visibility="collapsed",
            persist_state="session",
            key=ABOUT_STOP,
        )
        if chosen:
            st.markdown(prose(texts[chosen]))
