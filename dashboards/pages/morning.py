"""Home: this morning's landscape, the one big action, and teammates' mornings to replay."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboards import routines as routine_pages
from dashboards import samples, variables, viewer
from dashboards.components import vista_picture
from dashboards.drafts import draw_unfinished
from dashboards.library import cards
from dashboards.mornings import stale
from dashboards.room import lobby
from dashboards.shared import process
from dashboards.sources import health_line
from dashboards.state import now, session, zone
from dashboards.ui import empty, links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.writing import begin_walk
from vistas.practice.walk import keeping
from vistas.routine import Chosen, Routine, write_span
from vistas.routine.file import BUILT_IN
from vistas.snapshot import Window
from vistas.store import Search, VistaSummary

SPANS = (timedelta(hours=3), timedelta(hours=12), timedelta(days=1), timedelta(days=3), timedelta(days=7))
RECENT = 4


def start(routine: Routine, window: Window, chosen: Chosen, key: str) -> None:
    if variables.is_ready(routine, chosen, key=key):
        viewer.signing(lambda: go(Place.WALK, begin_walk(routine, window, chosen).id))


def picture(recent: tuple[VistaSummary, ...]) -> None:
    newest = next((vista for vista in recent if vista.ridges), None)
    label = "Hills at first light; after your first walk they are drawn from your own data"
    if newest:
        label = f"Hills drawn from the data of “{newest.name}”"
    vista_picture(newest.ridges if newest else (), height=180, label=label, key="picture")


def hello() -> None:
    today = now().astimezone(zone())
    with st.container(gap="xsmall", key="hello"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            team = process.workspace().settings.team
            of_team = f"{plain(team)} · " if team else ""
            st.markdown(
                f":gray[{of_team}{today:%A} {today.day} {today:%B} · {today:%H:%M} {today.tzname()}]",
                width="content",
            )
            viewer.change_name()
        whom = f", {plain(viewer.name())}" if viewer.is_known() else ""
        st.title(f"{words.greeting(now(), zone())}{whom}.", anchor=False)


def the_one_big_action(routine: Routine) -> None:
    workspace = process.workspace()
    stops = words.spelled(len(routine.stops)).lower()
    chosen = variables.draw(routine, key="first")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if st.button(
            "Start the morning walk",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="start",
        ):
            start(routine, workspace.window(now(), routine.window), chosen, "first")
        st.markdown(
            f":gray[{stops.capitalize()} stops, about {routine.minutes} minutes, no scores. "
            f"Stop whenever you like.]",
            width="content",
        )


def other_paths(first: Routine, routines: tuple[Routine, ...]) -> None:
    """Another routine, or another window."""
    workspace = process.workspace()
    chosen_by_link = any(variables.chosen_in_address(routine) for routine in routines)
    with st.expander(
        "Another path, or another window",
        type="compact",
        icon=":material/alt_route:",
        expanded=chosen_by_link,
    ):
        spans = {write_span(span): span for span in SPANS}
        chosen = None
        if not workspace.on_recordings:
            chosen = st.segmented_control("Look back over", list(spans), key="span", help="How far back to look")
        grid = st.grid(3, min_column_width=300, gap="small")
        for routine in routines:
            with grid.cell(), st.container(key=f"path-{routine.routine}", gap="xsmall", height="stretch"):
                routine_pages.link(routine, f"**{plain(routine.title)}**")
                st.markdown(f":small[:gray[{plain(routine.about)}]]")
                stale.draw_count(routine)
                st.space("stretch")
                values = variables.draw(routine, key=f"path-{routine.routine}")
                span = spans[chosen] if chosen else routine.window
                if st.button(
                    f"Walk · {words.count(len(routine.stops), 'stop')} · {write_span(span)}",
                    key=f"walk-{routine.routine}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    icon_position="right",
                ):
                    start(routine, workspace.window(now(), span), values, f"path-{routine.routine}")
        stale.draw_count(first)
        routine_pages.link(first, f"About {plain(first.title)}, and its versions")
        links.draw(Place.RECORD, "Record a routine of your own, by doing", ":material/radio_button_checked:")
        links.draw(Place.IMPORTING, "Bring a dashboard that you have", ":material/dashboard_customize:")


def recent_mornings(recent: tuple[VistaSummary, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header("Recent mornings", anchor=False, width="content")
        links.draw(Place.LIBRARY, "All mornings", ":material/arrow_forward:", icon_position="right")
    if not recent:
        empty.draw(
            empty.Picture.MORNINGS,
            "A saved morning shows teammates what you looked at and what you noticed, on that day's data.",
            "No morning has been saved yet: walk one, mark what you notice, give it a title.",
        )
        return
    grid = st.grid(RECENT, min_column_width=272, gap="small")
    versions = routine_pages.versions_named(recent)
    for vista in recent:
        with grid.cell():
            cards.vista_card(
                vista, now=now(), zone=zone(), key=f"recent-{vista.id}", walked_with=versions.get(vista.id, "")
            )


def bring_back() -> None:
    """Undo, after a walk was thrown away."""
    me = session()
    if me.thrown_away is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="thrown-away"):
        st.markdown(":gray[The walk was discarded.]", width="content")
        if st.button("Restore", type="tertiary", icon=":material/undo:", key="bring-back"):
            keeping.restore(
                process.workspace().store, process.notebooks().sessions, me.thrown_away, by=viewer.name()
            )
            back, me.thrown_away = me.thrown_away, None
            go(Place.WALK, back)


def unfinished() -> None:
    """One's own walk that was begun and neither saved nor thrown away."""
    if not viewer.is_known():
        return
    page = process.workspace().store.library(
        Search(person=viewer.name(), saved_only=False, since=now() - timedelta(hours=18), limit=10)
    )
    open_walk = next((vista for vista in page.vistas if vista.saved_at is None), None)
    if open_walk and st.button(
        f"Continue the walk you started at {words.clock(open_walk.begun_at, zone())}",
        icon=":material/footprint:",
        type="tertiary",
        key="go-on",
    ):
        go(Place.WALK, open_walk.id)


def wrong_files() -> None:
    routines = process.routines()
    here = routines.here()
    standing = tuple(str(path) for slug, path in here.wrong.items() if here.newest(slug))
    for number, mistake in enumerate(routines.mistakes()):
        with st.container(key=f"gap-trouble-{number}", gap="xsmall"):
            if str(mistake).startswith(standing):
                st.markdown(
                    "One of your routine files is wrong. Until it is mended, what it said before is walked:"
                )
            else:
                st.markdown("One of your routines cannot be walked:")
            st.text(error_text(mistake))


def show() -> None:
    workspace = process.workspace()
    routines = workspace.routines()
    recent = workspace.store.library(Search(limit=RECENT)).vistas
    picture(recent)
    st.space("small")
    hello()
    health_line.draw()
    st.space("xxsmall")
    first = next((routine for routine in routines if routine.routine == BUILT_IN), routines[0])
    the_one_big_action(first)
    lobby.to_join()
    bring_back()
    unfinished()
    draw_unfinished(most=2)
    other_paths(first, tuple(routine for routine in routines if routine is not first))
    wrong_files()
    st.space("medium")
    recent_mornings(recent)
    samples.draw(mornings=True)


show()
