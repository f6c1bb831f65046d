"""Beside a look, and beside a routine: that it went stale, with the way to where it is mended."""

from __future__ import annotations

import streamlit as st

from dashboards.mornings.stale.found import stale_in
from dashboards.state import ROUTINE
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.mornings.stale import Why, mendings, reason
from vistas.routine import Look, Routine
from vistas.snapshot import Snapshot
from vistas.vista import Vista
from vistas.vista.presence import Lost


def lost_by(vista: Vista) -> Lost:
    """What went stale by the time of this vista."""
    if vista.origin != "live":
        return frozenset()
    found = stale_in(vista.routine, vista.begun_at)
    return frozenset((stale.stop, stale.look.look, stale.source) for stale in found)


def draw(vista: Vista, look: Look, snapshot: Snapshot) -> None:
    """Where the look went stale by the time of this vista; nothing where it has something to show."""
    if vista.origin != "live" or (snapshot.frame is not None and not snapshot.provenance.absent):
        return
    for stale in stale_in(vista.routine, vista.begun_at):
        if (stale.stop, stale.look.look, stale.source) == (snapshot.stop, look.look, snapshot.source):
            verb = "This has failed" if stale.why is Why.ERROR else "This has shown nothing"
            first = next(mendings(stale.look, stale.absent), None)
            happened = f" {first.happened}" if first else ""
            with st.container(key=f"stale-{stale.stop}-{look.look}-{stale.source}", gap=None):
                said = f"{verb} for {stale.mornings} mornings. {reason(stale)}{happened}"
                st.markdown(f":small[:material/history: {plain(said)}]")
                label = "Mend the routine" if first else "See its routine"
                links.draw(Place.ROUTINE, f":small[{label}]", None, {ROUTINE: vista.routine.routine})


def draw_count(routine: Routine) -> None:
    """How many of its looks went stale; nothing where none did."""
    if found := stale_in(routine):
        told = words.count(len(found), "look has", "looks have")
        label = f":small[:material/history: {told} shown nothing for days]"
        links.draw(Place.ROUTINE, label, None, {ROUTINE: routine.routine})
