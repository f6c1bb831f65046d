"""Library: find a vista by routine, person, day or word; open it, take it along, bring one in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import routines as routine_pages
from dashboards import samples, viewer
from dashboards.library import cards
from dashboards.shared import process
from dashboards.state import now, session, zone
from dashboards.threads import only_unanswered
from dashboards.ui import empty, links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from vistas.errors import BundleError, StoreError, VistaNotFound
from vistas.sharing import read_bundle
from vistas.store import Search, VistaSummary

PAGE = 24
ANY = "any"


def filters() -> Search:
    """What is looked for, kept in the URL so that a search can be sent to somebody."""
    there = [(ANY, "Any routine"), *((each.routine, each.title) for each in process.workspace().routines())]
    routines = words.distinguished(there)
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
                list(routines),
                format_func=routines.__getitem__,
                key="routine",
                bind="query-params",
            )
        with grid.cell():
            days = st.date_input("Days", value=[], key="days", help="One day, or the first and last of several")
        unanswered = only_unanswered()
    since, until = between(days if isinstance(days, tuple) else (days,))
    return Search(
        text=text.strip(),
        person=person.strip(),
        routine="" if routine == ANY else routine,
        since=since,
        until=until,
        saved_only=True,
        unanswered=unanswered,
        limit=PAGE * session().pages_shown,
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


def more() -> None:
    session().pages_shown += 1


def bring_in() -> None:
    """A .vista file from somebody else."""
    with st.popover("Import a .vista file", icon=":material/upload:", type="tertiary"):
        file = st.file_uploader("A .vista file from a teammate", type=["vista"], key="bring-in")
        if file is None or file.file_id in session().brought_in:
            return
        try:
            with st.spinner("Reading and checking every frame…"):
                brought = process.workspace().store.bring_in(read_bundle(file))
        except (BundleError, StoreError) as problem:
            st.error("This file was not imported; nothing was changed.", icon=":material/block:")
            st.text(error_text(problem))
            return
        if brought.left_out:
            st.text(f"{brought.summary} {brought.left_out}")
            if not st.button("Open", type="primary", key=f"open-{brought.vista}"):
                return
        session().brought_in.add(file.file_id)
        go(Place.REPLAY, brought.vista)


def unsaved() -> None:
    """One's own walks that were not wrapped up."""
    if not viewer.is_known():
        return
    found = process.workspace().store.library(Search(person=viewer.name(), saved_only=False, limit=12))
    begun = [vista for vista in found.vistas if vista.saved_at is None and vista.author == viewer.name()]
    if not begun:
        return
    with st.expander(f"Walks you have not wrapped up ({len(begun)})", type="compact", icon=":material/footprint:"):
        grid = st.grid(4, min_column_width=272, gap="small")
        for vista in begun:
            with grid.cell():
                cards.vista_card(vista, now=now(), zone=zone(), key=f"begun-{vista.id}")


def picking(picked: UUID | None, shown: Iterable[VistaSummary]) -> None:
    """What to do once the first of two was picked; it need not be among those that are shown."""
    if picked is None:
        return
    name = next((plain(each.name) for each in shown if each.id == picked), "it")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="picking"):
        st.markdown(f"**Compare {name} with which morning?** Choose another card.", width="content")
        st.button("Cancel", type="tertiary", key="pick-none", on_click=pick, args=(None,))


def pick(vista_id: UUID | None) -> None:
    session().picked = vista_id


def compare(vista: VistaSummary, picked: UUID | None) -> None:
    """Of two that are picked, the one that looks at the earlier time is then."""
    if picked == vista.id:
        st.badge("comparing this one", icon=":material/compare:", color="gray")
    elif picked is None:
        st.button(
            "Compare with…",
            icon=":material/compare:",
            type="tertiary",
            key=f"compare-{vista.id}",
            on_click=pick,
            args=(vista.id,),
        )
    elif st.button("Compare with this one", icon=":material/compare:", key=f"compare-{vista.id}"):
        to_comparison(vista, picked)


def to_comparison(vista: VistaSummary, picked: UUID) -> None:
    pick(None)
    try:
        other = process.workspace().store.vista(picked)
    except VistaNotFound:
        st.rerun()
    first, last = sorted(((other.window.end, other.id), (vista.window.end, vista.id)))
    go(Place.COMPARE, then=str(first[1]), now=str(last[1]))


def nothing(search: Search) -> None:
    if search.text or search.person or search.routine or search.since or search.unanswered:
        st.markdown("**No mornings match.** :gray[Try fewer words, another person, or more days.]")
        return
    empty.draw(
        empty.Picture.LIBRARY,
        "Here you find any morning again by a word, a person or a day, long after the tools have forgotten it.",
        "No morning has been saved yet: walk one and save it at the end, or import a .vista file from a teammate.",
    )
    links.draw(Place.MORNING, "Start a walk", ":material/wb_twilight:")


def show() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title("Saved mornings.", anchor=False, width="content")
        with st.container(horizontal=True, gap="small", width="content"):
            links.draw(Place.IMPORTING, "Bring a dashboard", ":material/dashboard_customize:")
            bring_in()
            with st.popover("Routines", icon=":material/account_tree:", type="tertiary", key="routines-door"):
                routine_pages.links_to_all()
    search = filters()
    unsaved()
    page = process.workspace().store.library(search)
    if not page.vistas:
        nothing(search)
        samples.draw(mornings=True)
        return
    picked = session().picked
    picking(picked, page.vistas)
    grid = st.grid(4, min_column_width=272, gap="small")
    versions = routine_pages.versions_named(page.vistas)
    for vista in page.vistas:
        with grid.cell():
            cards.vista_card(
                vista,
                now=now(),
                zone=zone(),
                key=f"found-{vista.id}",
                also=partial(compare, vista, picked),
                walked_with=versions.get(vista.id, ""),
            )
    if page.after is not None:
        st.button("Show more", on_click=more, type="tertiary", icon=":material/expand_more:")
    samples.draw(mornings=True)


show()
