"""Others' changes, within a second: the page is told of them, and draws anew those of its parts that they change.

A small component listens to what the server pushes, and tells when there is news; where it hears nothing, it asks
each second. What one is typing stays, since the widgets and components it is typed into keep their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

import streamlit as st

from dashboards import viewer
from dashboards.components.listener import listener
from dashboards.shared import process
from dashboards.state import Watching, session
from dashboards.ui import doubts
from vistas.errors import VistasError

PAGE: Final = "page"
"""The part that is everything; the others are named as they are where `part` draws them."""
LISTENER: Final = "listener"

Names = Callable[[], Iterable[object]]
"""What a part waits for, as of now: names of `dashboards.shared.news`, or ids of journals and vistas."""


def watch(parts: Mapping[str, Names], alive: Callable[[], None] = lambda: None) -> None:
    """Have each part drawn again when anything that it waits for changes.

    Called once a page, at its top level, before what is watched is read: what changes later is news. `alive` is
    called whenever the browser is heard of, which is twice a minute at least.
    """
    watching = session().watching = Watching(parts)
    _note(watching, parts)

    @st.fragment(key=LISTENER)
    def listen() -> None:
        listener(_told(watching), watching.answered, on_news=partial(_hear, watching, alive), key=LISTENER)

    listen()


def part(name: str, draw: Callable[[], None]) -> None:
    """A part of the page that is drawn by itself when its news or its own widgets ask for it.

    What keeps the store from answering is raised here as everywhere, and later has the whole page drawn again.
    """
    watching = session().watching
    watching.drawn.add(name)
    troubles: list[VistasError] = []
    with_page = True

    @st.fragment(key=name)
    def again() -> None:
        try:
            if not with_page:
                _note(watching, [name])
            draw()
        except VistasError as problem:
            if not with_page:
                st.rerun()
            troubles.append(problem)
        if not with_page and (doubts.waits() or viewer.waits()):
            st.rerun()  # It is the page that asks.

    again()
    with_page = False
    if troubles:
        raise troubles[0]


def expected(name: object) -> None:
    """The page itself has just written there, once: no news to it."""
    for seen in session().watching.seen.values():
        if str(name) in seen:
            seen[str(name)] += 1


def _note(watching: Watching, parts: Iterable[str]) -> None:
    """How everything stands that these parts wait for."""
    wanted = {part: {str(name) for name in watching.parts[part]()} for part in parts}
    stands = process.news().now({name for names in wanted.values() for name in names})
    for part_, names in wanted.items():
        watching.seen[part_] = {name: stands.get(name, 0) for name in names}


def _told(watching: Watching) -> dict[str, int]:
    """Of what several parts wait for, as the one that is furthest behind has it."""
    told: dict[str, int] = {}
    for seen in watching.seen.values():
        for name, number in seen.items():
            told[name] = min(number, told.get(name, number))
    return told


def _hear(watching: Watching, alive: Callable[[], None]) -> None:
    """The parts with news, noted before they are read; the page where it is one of them."""
    alive()
    watching.answered += 1
    before = dict(watching.seen)
    _note(watching, watching.parts)
    moved = [name for name in watching.parts if _is_news(before[name], watching.seen[name])]
    if PAGE in moved or not watching.drawn.issuperset(moved):
        st.rerun()
    if moved:
        st.rerun([LISTENER, *moved])


def _is_news(before: Mapping[str, int], seen: Mapping[str, int]) -> bool:
    """What is waited for only now is none: it came with something that is."""
    return any(before.get(name, number) != number for name, number in seen.items())
