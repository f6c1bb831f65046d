"""Library: find a vista by routine, person, day or word; open it, take it along, bring one in."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import streamlit as st

from dashboards import cards, process, viewer
from dashboards.places import Place, go
from dashboards.state import now, session, zone
from vistas.errors import BundleError, StoreError
from vistas.sharing import read_bundle
from vistas.store import Search

PAGE = 24
ANY = "any"


def filters() -> Search:
    """What is looked for, kept in the URL so that a search can be sent to somebody."""
    routines = {routine.routine: routine.title for routine in process.workspace().routines()}
    with st.container(key="filters"):
        grid = st.grid(4, min_column_width=220, gap="small", vertical_alignment="bottom")
        with grid.cell():
            text = st.text_input(
                "Words",
                key="q",
                bind="query-params",
                placeholder="in titles and notices",
                icon=":material/search:",
            )
        with grid.cell():
            person = st.text_input("Person", key="by", bind="query-params", placeholder="who walked or noticed")
        with grid.cell():
            routine = st.selectbox(
                "Routine",
                [ANY, *routines],
                format_func=lambda slug: "Any routine" if slug == ANY else routines[slug],
                key="routine",
                bind="query-params",
            )
        with grid.cell():
            days = st.date_input(
                "Days", value=[], key="days", help="One day, or the first and the last of several"
            )
    since, until = between(days if isinstance(days, tuple) else (days,))
    return Search(
        text=text.strip(),
        person=person.strip(),
        routine="" if routine == ANY else routine,
        since=since,
        until=until,
        saved_only=True,
        limit=PAGE * pages_shown(),
    )


def between(days: tuple[object, ...]) -> tuple[datetime | None, datetime | None]:
    """Midnight to midnight in the viewer's zone, both days included."""
    dates = [day for day in days if hasattr(day, "toordinal")]
    if not dates:
        return None, None
    first, last = dates[0], dates[-1]
    return (
        datetime.combine(first, time(), zone()),  # type: ignore[arg-type]
        datetime.combine(last, time(), zone()) + timedelta(days=1),  # type: ignore[arg-type]
    )


def pages_shown() -> int:
    return max(1, session().saved.get("library pages", 1))


def more() -> None:
    session().saved["library pages"] = pages_shown() + 1


def bring_in() -> None:
    """A .vista file from somebody else."""
    with st.popover("Bring in a .vista file", icon=":material/upload:", type="tertiary"):
        file = st.file_uploader("A .vista file from a teammate", type=["vista"], key="bring-in")
        if file is None or session().saved.get(f"brought {file.file_id}"):
            return
        try:
            with st.spinner("Reading, checking every frame …"):
                vista_id = process.workspace().store.put(read_bundle(file))
        except (BundleError, StoreError) as problem:
            st.error("This file was not brought in; nothing was changed.", icon=":material/block:")
            st.text(str(problem))
            return
        session().saved[f"brought {file.file_id}"] = 1
        go(Place.REPLAY, vista_id)


def unsaved() -> None:
    """One's own walks that were not wrapped up."""
    found = process.workspace().store.library(Search(person=viewer.name(), saved_only=False, limit=12))
    begun = [vista for vista in found.vistas if vista.saved_at is None and vista.author == viewer.name()]
    if not begun:
        return
    with st.expander(f"Walks you have not wrapped up ({len(begun)})", type="compact", icon=":material/footprint:"):
        grid = st.grid(4, min_column_width=272, gap="small")
        for vista in begun:
            with grid.cell():
                cards.vista_card(vista, now=now(), zone=zone(), key=f"begun-{vista.id}")


def nothing(search: Search) -> None:
    if search.text or search.person or search.routine or search.since:
        st.markdown("**No morning matches.** :gray[Try fewer words, another person, or more days.]")
        return
    st.markdown(
        "**No morning has been saved yet.** :gray[Walk one and save it at its end, "
        "or bring in a .vista file from a teammate.]"
    )
    st.page_link(Place.MORNING.value, label="Start a walk", icon=":material/wb_twilight:")


def show() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title("Mornings, kept.", anchor=False, width="content")
        bring_in()
    search = filters()
    unsaved()
    page = process.workspace().store.library(search)
    if not page.vistas:
        nothing(search)
        return
    grid = st.grid(4, min_column_width=272, gap="small")
    for vista in page.vistas:
        with grid.cell():
            cards.vista_card(vista, now=now(), zone=zone(), key=f"found-{vista.id}")
    if page.after is not None:
        st.button("Show more", on_click=more, type="tertiary", icon=":material/expand_more:")


show()
