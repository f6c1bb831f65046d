"""Who is looking: a name they give once, which signs what they write and is remembered by their browser.

Nobody has to give a name: all pages can be read without one, and it is asked for with the first thing written.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from dashboards.components import remember, remembered
from dashboards.shared import process
from dashboards.state import ABOUT_STOP, forget_widget, session, widget
from dashboards.ui.plain import plain
from vistas.errors import PracticeError, VistasError
from vistas.settings import NOBODY_KNOWN

NAME, NEW_HERE, YES, NO = "name", "new-here", "yes", "no"
"""What a browser remembers, and what of being new here."""
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""What a proxy adds: then the request is from this machine, and its sender is not."""


def introduce(page: str) -> None:
    """Take what this browser remembers, once a session; from then on it remembers what is said here."""
    me = session()
    if not me.introduced:
        me.introduced = True
        me.name = me.name or remembered(NAME)
        kept = remembered(NEW_HERE)
        me.new_here = kept == YES if kept else me.new_here
    said = {None: "", True: YES, False: NO}[me.new_here]
    remember({NAME: me.name, NEW_HERE: said}, page=page, key="remember")


def name() -> str:
    """Who is looking; empty for nobody."""
    return session().name


def is_known() -> bool:
    """Whether anybody has said who this is."""
    return bool(name())


def signature() -> str:
    """The name to sign with. PracticeError where nobody has said one: what was typed stays where it is."""
    if not is_known():
        session().unsigned = _nothing
        raise PracticeError("Say who you are first, then try again. Your text is still here.")
    return name()


def signing(act: Callable[[], object]) -> None:
    """Do something under one's name: at once, or as soon as it was said."""
    if is_known():
        act()
    else:
        session().unsigned = act


def ask_who() -> bool:
    """While something waits for a name, ask for it; tells whether it does."""
    asks = waits()
    if asks and is_known():
        _sign(name())
    elif asks:
        _who()
    return asks


def waits() -> bool:
    """Whether anything waits for a name."""
    return session().unsigned is not None


def _not_now() -> None:
    session().unsigned = None


def _nothing() -> None:
    """What is done by trying again."""


@st.dialog("Who are you?", on_dismiss=_not_now)
def _who() -> None:
    st.markdown("Your name appears with what you write. No account is needed.")
    with st.form("who-asks", border=False):
        said = st.text_input(
            "Your name", value=suggestion(), key="who-says", max_chars=80, placeholder="as teammates know you"
        ).strip()
        told = st.form_submit_button("Continue", key="who-signs")
    if told and said:
        _sign(said)


def _sign(said: str) -> None:
    me = session()
    me.name, act, me.unsigned = said, me.unsigned or _nothing, None
    try:
        act()
    except VistasError as problem:
        st.warning(plain(str(problem)))
    else:
        st.rerun()


def suggestion() -> str:
    """The name that the settings know, for who sits at this machine and nobody else."""
    person = process.workspace().settings.person
    return person if person != NOBODY_KNOWN and is_local() else ""


def is_local() -> bool:
    """Whether the app listens to this machine alone, and was asked from it by itself."""
    headers = st.context.headers
    forwarded = any(headers.get(name) for name in FORWARDED)
    asked = urlsplit(f"//{headers.get('Host') or ''}").hostname or ""
    return _is_loopback(str(st.get_option("server.address") or "")) and _is_loopback(asked) and not forwarded


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
            help="It appears with what you write. No account is needed.",
        )
        st.toggle(
            "I am new here",
            value=is_new(),
            key=f"new-here-{is_new()}",
            on_change=_take_new,
            args=(f"new-here-{is_new()}",),
            help="Each stop then opens with its explanation in plain words.",
        )


def _take_new(key: str) -> None:
    session().new_here = bool(widget(key))
    forget_widget(ABOUT_STOP)


def _take_name(key: str) -> None:
    session().name = str(widget(key)).strip()


def ask_name(key: str) -> str:
    """A field to say who one is, for whom nobody knows yet; gives the name once it was said."""
    name = st.text_input(
        "Your name", key=key, max_chars=80, placeholder="as teammates know you", width=420
    ).strip()
    if name:
        session().name = name
    return name
