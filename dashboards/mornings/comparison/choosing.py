"""Which two vistas are compared: two lists to choose from, and a way on where there are not two yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import streamlit as st

from dashboards.shared import process
from dashboards.state import NOW, THEN, id_in_url, now, place, widget, zone
from dashboards.ui import empty, links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.store import Search, VistaSummary
from vistas.vista import Vista

MORNINGS: Final = 60


def mornings(but: UUID | None = None) -> Mapping[str, str]:
    """The newest vistas that were saved, by id: what they are called in a list."""
    found = process.workspace().store.library(Search(limit=MORNINGS)).vistas
    return words.distinguished(
        (str(each.id), f"{each.name} · {each.author}, {words.when(each.begun_at, now(), zone())}")
        for each in found
        if each.id != but
    )


def nothing_yet(trouble: str) -> None:
    """Nothing to compare yet; `trouble` says what is wrong with the address, if anything is."""
    st.title("Compare two mornings.", anchor=False)
    if trouble:
        st.markdown(f"**{trouble}**")
    if len(mornings()) < 2:  # noqa: PLR2004
        empty.draw(
            empty.Picture.COMPARE,
            "Beside an earlier morning one sees what is new, what is gone, and what has always been like that.",
            "Two saved mornings are needed. Walk one and save it, or import a .vista file from a teammate.",
        )
        links.draw(Place.MORNING, "Start a walk", ":material/wb_twilight:")
        links.draw(Place.LIBRARY, "Browse the library", ":material/arrow_forward:")
        return
    st.markdown("What is new, what is gone, and what is different: choose an earlier morning and a later one.")
    with st.container(key="compare-choose", width=640):
        both()
    _suggest()


def _suggest() -> None:
    """The newest two of one routine."""
    if id_in_url(THEN) or id_in_url(NOW):
        return
    newest: dict[str, VistaSummary] = {}
    for each in process.workspace().store.library(Search(limit=MORNINGS)).vistas:
        if after := newest.get(each.routine):
            label = f"Or the last two of {plain(each.routine_title)}: {plain(each.name)} and {plain(after.name)}"
            links.draw(Place.COMPARE, label, ":material/compare:", {THEN: each.id, NOW: after.id})
            return
        newest[each.routine] = each


def both(*known: Vista) -> None:
    """Two lists. What is chosen goes into the address at once; `known` are offered whether saved or not."""
    told = {**mornings(), **{str(each.id): each.name for each in known if each.saved_at is None}}
    for parameter, label in ((THEN, "Then"), (NOW, "Now")):
        chosen = id_in_url(parameter)
        ids = list(told)
        key = f"compare-{parameter}-{chosen}"
        st.selectbox(
            label,
            ids,
            index=ids.index(str(chosen)) if str(chosen) in told else None,
            format_func=told.__getitem__,
            placeholder="choose a morning",
            key=key,
            on_change=_choose,
            args=(parameter, key),
        )


def _choose(parameter: str, key: str) -> None:
    place(**{parameter: str(widget(key) or "")})
