"""Sources: what is connected and how it feels; and connecting one's own tools."""

from __future__ import annotations

import streamlit as st

from dashboards.shared import process
from dashboards.sources import connected, connecting, keeping
from dashboards.sources.snippets import SNIPPETS
from dashboards.state import session
from dashboards.ui import empty
from dashboards.ui.plain import error_text, plain
from vistas.errors import VistasError


def connect_elsewhere() -> None:
    """Where the app can be reached from other machines, connecting is for whoever is at this one."""
    st.header("Connect a tool", anchor=False)
    st.markdown(
        f"On the machine that this runs on: `vistas connect`, or add it to {plain(str(keeping.keeper().file))} "
        "and start the app again. On the page that is for whoever is at that machine."
    )


def by_hand() -> None:
    """What the page does not ask for: pods' logs, a selector, headers, a certificate."""
    st.header("By hand", anchor=False)
    st.markdown(
        f":gray[{plain(str(keeping.keeper().file))} has it all; what the page did not ask for is written there.]"
    )
    for title, says, text in SNIPPETS:
        with st.expander(title, type="compact", icon=":material/add_link:"):
            st.markdown(says)
            st.code(text, language="toml")
    if st.button("Use what is written there now", icon=":material/sync:", type="tertiary", key="reconnect"):
        try:
            process.reconnect()
        except VistasError as problem:
            st.warning(plain(error_text(problem)))
        else:
            st.rerun()


def show() -> None:
    st.title("Where the view comes from.", anchor=False)
    if process.workspace().on_recordings and session().connecting is None:
        empty.draw(
            empty.Picture.SOURCES,
            "This is where you see which of your tools answer, and what to do about one that does not.",
            "None of yours is connected yet, so the app shows a recording of a small shop's morning. It behaves "
            "like live tools, except that it never changes.",
        )
    if keeping.may_connect():
        connecting.draw()
    else:
        connect_elsewhere()
    st.space("small")
    connected.draw()
    st.space("small")
    by_hand()


show()
