"""What came up on the wheel, and the three ways on: show it, say whom to ask, or pass.

Anybody may answer, whoever the wheel pointed to, and nobody is waited for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import variables, viewer
from dashboards.expertise import draw_lines
from dashboards.shared import process
from dashboards.state import VISTA, now, zone
from dashboards.ui import doubts, links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import begin_walk, signed
from vistas.errors import VistaNotFound
from vistas.practice.expertise.entries import THE_MAP, lines_from, open_map
from vistas.practice.landscape import PartKind
from vistas.practice.walk import keeping
from vistas.practice.wheel import BegunWalk, PlaceInVista, Turn, TurnAnswer
from vistas.practice.wheel.entries import Passed, TurnAnswered, WalkBegun
from vistas.routine import Chosen
from vistas.vista import Vista, new_id

ASKED = {
    PartKind.WORKLOAD: "How would you find out how it is doing, and what it needs?",
    PartKind.HOST: "Who answers behind this name, and how would you tell whether it does?",
    PartKind.ALERT: "What does it mean when this goes off, and where would you look first?",
    PartKind.JOB: "What is measured here, and how would you notice that it stopped?",
    PartKind.NODE: "What runs on it, and what would happen if it went away?",
    PartKind.ROUTE: "Where does a request to it go, and how would you follow one?",
    PartKind.QUESTION: "How would you find out?",
}


def draw(journal: UUID, turn: Turn, back: Mapping[str, str]) -> None:
    """`back` are the URL's parameters by which a walk leads back to the wheel."""
    part = turn.what.part
    with st.container(gap="xsmall"):
        st.markdown(f":small[:gray[{_heading(turn)}]]")
        with st.container(key=f"wheel-part-{turn.id}"):
            st.text(part.name)
        st.markdown(ASKED[part.sort])
    if turn.passed:
        st.markdown(":gray[Passed, and that is fine. Spin again whenever you like.]")
    else:
        _ways_on(journal, turn, back)
    _escalation(journal, turn)
    for walk in turn.walks:
        if not any(place.vista == walk.vista for answer in turn.answers for place in answer.places):
            _under_way(journal, turn, walk, back)
    for answer in turn.answers:
        _answer(answer)
    _known_already(turn)


def _heading(turn: Turn) -> str:
    sort = turn.what.part.sort.value.capitalize()
    said = [
        sort if turn.what.part.sort is not PartKind.QUESTION else "One of our questions",
        chance(turn.what.chance),
    ]
    if turn.who:
        said.append(f"for {plain(turn.who.part.name)}, if they like")
    return " · ".join(said)


def chance(share: float) -> str:
    """`a 1 in 12 chance`; of a wheel with one segment, that it was certain."""
    times = round(1 / share) if share else 0
    return "it was certain" if times <= 1 else f"it had a 1 in {times} chance"


def says(turn: Turn) -> str:
    """What is read aloud once the wheel stands."""
    for_whom = f" For {turn.who.part.name}, if they like." if turn.who else ""
    part = turn.what.part
    return f"The wheel stopped at {part.name}, {part.sort.value}: {chance(turn.what.chance)}.{for_whom}"


def _ways_on(journal: UUID, turn: Turn, back: Mapping[str, str]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(
            "Show us how you'd find out", icon=":material/footprint:", type="primary", key=f"show-{turn.id}"
        ):
            st.markdown("Take any path. What you look at and notice is saved and linked here.")
            with st.container(gap=None):
                for routine in process.workspace().routines():
                    key = f"show-{turn.id}-{routine.routine}"
                    chosen = variables.draw(routine, key=key, alone=False)
                    if st.button(
                        plain(routine.title),
                        key=f"show-{turn.id}-{routine.routine}",
                        type="tertiary",
                        icon=":material/arrow_forward:",
                    ) and variables.is_ready(routine, chosen, key=key):
                        viewer.signing(partial(_set_out, journal, turn, routine.routine, chosen, back))
        if turn.is_open and st.button(
            "Pass",
            key=f"pass-{turn.id}",
            help="It costs nothing: who passed is not recorded, and the odds stay the same.",
        ):
            process.notebooks().wheels.write(journal, Passed(turn=turn.id), by=None, at=now())
            st.rerun()


def _set_out(journal: UUID, turn: Turn, slug: str, chosen: Chosen, back: Mapping[str, str]) -> None:
    """Begin to gather, note that somebody went, and be on the way."""
    routine = next(each for each in process.workspace().routines() if each.routine == slug)
    vista = begin_walk(routine, chosen=chosen)
    process.notebooks().wheels.write(journal, WalkBegun(turn=turn.id, vista=vista.id), **signed())
    go(Place.WALK, vista.id, **back)


def _escalation(journal: UUID, turn: Turn) -> None:
    """Its words stay while others write, spin and pass."""
    with st.form(f"how-{turn.id}", border=False, clear_on_submit=True):
        how = st.text_area(
            "Or: how I'd escalate",
            key=f"how-words-{turn.id}",
            placeholder="what I would do when I can't find out",
            height=72,
            max_chars=2000,
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            whom = st.text_input(
                "To whom", key=f"how-whom-{turn.id}", placeholder="a person, a team", max_chars=200
            )
            kept = st.form_submit_button("Save", key=f"how-keep-{turn.id}")
    if kept and (how.strip() or whom.strip()):
        doubts.asking(how.strip(), partial(_escalate, journal, turn, whom.strip()))
        st.rerun()


def _escalate(journal: UUID, turn: Turn, whom: str, how: str) -> None:
    viewer.signing(lambda: _keep(journal, turn, TurnAnswer(new_id(), **signed(), text=how, whom=whom)))


def _under_way(journal: UUID, turn: Turn, walk: BegunWalk, back: Mapping[str, str]) -> None:
    mine = walk.walker == viewer.name()
    with st.container(key=f"under-way-{walk.vista}", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.text("You are on a walk" if mine else f"{walk.walker} is on a walk", width="content")
            label = "Continue" if mine else "Follow along"
            links.draw(Place.WALK, label, ":material/footprint:", {VISTA: walk.vista, **back})
        if mine:
            with st.form(f"shown-{walk.vista}", border=False):
                said = st.text_input(
                    "What showed it?", key=f"shown-words-{walk.vista}", placeholder="a few words", max_chars=400
                )
                kept = st.form_submit_button("Save this walk as the answer", key=f"shown-keep-{walk.vista}")
            if kept:
                try:
                    _keep_walk(journal, turn, walk, said.strip())
                except VistaNotFound:
                    st.warning("This walk was discarded. Restore it from the home page, or start a new one.")
                else:
                    st.rerun()


def _keep_walk(journal: UUID, turn: Turn, walk: BegunWalk, said: str) -> None:
    """The walk is saved under the name of what it shows, and its stops answer."""
    store, title = process.workspace().store, f"How to find out: {turn.what.part.name}"
    vista = store.vista(walk.vista)
    if vista.saved_at is None:
        keeping.save(store, process.notebooks().sessions, vista.id, title, **signed())
    answer = TurnAnswer(new_id(), walk.walker, now(), said, places=_places(vista, walk.walker))
    _keep(journal, turn, answer)


def _places(vista: Vista, walker: str) -> tuple[PlaceInVista, ...]:
    """The stops where the walker noticed something; where there are none, the one they stood at last."""
    noticed = [notice.stop for notice in vista.notices if notice.author == walker]
    stood = [step.stop for walk in vista.walks if walk.walker == walker for step in walk.steps][-1:]
    slugs = dict.fromkeys(noticed or stood or [vista.routine.stops[0].stop])
    stops = [stop for slug in slugs if (stop := vista.stop(slug))]
    return tuple(PlaceInVista(vista=vista.id, stop=stop.stop, title=stop.title) for stop in stops)


def _keep(journal: UUID, turn: Turn, answer: TurnAnswer) -> None:
    """Onto the map first: its lines have ids of their own, so that trying again doubles nothing."""
    books = process.notebooks()
    told = lines_from(answer, turn.what.part)
    if told:
        books.expertise.write(
            open_map(books.expertise, by=answer.by, at=answer.at), *told, by=answer.by, at=answer.at
        )
    answered = TurnAnswered(id=answer.id, turn=turn.id, text=answer.text, whom=answer.whom, places=answer.places)
    books.wheels.write(journal, answered, by=answer.by, at=answer.at)


def _answer(answer: TurnAnswer) -> None:
    with st.container(key=f"notice-loose-{answer.id}", gap="xsmall"):
        st.badge("showed it" if answer.shows else "would ask", color="green" if answer.shows else "blue")
        if answer.whom:
            st.text(f"Ask {answer.whom}")
        if answer.text:
            st.text(answer.text)
        for place in answer.places:
            there = links.stop(place.vista, place.stop)
            links.draw(Place.REPLAY, plain(place.title), ":material/play_arrow:", there)
        with st.container(key=f"by-{answer.id}"):
            st.text(f"{answer.by}, {words.clock(answer.at, zone())}")


def _known_already(turn: Turn) -> None:
    """What the map told before; what was just answered stands above."""
    known = process.notebooks().expertise.read(THE_MAP).of(turn.what.part)
    if known.lines:
        with st.expander("On the map of expertise", type="compact", icon=":material/map:", key=f"known-{turn.id}"):
            draw_lines(known.lines, key=str(turn.id))
