"""Walking today as somebody walked a vista: the way to it, from wherever a vista is shown."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import begin_walk_through
from vistas.vista import Vista
from vistas.vista.replay import walks_of

ICON = ":material/visibility:"


def asked(walker: str, *, key: str) -> bool:
    """A button that names whose walk it is; whether it was clicked."""
    label = f"Walk today as {plain(walker)} did"
    return st.button(label, icon=ICON, type="tertiary", key=key)


def begin(vista_id: UUID, walker: str = "") -> None:
    """Gather its routine now and turn to the walk; as its author walked it, or else who went furthest."""
    earlier = process.workspace().store.vista(vista_id)
    whose = walker or walker_of(earlier)
    viewer.signing(lambda: go(Place.WALK, begin_walk_through(earlier, whose).id))


def walker_of(vista: Vista) -> str:
    """Its author where they walked it or nobody did, else who went furthest."""
    walkers = [walk.walker for walk in walks_of(vista)]
    return vista.author if vista.author in walkers or not walkers else walkers[0]
