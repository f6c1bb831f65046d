"""The sources' health in one line, brought up to date by itself."""

from __future__ import annotations

import html

import streamlit as st

from dashboards import process
from dashboards.health import Checked
from dashboards.places import Place
from vistas.source import Source

TONES = {True: "var(--green)", False: "var(--amber)", None: "var(--axis)"}


def draw() -> None:
    workspace = process.workspace()
    if workspace.on_recordings:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="recording"):
            st.markdown(
                ":material/movie: **This is a recording** of a small shop's morning, so that you can look around. "
                ":gray[Nothing of yours is connected yet.]",
                width="content",
            )
            st.page_link(
                Place.SOURCES.value,
                label="Connect your own tools",
                icon=":material/arrow_forward:",
                icon_position="right",
            )
        return
    _line()


@st.fragment(run_every=2)
def _line() -> None:
    checks = process.health()
    sources = process.workspace().sources
    said = "".join(_one(source, checks.of(source)) for source in sources)
    st.html(f'<div class="health" role="status">{said}</div>')


def _one(source: Source, checked: Checked) -> str:
    health = checked.health
    tone = TONES[health.well if health else None]
    says = "looking…" if health is None else _age(checked) if health.well else health.says
    return (
        f'<span><i class="dot" style="background:{tone}"></i><b>{html.escape(source.name)}</b> '
        f"{html.escape(says)}</span>"
    )


def _age(checked: Checked) -> str:
    seconds = int(checked.age)
    return "answers" if seconds < 60 else f"answered {seconds // 60} min ago"  # noqa: PLR2004
