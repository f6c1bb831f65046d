"""The sources' health in one line, brought up to date by itself."""

from __future__ import annotations

import html

import streamlit as st

from dashboards.shared import process
from dashboards.shared.health import CheckedHealth
from dashboards.ui import links
from dashboards.ui.places import Place
from vistas.source import Source

TONES = {True: "var(--green)", False: "var(--amber)", None: "var(--axis)"}


def draw() -> None:
    workspace = process.workspace()
    if workspace.on_recordings:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="recording"):
            st.markdown(
                ":material/movie: **This is a recording** of a small shop's morning, so that you can look around. "
                ":gray[None of your tools is connected yet.]",
                width="content",
            )
            links.draw(Place.SOURCES, "Connect your own tools", ":material/arrow_forward:", icon_position="right")
        return
    _line()


@st.fragment(run_every=2)
def _line() -> None:
    checks = process.health()
    sources = process.workspace().sources
    said = "".join(_one(source, checks.of(source)) for source in sources)
    st.html(f'<div class="health" role="status">{said}</div>')


def _one(source: Source, checked: CheckedHealth) -> str:
    health = checked.health
    tone = TONES[health.ok if health else None]
    says = "checking…" if health is None else _age(checked) if health.ok else health.message
    return (
        f'<span><i class="dot" style="background:{tone}"></i><b>{html.escape(source.name)}</b> '
        f"{html.escape(says)}</span>"
    )


def _age(checked: CheckedHealth) -> str:
    seconds = int(checked.age)
    return "responding" if seconds < 60 else f"last responded {seconds // 60} min ago"  # noqa: PLR2004
