"""Who is looking. A name is enough; it stands under what they write and is remembered by their browser."""

from __future__ import annotations

import streamlit as st

from dashboards import process
from dashboards.components import remember
from dashboards.plain import plain
from dashboards.state import session
from vistas.settings import NOBODY_KNOWN


def introduce() -> None:
    """Take the name this browser remembers, once a session; until somebody says otherwise, the settings' name."""
    me = session()
    remembered = remember(me.name, key="remember")
    if not me.name and remembered:
        me.name = remembered
    said = {None: "", True: "yes", False: "no"}[me.new_here]
    kept = remember(said, key="remember-new", what="new-here")
    if me.new_here is None and kept:
        me.new_here = kept == "yes"


def name() -> str:
    """The name to sign with; never empty."""
    return session().name or process.workspace().settings.person


def is_known() -> bool:
    """Whether anybody has said who this is."""
    return name() != NOBODY_KNOWN


def is_new() -> bool:
    """Whether plain words are shown unasked: to all but those who said that they know their way."""
    return session().new_here is not False


def change_name() -> None:
    """A small door to say who one is."""
    key = f"who-name-{name()}"
    label = plain(name()) if is_known() else "Who are you?"
    with st.popover(label, icon=":material/person:", type="tertiary", key="who"):
        st.text_input(
            "Your name",
            value=name() if is_known() else "",
            key=key,
            max_chars=80,
            on_change=_take_name,
            args=(key,),
            placeholder="as teammates know you",
            help="It stands under what you notice. There is no account behind it.",
        )
        st.toggle(
            "I am new here",
            value=is_new(),
            key=f"new-here-{is_new()}",
            on_change=_take_new,
            args=(f"new-here-{is_new()}",),
            help="Every stop is then explained in plain words without being asked.",
        )


def _take_new(key: str) -> None:
    session().new_here = bool(st.session_state[key])
    st.session_state.pop("about-stop", None)


def _take_name(key: str) -> None:
    session().name = str(st.session_state[key]).strip()


def ask_name(key: str) -> str:
    """A field to say who one is, for whom nobody knows yet; gives the name once it was said."""
    name = st.text_input(
        "Your name", key=key, max_chars=80, placeholder="as teammates know you", width=420
    ).strip()
    if name:
        session().name = name
    return name
