"""How the gathering goes, source by source, while one already walks."""

from __future__ import annotations

import streamlit as st

from dashboards.shared.gatherings import Gathering
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.gathering.morning import asked
from vistas.vista import Vista


def draw(vista: Vista, gathering: Gathering | None) -> None:
    """Nothing once all is here. A gathering that a restart interrupted says so."""
    if gathering is None:
        missing = sum(1 for _ in asked(vista).looks()) - len({(each.stop, each.look) for each in vista.snapshots})
        if missing > 0 and vista.saved_at is None:
            st.markdown(
                f":orange-badge[interrupted] :gray[{words.count(missing, 'look')} had not answered when the app "
                "was stopped. Everything that had arrived is here.]"
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
