"""What an earlier version looked at and the newest does not; each can be brought back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards import viewer
from dashboards.routines.telling import day_in_sentence
from dashboards.shared import process
from dashboards.state import NOW, THEN, place, session
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import RoutineError
from vistas.practice.routines import Branch, Stopped, brought_back, stopped_looking_at
from vistas.store import Place

SHOWN = 8


def draw(branch: Branch) -> None:
    found = stopped_looking_at(branch.versions)
    if not found:
        return
    with st.container(key="stopped", gap=None):
        st.header("What we stopped looking at", anchor=False)
        st.markdown(":gray[Looks that an earlier version had. Worth a glance when something surprises you.]")
        for number, each in enumerate(found[:SHOWN]):
            _row(branch, each, number)
    if len(found) > SHOWN:
        with st.expander(f"{len(found) - SHOWN} more", type="compact"):
            for number, each in enumerate(found[SHOWN:], start=SHOWN):
                _row(branch, each, number)


def _row(branch: Branch, each: Stopped, number: int) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="medium",
        key=f"stopped-{number}",
    ):
        seen = process.workspace().store.seen_last(Place(branch.slug, each.stop.stop, each.look.look))
        last = f"last seen {day_in_sentence(seen)}" if seen else "never seen here"
        told = f"until version {each.until.number}; {last}"
        st.markdown(f"**{plain(each.look.title)}**, at {plain(each.stop.title)} :gray[· {told}]", width="stretch")
        st.button(
            "Bring back",
            type="tertiary",
            key=f"bring-back-{number}",
            on_click=lambda: viewer.signing(partial(_bring_back, branch.slug, each)),
        )


def _bring_back(slug: str, each: Stopped) -> None:
    me, routines = session(), process.routines()
    try:
        newest = routines.find(slug)
        because = f"Look at {each.look.title} again."
        saved = routines.save(
            brought_back(newest, each), because=because, changed_from=newest, is_sure=True, **signed()
        )
    except RoutineError as problem:
        me.routine_refused = error_text(problem)
        return
    me.routine_refused, me.routine_saved = "", (slug, saved.version)
    place(**{THEN: "", NOW: ""})
