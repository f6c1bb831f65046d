"""Wheels of earlier sessions, to be looked at again, and spun outside a session, too."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards import live, viewer
from dashboards.knowledge import Shelf, card, go
from dashboards.practice.wheel import view
from dashboards.shared import process
from dashboards.state import JOURNAL, now, zone
from dashboards.ui import empty, words
from dashboards.ui.plain import plain
from vistas.sharing.tables import cut
from vistas.store import Head


def draw() -> None:
    _shelf().draw(_one, _all)


def _shelf() -> Shelf:
    return Shelf(process.notebooks().wheels, "wheel", "wheels")


def _one(head: Head) -> None:
    live.watch({live.PAGE: lambda: (head.id,)})
    st.header(plain(head.title), anchor=False)
    view.draw(head.id, back={JOURNAL: str(head.id)})


def _all() -> None:
    _shelf().library(
        "a part, a question, a word of an answer",
        _card,
        none_yet=partial(
            empty.draw,
            empty.Picture.WHEELS,
            "The wheel picks a part of your system, and whoever likes shows how they would find out about it.",
            "No wheel yet: start one, and it is filled from your landscape.",
        ),
        beside=_new,
    )


def _new() -> None:
    if st.button("New wheel", icon=":material/add:", type="tertiary", key="new-wheel"):
        title = f"Wheel of {now().astimezone(zone()):%A, %d %B}"
        viewer.signing(lambda: go(view.begin(title)))


def _card(head: Head) -> None:
    turns = process.notebooks().wheels.read(head.id).turns
    answers = sum(len(turn.answers) for turn in turns)
    told = f"{words.count(len(turns), 'spin')}, {words.count(answers, 'answer')}"
    with card(head, f"{told} · {words.when(head.changed_at, now(), zone())}"):
        st.text(cut(", ".join(turn.what.part.name for turn in reversed(turns)), 120) or "Not spun yet")
