"""The map of expertise: for each part of the system who can show it, where to look, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import live, samples
from dashboards.expertise import editing, landscape, who_knows
from dashboards.knowledge import sought
from dashboards.shared import process
from dashboards.ui import empty, links, words
from dashboards.ui.places import Place
from vistas.practice.expertise import Expertise, KnownPart, LineKind, unknown_parts
from vistas.practice.expertise.entries import THE_MAP
from vistas.practice.expertise.export import markdown, spreadsheet
from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel import PlaceInVista

MOST = 40
"""Parts that are shown at once; a search finds the others."""
SORTS = [sort for sort in PartKind if sort is not PartKind.PERSON]


def draw() -> None:
    live.watch({live.PAGE: lambda: (THE_MAP,)})
    expertise = process.notebooks().expertise.read(THE_MAP)
    st.markdown(
        "For each part of the system: who can show it, where to look, and whom to ask. It grows with each answer "
        "to the wheel, and with what anyone adds here; anyone can edit it."
    )
    known = _found(expertise)
    if not expertise.lines:
        empty.draw(
            empty.Picture.EXPERTISE,
            "The map answers at three in the morning: who knows this part, and where do I look?",
            "Nothing is on the map yet: spin the wheel and show how you would find out, or add what you know.",
        )
    elif not known:
        st.markdown("**Nothing matches.** :gray[Try fewer words, or another kind.]")
    for each in known[:MOST]:
        _part(each)
    if len(known) > MOST:
        st.markdown(f":gray[And {len(known) - MOST} more: search to find them.]")
    _unknown_parts(expertise)


def _found(expertise: Expertise) -> tuple[KnownPart, ...]:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="expertise-search"):
        known = expertise.find(sought("a part, a person, a word", key="expertise-words"))
        sorts = [sort for sort in SORTS if any(each.part.sort is sort for each in expertise.parts)]
        sort = None
        if len(sorts) > 1:
            sort = st.pills(
                "Kind",
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
    with st.popover("Export", icon=":material/download:", type="tertiary", key="expertise-export"):
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
    return links.to(Place.REPLAY, links.stop(place.vista, place.stop))


def _part(known: KnownPart) -> None:
    key = known.lines[0].id
    with st.container(key=f"known-part-{key}", gap="small"):
        grid = st.grid(4, min_column_width=170, gap=("small", 28))
        with grid.cell(), st.container(gap="xsmall"):
            with st.container(key=f"known-name-{key}"):
                st.text(known.part.name)
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                st.markdown(f":small[:gray[{known.part.sort.value}]]", width="content")
                editing.draw(known)
        for tells in LineKind:
            with grid.cell(), st.container(gap="xsmall"):
                st.markdown(f":small[:gray[{tells.value.capitalize()}]]")
                told = known.lines_of(tells)
                for line in told:
                    with st.container(gap=None):
                        who_knows.one(line)
                        if marked := samples.mark(line.id, line.text):
                            st.markdown(f":small[:gray[{marked}]]")
                if not told:
                    st.markdown(":gray[–]")


def _unknown_parts(expertise: Expertise) -> None:
    """What the landscape shows and the map does not tell; and a way to tell it."""
    there = unknown_parts(expertise, landscape.parts())
    st.space("small")
    with st.container(key="untold", gap="small"):
        st.header("Not on the map yet", anchor=False)
        if there:
            st.text(f"{words.count(len(there), 'part')} of the landscape: {_some(there)}")
        editing.add_line(there)


def _some(parts: Sequence[Part]) -> str:
    first = ", ".join(part.name for part in parts[:12])
    return f"{first}, …" if len(parts) > 12 else f"{first}."  # noqa: PLR2004 - a few lines of them
