"""The stops of an import, a line each; the one that is open shows its words and its looks."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import writing
from dashboards.importing import trying
from dashboards.shared import process
from dashboards.state import STOP, parameter, place, widget
from dashboards.ui import words
from dashboards.ui.plain import plain, prose
from vistas.importing import can_join
from vistas.practice.imports import (
    Import,
    ImportEntry,
    StopChosen,
    StopCut,
    StopJoined,
    StopMoved,
    StopReworded,
)
from vistas.routine import Look, Stop

LONGEST_TITLE = 24


def write(journal: UUID, *entries: ImportEntry) -> None:
    writing.write(process.notebooks().imports, journal, *entries)


def walk(journal: UUID, brought: Import) -> None:
    """The stops that are walked, in their order."""
    with st.container(key="import-walk-stops", gap=None):
        for number, stop in enumerate(brought.walk):
            _row(journal, brought, stop, number)
    if not brought.walk:
        st.markdown(":gray[Nothing is walked yet: choose below what is worth a look in the morning.]")


def later(journal: UUID, brought: Import) -> None:
    if not brought.later:
        return
    looks = sum(len(stop.looks) for stop in brought.later)
    label = f"Left for later: {words.count(len(brought.later), 'stop')}, {words.count(looks, 'look')}"
    with (
        st.expander(label, type="compact", icon=":material/bedtime:", key="import-later"),
        st.container(key="import-later-stops", gap=None),
    ):
        for stop in brought.later:
            _row(journal, brought, stop, None)


def _row(journal: UUID, brought: Import, stop: Stop, number: int | None) -> None:
    """`number` counts from 0; None where it is left for later."""
    is_open = parameter(STOP) == stop.stop
    is_walked = number is not None
    called = plain(f"{number + 1} {stop.title}" if number is not None else stop.title)
    tone = "open" if is_open else "shut"
    with st.container(key=f"import-stop-{tone}-{stop.stop}", gap="xsmall"):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key=f"import-line-{stop.stop}"
        ):
            key = f"import-walks-{stop.stop}-{is_walked}"
            st.checkbox(
                f"Walk “{plain(stop.title)}”",
                is_walked,
                key=key,
                label_visibility="collapsed",
                on_change=lambda: write(journal, StopChosen(stop=stop.stop, chosen=bool(widget(key)))),
            )
            st.button(
                f"**{called}**",
                type="tertiary",
                icon=":material/expand_more:" if is_open else ":material/chevron_right:",
                key=f"import-opens-{stop.stop}",
                on_click=partial(place, stop="" if is_open else stop.stop),
            )
            looks = words.count(len(stop.looks), "look")
            st.markdown(f":gray[{looks} · {plain(_looks_in_words(stop))}]", width="stretch")
        if is_open:
            with st.container(key="import-open", gap="small"):
                _opened(journal, brought, stop, number)


def _looks_in_words(stop: Stop) -> str:
    told = ", ".join(look.title for look in stop.looks[:3])
    return f"{told}, …" if len(stop.looks) > 3 else told  # noqa: PLR2004 - as many as one reads


def _opened(journal: UUID, brought: Import, stop: Stop, number: int | None) -> None:
    _words(journal, stop)
    if number is not None:
        _order(journal, brought, stop, number)
    for place_, look in enumerate(stop.looks):
        _look(journal, brought, stop, look, place_)


def _words(journal: UUID, stop: Stop) -> None:
    title, question = f"import-title-{stop.stop}-{stop.title}", f"import-question-{stop.stop}-{stop.question}"

    def reword() -> None:
        said = StopReworded(stop=stop.stop, title=str(widget(title)), question=str(widget(question)))
        write(journal, said)

    with st.container(horizontal=True, gap="small"):
        st.text_input("On the rail", stop.title, max_chars=LONGEST_TITLE, key=title, on_change=reword, width=220)
        st.text_input("Its question", stop.question, max_chars=200, key=question, on_change=reword)
    st.markdown(f":gray[{prose(stop.why)}]")


def _order(journal: UUID, brought: Import, stop: Stop, number: int) -> None:
    following = brought.walk[number + 1] if number + 1 < len(brought.walk) else None
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="import-order"):
        st.button(
            "Move up",
            type="tertiary",
            icon=":material/arrow_upward:",
            shortcut="Alt+Up",
            disabled=number == 0,
            key="import-up",
            on_click=write,
            args=(journal, StopMoved(stop=stop.stop, to=max(number - 1, 0))),
        )
        st.button(
            "Move down",
            type="tertiary",
            icon=":material/arrow_downward:",
            shortcut="Alt+Down",
            disabled=following is None,
            key="import-down",
            on_click=write,
            args=(journal, StopMoved(stop=stop.stop, to=number + 1)),
        )
        if following and can_join(stop, following):
            st.button(
                f"Join with “{plain(following.title)}”",
                type="tertiary",
                icon=":material/merge:",
                key="import-join",
                on_click=write,
                args=(journal, StopJoined(stop=stop.stop)),
            )


def _look(journal: UUID, brought: Import, stop: Stop, look: Look, number: int) -> None:
    key = f"{stop.stop}/{look.look}"
    with st.container(key=f"import-look-{key}", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{plain(look.title)}** :gray[· {plain(_how(look))}]", width="content")
            trying.button(journal, brought, stop, look)
            if number:
                st.button(
                    "New stop from here",
                    type="tertiary",
                    icon=":material/content_cut:",
                    key=f"import-cut-{key}",
                    on_click=write,
                    args=(journal, StopCut(stop=stop.stop, at=number)),
                )
        if look.text:
            st.markdown(f":gray[{prose(look.text)}]")
        trying.result(journal, stop, look)


def _how(look: Look) -> str:
    """How it is drawn, and what of."""
    drawn = look.draw.value if look.draw else "over time" if look.take == "range" else look.take
    asked = words.count(len(look.asked), "query", "queries") if len(look.asked) > 1 else ""
    unit = "" if look.unit.value == "number" else look.unit.value
    return ", ".join(each for each in (drawn, asked, unit) if each)
