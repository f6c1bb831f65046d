"""The map of expertise: for each part of the system who can show it, where to look, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboards import expertise_editing, landscape_now, live, process, who_knows, words
from dashboards.knowledge.shelf import sought
from vistas.practice.expertise import Expertise, KnownPart, Tells, untold
from vistas.practice.expertise_entries import THE_MAP
from vistas.practice.expertise_export import markdown, spreadsheet
from vistas.practice.landscape import Part, Sort
from vistas.practice.wheel import PlaceInVista

MOST = 40
"""Parts that are shown at once; a search finds the others."""
SORTS = [sort for sort in Sort if sort is not Sort.PERSON]


def draw() -> None:
    live.watch("expertise", (THE_MAP,))
    expertise = process.notebooks().expertise.read(THE_MAP)
    st.markdown(
        "For each part of the system: who can show it, where to look, and whom to ask. It grows by answers to the "
        "wheel, and by what anybody writes here; anybody may say it better."
    )
    known = _found(expertise)
    if not expertise.lines:
        st.markdown(
            "**Nothing is on the map yet.** :gray[Spin the wheel in a session and show how you would find out, "
            "or write down here what you know.]"
        )
    elif not known:
        st.markdown("**Nothing matches.** :gray[Try fewer words, or another sort.]")
    for each in known[:MOST]:
        _part(each)
    if len(known) > MOST:
        st.markdown(f":gray[And {len(known) - MOST} more: search for them.]")
    _untold(expertise)


def _found(expertise: Expertise) -> tuple[KnownPart, ...]:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="expertise-search"):
        known = expertise.find(sought("a part, a person, a word", key="expertise-words"))
        sorts = [sort for sort in SORTS if any(each.part.sort is sort for each in expertise.parts)]
        sort = None
        if len(sorts) > 1:
            sort = st.pills(
                "Sort",
                sorts,
                format_func=lambda sort: sort.value,
                label_visibility="collapsed",
                key="expertise-sort",
            )
        known = tuple(each for each in known if sort in (None, each.part.sort))
        _export(known)
    return known


def _export(known: Sequence[KnownPart]) -> None:
    if not known:
        return
    with st.popover("Take it along", icon=":material/download:", type="tertiary", key="expertise-export"):
        st.download_button(
            "As Markdown",
            markdown(known, _link),
            "map-of-expertise.md",
            "text/markdown",
            on_click="ignore",
            key="expertise-markdown",
        )
        st.download_button(
            "As CSV",
            spreadsheet(known, _link),
            "map-of-expertise.csv",
            "text/csv",
            on_click="ignore",
            key="expertise-csv",
        )


def _link(place: PlaceInVista) -> str:
    """Where this app shows the stop, as the browser that asks reaches it."""
    page = str(st.context.url or "").split("?")[0]
    query = urlencode({"vista": str(place.vista), "stop": place.stop})
    return f"{page.rpartition('/')[0]}/replay?{query}"


def _part(known: KnownPart) -> None:
    key = known.lines[0].id
    with st.container(key=f"known-part-{key}", gap="small"):
        grid = st.grid(4, min_column_width=170, gap=("small", 28))
        with grid.cell(), st.container(gap="xsmall"):
            with st.container(key=f"known-name-{key}"):
                st.text(known.part.name)
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                st.markdown(f":small[:gray[{known.part.sort.value}]]", width="content")
                expertise_editing.draw(known)
        for tells in Tells:
            with grid.cell(), st.container(gap="xsmall"):
                st.markdown(f":small[:gray[{tells.value.capitalize()}]]")
                told = known.telling(tells)
                for line in told:
                    with st.container(gap=None):
                        who_knows.one(line)
                if not told:
                    st.markdown(":gray[–]")


def _untold(expertise: Expertise) -> None:
    """What the landscape shows and the map does not tell; and a way to tell it."""
    there = untold(expertise, landscape_now.parts())
    st.space("small")
    with st.container(key="untold", gap="small"):
        st.subheader("Not on the map yet", anchor=False)
        if there:
            st.text(f"{words.count(len(there), 'part')} of the landscape: {_some(there)}")
        expertise_editing.tell_of_another(there)


def _some(parts: Sequence[Part]) -> str:
    first = ", ".join(part.name for part in parts[:12])
    return f"{first}, …" if len(parts) > 12 else f"{first}."  # noqa: PLR2004 - a few lines of them
