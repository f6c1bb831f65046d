"""Make it mine: a routine of one's own, which names whom it was made from for ever."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import files, viewer
from dashboards.routines.saving import may_be_secret, saving
from dashboards.shared import process
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.routine import Routine


def draw(routine: Routine) -> None:
    by = f" by {plain(routine.by)}" if routine.by else ""
    st.markdown(
        f":gray[A routine of your own, to change as you like. It keeps naming **{plain(routine.title)}**, "
        f"version {routine.version}{by}, as what it was made from.]"
    )
    with st.form("fork", border=False):
        title = st.text_input(
            "Title", placeholder="Search, before the others wake", max_chars=200, key="fork-title"
        ).strip()
        because = st.text_input(
            "What is it for? (optional)", placeholder="Five minutes for the search team", key="fork-because"
        ).strip()
        folder = files.folder("fork")
        is_sure = may_be_secret()
        if st.form_submit_button("Make it mine", type="primary", key="fork-make"):
            if title:
                viewer.signing(lambda: _fork(routine, title, because, folder, is_sure=is_sure))
            else:
                st.warning("Give it a title, so that others can tell it from the one it was made from.")


def _fork(routine: Routine, title: str, because: str, folder: Path | None, *, is_sure: bool) -> None:
    made = saving(
        lambda: process.routines().fork(
            routine, title=title, because=because, is_sure=is_sure, folder=folder, **signed()
        )
    )
    if made:
        go(Place.ROUTINE, routine=made.routine)
    st.rerun()
