"""How the gathering goes, source by source, while one already walks."""

from __future__ import annotations

import streamlit as st

from dashboards import words
from dashboards.gatherings import Gathering
from dashboards.plain import plain
from vistas.vista import Vista


def draw(vista: Vista, gathering: Gathering | None) -> None:
    """Nothing once all is here. A gathering that a restart interrupted says so."""
    if gathering is None:
        missing = sum(1 for _ in vista.routine.looks()) - len({(each.stop, each.look) for each in vista.snapshots})
        if missing > 0 and vista.saved_at is None:
            st.markdown(
                f":orange-badge[interrupted] :gray[{words.count(missing, 'look')} had not answered when the app "
                "was stopped. What had come is here.]"
            )
        return
    if gathering.failed:
        st.markdown(f":red-badge[stopped] :gray[{plain(gathering.failed)}]")
        return
    if gathering.finished:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="gathering"):
        said = " · ".join(
            f"{plain(each.source)} {each.done} of {each.total}" for each in gathering.sources.values()
        )
        st.markdown(f":small[:material/hourglass_top: :gray[Gathering: {said}]]", width="content")
        st.button("Stop gathering", type="tertiary", on_click=gathering.cancel, key="cancel-gathering")
    st.progress(gathering.done / max(1, gathering.total))
