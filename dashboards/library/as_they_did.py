"""Walking today as somebody walked a vista: the way to it, from wherever a vista is shown."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import variables, viewer
from dashboards.shared import process
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import begin_walk_through
from vistas.gathering import morning
from vistas.routine import Chosen, Routine
from vistas.vista import Vista
from vistas.vista.replay import walks_of

ICON = ":material/visibility:"


def asked(walker: str, *, key: str) -> bool:
    """A button that names whose walk it is; whether it was clicked."""
    label = f"Walk today as {plain(walker)} did"
    return st.button(label, icon=ICON, type="tertiary", key=key)


def begin(vista_id: UUID, walker: str = "") -> None:
    """Gather its routine now and turn to the walk; as its author walked it, or else who went furthest.

    Where the routine has variables, what they chose can be changed before.
    """
    earlier = process.workspace().store.vista(vista_id)
    whose = walker or walker_of(earlier)
    if (routine := changeable(earlier)) is None:
        viewer.signing(lambda: go(Place.WALK, begin_walk_through(earlier, whose).id))
    else:
        _with_what(earlier, routine, whose)


def changeable(earlier: Vista) -> Routine | None:
    """Its routine as it was before anything was chosen, where that is here and has anything to choose."""
    if not earlier.routine.variables:
        return None
    return morning.written(process.workspace(), earlier.routine)


def choose_again(earlier: Vista, routine: Routine, *, key: str) -> Chosen:
    """What they chose at first."""
    return variables.draw(routine, key=key, begin=morning.chosen_of(earlier.routine), alone=False)


@st.dialog("With what today?")
def _with_what(earlier: Vista, routine: Routine, walker: str) -> None:
    st.markdown(f"{plain(walker)} walked with what stands here. You can walk with something else.")
    key = f"as-{earlier.id}"
    chosen = choose_again(earlier, routine, key=key)
    goes = asked(walker, key="as-they-did-so")
    if goes and variables.is_ready(routine, chosen, key=key, scope="fragment"):
        act = partial(_go, earlier, walker, chosen)
        viewer.signing(act)
        st.rerun()


def _go(earlier: Vista, walker: str, chosen: Chosen) -> None:
    go(Place.WALK, begin_walk_through(earlier, walker, chosen).id)


def walker_of(vista: Vista) -> str:
    """Its author where they walked it or nobody did, else who went furthest."""
    walkers = [walk.walker for walk in walks_of(vista)]
    return vista.author if vista.author in walkers or not walkers else walkers[0]
