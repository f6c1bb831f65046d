"""Connecting a tool on the page: what is pasted is tried at once, told in a sentence, and kept by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from html import escape
from typing import Any, Final

import streamlit as st

from dashboards.shared import process
from dashboards.sources import keeping
from dashboards.state import Connecting, forget_widget, now, session, widget
from dashboards.ui import words
from dashboards.ui.plain import error_text, plain
from vistas.connecting import (
    NOBODY,
    Credentials,
    Pasted,
    Tried,
    connected_as,
    how_it_feels,
    preview,
    recognise,
    try_out,
    why_not,
)
from vistas.connecting.preview import StopPreview
from vistas.errors import VistasError
from vistas.extensions import discovery
from vistas.extensions.discovery import Machine, Missing, Offer, Standing
from vistas.routine import Routine
from vistas.routine.file import BUILT_IN
from vistas.source import Deadline

NAME, TOKEN, USER, PASSWORD = "connect-name", "connect-token", "connect-user", "connect-password"
PATIENCE: Final = timedelta(seconds=8)
PREVIEW: Final = timedelta(seconds=5)
WIDTH: Final = 760
OFFERED: Final = 6
"""How much of what was found here is shown."""
WAYS: Final = ("Token", "User and password")


def draw() -> None:
    st.header("Connect a tool", anchor=False)
    st.markdown(
        ":gray[Paste an address, a path or the name of a context. It is only read from, never written to.]"
    )
    st.text_input(
        "What to connect",
        key=_pasted(),
        width=WIDTH,
        max_chars=4096,
        placeholder="http://prometheus.example:9090, /var/log/nginx/access.log, …",
        label_visibility="collapsed",
        on_change=_begin,
    )
    _found_here()
    connecting = session().connecting
    if connecting is None:
        return
    if connecting.tried is None:
        with st.spinner("Trying it …"):
            connecting.tried = try_out(
                connecting.pasted.offers,
                process.workspace().redactor,
                Deadline(PATIENCE),
                credentials=connecting.credentials,
            )
    with st.container(key="connect-found", gap="small", width=WIDTH):
        _told(connecting, connecting.tried)


def _begin() -> None:
    pasted = recognise(str(widget(_pasted()) or ""), Machine.this())
    _start(Connecting(pasted, pasted.credentials) if pasted.text else None)


def _pasted() -> str:
    """Of the field: another one, which is empty, once what was in it is done with."""
    return f"connect-pasted-{session().connected}"


def _start(connecting: Connecting | None) -> None:
    for key in (NAME, TOKEN, USER, PASSWORD):
        forget_widget(key)
    session().connecting = connecting


def _take(offer: Offer) -> None:
    session().connected += 1
    _start(Connecting(Pasted(offer.label, (offer,)), NOBODY))


@st.cache_data(ttl=60, show_spinner=False)
def _here() -> tuple[Offer, ...]:
    return discovery.found_here(Machine.this())


def _found_here() -> None:
    """What could be connected without typing, less what is connected."""
    settings = process.workspace().settings
    offers = [offer for offer in _here() if connected_as(offer.table, settings) is None][:OFFERED]
    if not offers:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="connect-here"):
        st.markdown(":small[:gray[or take what was found here:]]", width="content")
        for number, offer in enumerate(offers):
            st.button(
                plain(offer.label or offer.name),
                help=plain(offer.text),
                key=f"connect-here-{number}",
                on_click=_take,
                args=(offer,),
            )


def _told(connecting: Connecting, tried: Sequence[Tried]) -> None:
    answering = [each for each in tried if each.told.answers]
    if answering:
        _answers(connecting, answering)
        return
    message, hint = why_not(connecting.pasted, tried)
    st.markdown("### It cannot be connected as it is.", anchors=False)
    st.text(message)
    if hint:
        st.text(hint)
    if not tried:
        return
    best = tried[0]
    asks = best.offer.sign_in is not None and best.told.standing in {Standing.SIGN_IN, Standing.REFUSED}
    if asks:
        _who_asks(connecting)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("Try again", on_click=_again, args=(connecting,), key="connect-again")
        if not asks:
            st.button(
                "Keep it all the same",
                type="tertiary",
                help="It is asked again on each walk, and by itself here.",
                on_click=_keep_as_it_is,
                args=(connecting, best),
                key="connect-keep-anyway",
            )
        st.button("Never mind", type="tertiary", on_click=_never_mind, key="connect-never-mind")
    _refused(connecting)


def _answers(connecting: Connecting, answering: Sequence[Tried]) -> None:
    chosen = answering[0]
    if len(answering) > 1:
        number = st.segmented_control(
            "Which of these",
            range(len(answering)),
            default=0,
            format_func=lambda each: plain(answering[each].offer.label or answering[each].offer.name),
            key="connect-which",
        )
        chosen = answering[number or 0]
    told = chosen.told
    what = plain(told.tool or chosen.offer.label)
    st.markdown(f"### {what}, and it {plain(how_it_feels(told))}.", anchors=False)
    if told.contents:
        st.markdown(plain(f"{told.contents[:1].upper()}{told.contents[1:]}."))
    for part in told.parts:
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            st.markdown(f"**{plain(part.name)}**", width=180)
            st.markdown(f":gray[{plain(part.gives)}]", width="stretch")
    if known := connected_as(chosen.offer.table, process.workspace().settings):
        st.markdown(f"It is connected already, as **{plain(known)}**.")
        st.button("Never mind", type="tertiary", on_click=_never_mind, key="connect-never-mind")
        return
    _would_show(connecting, chosen)
    for number, missing in enumerate(told.missing):
        _ask(connecting, missing, number)
    _name_and_keep(connecting, chosen)


def _would_show(connecting: Connecting, chosen: Tried) -> None:
    """The first routine's stops, as the rail would have them."""
    routine = process.routines().find(BUILT_IN)
    if chosen.offer.name not in connecting.shows:
        with st.spinner("Looking what it would show …"):
            connecting.shows[chosen.offer.name] = _previewed(connecting, chosen, routine)
    stops = connecting.shows[chosen.offer.name]
    showing = sum(stop.shows for stop in stops)
    if not showing:
        return
    of = f"{words.spelled(showing).capitalize()} of the {words.spelled(len(stops)).lower()} stops"
    st.markdown(f"{of} of *{plain(routine.title)}* would have something to show with it alone.")
    drawn = "".join(f'<li data-shows="{str(stop.shows).lower()}">{escape(stop.title)}</li>' for stop in stops)
    st.html(f'<ol class="mv-would">{drawn}</ol>')


def _previewed(connecting: Connecting, chosen: Tried, routine: Routine) -> tuple[StopPreview, ...]:
    redactor = process.workspace().redactor
    try:
        return preview(
            chosen.offer, routine, redactor, Deadline(PREVIEW), now=now(), credentials=connecting.credentials
        )
    except VistasError:
        return ()


def _ask(connecting: Connecting, missing: Missing, number: int) -> None:
    key = f"connect-missing-{number}"
    if missing.choices:
        said = st.selectbox(missing.question, missing.choices, key=key, accept_new_options=True, index=None)
    else:
        said = st.text_input(missing.question, key=key)
    connecting.choices[missing.key] = str(said or "").strip()


def _name_and_keep(connecting: Connecting, chosen: Tried) -> None:
    keeper = keeping.keeper()
    with st.form("connect-keep", border=False):
        name = st.text_input(
            "Name", keeper.free_name(chosen.offer.name), key=NAME, max_chars=60, width=280
        ).strip()
        if connecting.credentials:
            st.markdown(
                ":small[:gray[What you typed to sign in goes into a file of its own that only you can read. "
                "It is not in the settings, and not shown again.]]"
            )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            keeps = st.form_submit_button("Keep it", type="primary", key="connect-keep-it")
            st.markdown(
                f":small[:gray[written to {plain(keeper.file.name)} and used at once; your comments there stay]]",
                width="content",
            )
    if keeps:
        _keep(connecting, chosen, name)
    _refused(connecting)


def _keep(connecting: Connecting, chosen: Tried, name: str) -> None:
    lacking = [each.question for each in chosen.told.missing if not connecting.choices.get(each.key)]
    if lacking:
        connecting.refused = f"Say this first: {lacking[0]}"
        return
    table = _with_choices(chosen.offer.table, connecting.choices)
    try:
        keeping.apply(
            lambda keeper: keeper.add(
                name, table, credentials=connecting.credentials, sign_in=chosen.offer.sign_in
            )
        )
    except VistasError as problem:
        connecting.refused = error_text(problem)
        return
    _never_mind()
    st.rerun()


def _keep_as_it_is(connecting: Connecting, tried: Tried) -> None:
    try:
        keeping.apply(
            lambda keeper: keeper.add(
                keeper.free_name(tried.offer.name),
                tried.offer.table,
                credentials=connecting.credentials,
                sign_in=tried.offer.sign_in,
            )
        )
    except VistasError as problem:
        connecting.refused = error_text(problem)
        return
    _never_mind()


def _with_choices(table: Mapping[str, Any], choices: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        key: dict(value) if isinstance(value, Mapping) else value for key, value in table.items()
    }
    for path, said in choices.items():
        inner = made
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = said
    return made


def _refused(connecting: Connecting) -> None:
    if connecting.refused:
        st.warning(plain(connecting.refused))
        connecting.refused = ""


def _who_asks(connecting: Connecting) -> None:
    way = st.segmented_control("Sign in with", WAYS, default=WAYS[0], key="connect-way")
    with st.form("connect-sign-in", border=False):
        if way == WAYS[1]:
            with st.container(horizontal=True, gap="small"):
                user = st.text_input("User", key=USER, width=280)
                password = st.text_input("Password", type="password", key=PASSWORD, width=280)
            token = ""
        else:
            user, password = "", ""
            token = st.text_input("Token", type="password", key=TOKEN, width=480).strip()
        st.markdown(
            ":small[:gray[It goes into a file of its own that only you can read. It is not in the settings, "
            "and not shown again.]]"
        )
        if st.form_submit_button("Try with it", type="primary", key="connect-sign-in-so"):
            try:
                connecting.credentials = Credentials(user.strip(), password, token)
            except VistasError as problem:
                connecting.refused = error_text(problem)
            else:
                connecting.tried = None
                st.rerun()


def _again(connecting: Connecting) -> None:
    connecting.tried = None


def _never_mind() -> None:
    session().connected += 1
    _start(None)
