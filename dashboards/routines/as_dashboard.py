"""A routine to take along as a Grafana dashboard, and what is not there as it is here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.exporting import export_dashboard, write_dashboard
from vistas.routine import Routine

TOLD: Final = 40
"""As many differences are listed; the command line lists them all."""


def draw(routine: Routine, name: str) -> None:
    """`name` is that of the version."""
    with st.popover("As a Grafana dashboard", type="tertiary", icon=":material/dashboard:", key="as-dashboard"):
        exported = export_dashboard(routine)
        st.markdown(f"{plain(name.capitalize())}, to be imported in Grafana.")
        st.download_button(
            "Download",
            partial(write_dashboard, exported),
            f"{routine.routine}.json",
            "application/json",
            type="primary",
            icon=":material/download:",
            key="as-dashboard-file",
            on_click="ignore",
        )
        if exported.told:
            _differences(exported.told)


def _differences(told: Sequence[tuple[str, str]]) -> None:
    with st.expander(f"Not there as it is here: {words.count(len(told), 'difference')}", type="compact"):
        st.markdown("\n".join(f"- {plain(where)} {plain(said)}" for where, said in told[:TOLD]))
        if len(told) > TOLD:
            st.markdown(f":gray[And {len(told) - TOLD} more.]")
