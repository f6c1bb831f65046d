"""Sources: what is connected, how it feels, what to fix; and how to connect one's own tools."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from dashboards.shared import process
from dashboards.sources.snippets import SNIPPETS
from dashboards.ui import empty
from dashboards.ui.plain import plain
from vistas.connecting.editing import added
from vistas.extensions import discovery
from vistas.settings.file import find_settings_file
from vistas.source import Source


def one(source: Source) -> None:
    checked = process.health().of(source)
    health = checked.health
    with st.container(border=True, key=f"card-source-{source.name}", gap="xsmall", height="stretch"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"## {plain(source.name)}", anchors=False)
            if health is None:
                st.badge("checking…", color="gray")
            elif health.ok:
                st.badge("responding", color="green")
            else:
                st.badge("needs attention", color="orange")
        st.markdown(f":small[:gray[{plain(source.type)}]]")
        if health is None:
            return
        st.text(health.message)
        if health.hint:
            st.markdown(":small[**What to try**]")
            st.text(health.hint)
        for name, value in health.details.items():
            st.markdown(f":small[:gray[{plain(name)}: {plain(value)}]]")
        milliseconds = health.took.total_seconds() * 1000
        st.markdown(f":small[:gray[took {milliseconds:.0f} ms]]")


@st.fragment(run_every=2)
def connected() -> None:
    sources = process.workspace().sources
    grid = st.grid(3, min_column_width=300, gap="small")
    for source in sources:
        with grid.cell():
            one(source)


def look_again() -> None:
    for source in process.workspace().sources:
        process.health().of(source, anew=True)


@st.cache_data(ttl=60, show_spinner=False)
def found_here() -> tuple[tuple[str, str], ...]:
    """What lies about or answers on this machine and is not connected: what to say, and what to write."""
    connected = {source.type for source in process.workspace().sources}
    found = discovery.found_here(discovery.Machine.this())
    return tuple(
        (offer.text, added("", offer.name, offer.table)) for offer in found if offer.table["type"] not in connected
    )


def connect_your_own() -> None:
    st.header("Connect your own tools", anchor=False)
    file = find_settings_file(os.environ, Path.cwd()) or Path.cwd() / "vistas.toml"
    st.markdown(
        "Add a table for each tool to the settings, then restart the app. Read-only access is enough; "
        "`vistas check` says what works and what does not."
    )
    st.code(str(file), language=None)
    for says, text in found_here():
        st.markdown(f":material/lightbulb: {plain(says)} To connect it:")
        st.code(text, language="toml")
    for title, says, text in SNIPPETS:
        with st.expander(title, type="compact", icon=":material/add_link:"):
            st.markdown(says)
            st.code(text, language="toml")


def show() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title("Where the view comes from.", anchor=False, width="content")
        st.button("Check again", on_click=look_again, type="tertiary", icon=":material/refresh:", key="look-again")
    if process.workspace().on_recordings:
        empty.draw(
            empty.Picture.SOURCES,
            "This is where you see which of your tools answer, and what to do about one that does not.",
            "None of yours is connected yet, so the app shows a recording of a small shop's morning. It behaves "
            "like live tools, except that it never changes.",
        )
    connected()
    st.space("small")
    connect_your_own()


show()
