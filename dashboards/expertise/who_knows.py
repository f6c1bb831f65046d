"""Who knows this? What the map of expertise tells, in a few quiet lines."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.shared import process
from dashboards.state import SECTION
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.expertise import LineKind, MapLine, who_knows
from vistas.practice.expertise.entries import THE_MAP
from vistas.practice.landscape import parts_of
from vistas.vista import Vista

MOST = 8


def draw(vista: Vista, stop: str) -> None:
    """Beside a stop of a walk: what is known of the parts it shows; nothing where nothing is known."""
    expertise = process.notebooks().expertise.read(THE_MAP)
    if not expertise.lines:
        return
    known = who_knows(expertise, parts_of(vista, stop=stop))
    if not known:
        return
    title = f"Who knows this? {words.count(len(known), 'part')} of what you see here"
    with st.expander(title, type="compact", icon=":material/diversity_3:", key="who-knows"):
        for number, each in enumerate(known[:MOST]):
            with st.container(horizontal=True, gap="xsmall", key=f"known-name-{number}"):
                st.text(each.part.name, width="content")
                st.markdown(f":small[:gray[{each.part.sort.value}]]", width="content")
            lines(each.lines, key=f"who-knows-{number}")
        if len(known) > MOST:
            more = f"And {len(known) - MOST} more"
            links.draw(Place.KNOWLEDGE, more, parameters={SECTION: links.EXPERTISE})


def lines(told: Sequence[MapLine], *, key: str) -> None:
    """All that is told of one part, one line a kind."""
    with st.container(key=f"told-{key}", gap="xsmall"):
        for tells in LineKind:
            for line in [each for each in told if each.kind is tells]:
                with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                    st.markdown(f":small[:gray[{tells.value}]]", width="content")
                    one(line)


def one(line: MapLine) -> None:
    """What a line says; with a link where it is a stop that shows it."""
    if line.place is None:
        st.text(line.text, width="content")
        return
    if line.text != line.place.title:
        st.text(line.text, width="content")
    there = links.stop(line.place.vista, line.place.stop)
    links.draw(Place.REPLAY, plain(line.place.title), ":material/visibility:", there)
