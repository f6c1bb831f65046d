"""Ways out of a look: the same question in the tools that people know. Each opens by a click, in its own tab."""

from __future__ import annotations

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.ui.plain import plain
from vistas.linking import Elsewhere, Link, elsewhere_of, then_and_now, ways_out
from vistas.routine import Look
from vistas.snapshot import Provenance


def draw(look: Look, provenance: Provenance, key: str) -> None:
    """Nothing where its source has no page that people reach."""
    there = _elsewhere(provenance)
    found = ways_out(look, provenance, there, on_this_machine=viewer.is_local()) if there else ()
    if not found:
        return
    with st.container(key=f"elsewhere-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        if any(link.address for link in found):
            st.markdown(":small[:gray[Open in]]", width="content")
        for number, link in enumerate(found):
            draw_link(link, f"open-{key}/{number}")


def then_and_now_of(then: tuple[Look, Provenance], now: tuple[Look, Provenance]) -> Link | None:
    """Both in one window, where both can be seen in the same Grafana."""
    before, after = _elsewhere(then[1]), _elsewhere(now[1])
    return then_and_now((*then, before), (*now, after)) if before and after else None


def _elsewhere(provenance: Provenance) -> Elsewhere | None:
    workspace = process.workspace()
    return elsewhere_of(provenance, workspace.sources, workspace.settings.grafana.address)


def draw_link(link: Link, key: str) -> None:
    if link.reason:
        st.markdown(f":small[:gray[{plain(link.reason)}]]")
        return
    st.link_button(plain(link.label), link.address, type="tertiary", icon=":material/open_in_new:", key=key)
